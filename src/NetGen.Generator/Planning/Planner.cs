using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>Decides how a declared network is laid out and computed.</summary>
internal static class Planner
{
    /// <summary>Plans a network.</summary>
    /// <param name="spec">A valid declaration.</param>
    /// <param name="forced">What a test forces; null leaves every choice to the planner.</param>
    public static NetworkPlan Plan(NetworkSpec spec, PlanChoice? forced = null)
    {
        IReadOnlyList<int> widths = forced?.VectorWidths ?? VectorWidths(spec);
        LayerForm? form = forced?.Form ?? Form(spec.Unrolling);
        MethodShape shape = forced?.Shape
            ?? (forced?.Form is null && spec.Unrolling != Unrolling.Never && (widths.Count == 0 ? FitsOneMethod(spec) : FitsRegisters(spec)) ? MethodShape.StraightLine : MethodShape.LayerByLayer);
        var layers = new List<LayerPlan>();
        int weightOffset = 0;
        int firstParameter = 0;
        int traceLength = 0;
        int inputs = spec.Inputs;
        foreach (LayerSpec layer in spec.Layers)
        {
            bool isLast = layers.Count == spec.Layers.Count - 1;
            ActivationFormula activation = Catalogue.Activation(layer.Activation, layer.Alpha);
            activation.IsHidden = !isLast;
            activation.IsAfterHidden = layers.Count > 0;
            int? Trace(bool needed)
            {
                int offset = traceLength;
                traceLength += needed ? ParameterRule.PaddedUnits(layer.Units) : 0;
                return needed ? offset : null;
            }

            // A later layer multiplies its delta with this layer's output. A lone layer of scalar code keeps its output apart from the
            // caller's spans while it still reads the input, because the two may overlap.
            bool aloneInSpans = spec.Layers.Count == 1 && shape == MethodShape.LayerByLayer && widths.Count == 0;
            int? traceZ = Trace(activation.Backward.Uses(Quantity.Z));
            int? traceA = Trace(!isLast || aloneInSpans || activation.Backward.Uses(Quantity.A));
            var plan = new LayerPlan(
                layers.Count + 1,
                inputs,
                layer.Units,
                layer.UseBias,
                activation,
                form ?? Form(inputs, layer.Units, widths),
                spec.Number,
                weightOffset,
                firstParameter,
                traceZ,
                traceA);
            layers.Add(plan);
            weightOffset += (int)ParameterRule.LayerLength(inputs, layer.Units, layer.UseBias);
            firstParameter += plan.ParameterCount;
            inputs = layer.Units;
        }

        return new NetworkPlan(spec, layers, PlanHead(spec, layers.Last()), shape, widths, LaneWidths(spec, forced, widths), weightOffset, traceLength);
    }

    /// <summary>Plans the same network in double precision, one number at a time, as the text book has it.</summary>
    public static NetworkPlan Plain(NetworkSpec spec) => Plan(
        spec with { Number = NumberType.Double, IsFused = false, Target = spec.Target with { AggressiveOptimization = false } },
        new PlanChoice(MethodShape.LayerByLayer, LayerForm.Looped, new int[0]));

    /// <summary>Elements of the parameter buffer, without overflow.</summary>
    public static long BufferLength(int inputs, IEnumerable<LayerSpec> layers)
    {
        long length = 0;
        foreach (LayerSpec layer in layers)
        {
            length += ParameterRule.LayerLength(inputs, layer.Units, layer.UseBias);
            inputs = layer.Units;
        }

        return length;
    }

    /// <summary>The first layer with which a network has a larger buffer than can be planned, counted from 0, and that buffer's length; null where there is none.</summary>
    public static (int Layer, long Elements)? FirstTooLarge(NetworkSpec spec)
    {
        long elements = 0;
        int inputs = spec.Inputs;
        for (int layer = 0; layer < spec.Layers.Count; layer++)
        {
            elements += ParameterRule.LayerLength(inputs, spec.Layers[layer].Units, spec.Layers[layer].UseBias);
            if (elements > Limits.BufferElements)
            {
                return (layer, elements);
            }

            inputs = spec.Layers[layer].Units;
        }

        return null;
    }

    /// <summary>Every width that the consumer's runtime may have and that a row of the network fills.</summary>
    private static IReadOnlyList<int> VectorWidths(NetworkSpec spec)
    {
        if (spec.Target.Dialect == Dialect.Floor)
        {
            return new int[0];
        }

        int widest = 0;
        int inputs = spec.Inputs;
        foreach (LayerSpec layer in spec.Layers)
        {
            widest = System.Math.Max(widest, ParameterRule.RowElements(inputs, layer.Units));
            inputs = layer.Units;
        }

        int bits = widest * SummationRule.SizeOf(spec.Number) * 8;
        return Limits.VectorWidths.Where(width => width <= bits).ToList();
    }

    /// <summary>The form of every layer that the user asks for, or null.</summary>
    private static LayerForm? Form(Unrolling unrolling) => unrolling switch
    {
        Unrolling.Full => LayerForm.Unrolled,
        Unrolling.Never => LayerForm.Looped,
        _ => null,
    };

    /// <summary>Every width, whatever the size of the layers: it is samples that fill a vector.</summary>
    private static IReadOnlyList<int> LaneWidths(NetworkSpec spec, PlanChoice? forced, IReadOnlyList<int> widths)
    {
        int inputs = spec.Inputs;
        int units = 0;
        long multiplyAdds = 0;
        foreach (LayerSpec layer in spec.Layers)
        {
            multiplyAdds += (long)inputs * layer.Units;
            units += layer.Units;
            inputs = layer.Units;
        }

        long parameterVectors = BufferLength(spec.Inputs, spec.Layers) * SummationRule.SizeOf(spec.Number) / 16;
        bool fits = multiplyAdds <= Limits.LaneMultiplyAdds
            && spec.Inputs + units <= Limits.LaneValues
            && parameterVectors <= Limits.LaneParameterVectors;
        return widths.Count > 0 && fits ? forced is null ? Limits.VectorWidths : forced.LaneWidths ?? new int[0] : new int[0];
    }

    private static LayerForm Form(int inputs, int units, IReadOnlyList<int> widths)
    {
        int steps = widths.Count == 0 ? inputs * units : inputs * ParameterRule.PaddedUnits(units);
        int limit = widths.Count == 0 ? Limits.FloorMethodMultiplyAdds : Limits.UnrolledVectorMultiplyAdds;
        return steps > limit ? LayerForm.Looped : widths.Count == 0 ? LayerForm.Unrolled : LayerForm.UnrolledInputs;
    }

    /// <summary>
    /// Whether the longest pass, the gradient of a sample, fits the budget of a method: it holds three multiply-adds for each of the
    /// forward pass, and the products of the formulas. The steps of activation and loss may name as many quantities of an output again as a unit has.
    /// </summary>
    private static bool FitsOneMethod(NetworkSpec spec)
    {
        int inputs = spec.Inputs;
        long multiplyAdds = 0;
        long units = spec.Outputs;
        long products = (long)spec.Outputs * (Catalogue.Loss(spec.Loss, spec.Delta)?.Steps(spec.SumOutputs).Products() ?? 0);
        foreach (LayerSpec layer in spec.Layers)
        {
            multiplyAdds += (long)inputs * layer.Units;
            units += layer.Units;
            ActivationFormula activation = Catalogue.Activation(layer.Activation, layer.Alpha);

            // The scaled delta is one product more.
            products += layer.Units * (activation.Forward.Products() + activation.Backward.Products() + 1L);
            inputs = layer.Units;
        }

        long ilBytes = (multiplyAdds * Limits.IlBytesPerMultiplyAdd) + ((long)spec.Inputs * Limits.IlBytesPerInput) + (units * Limits.IlBytesPerUnit);
        return (3 * multiplyAdds) + products <= Limits.FloorMethodMultiplyAdds
            && ilBytes <= Limits.MethodIlBytes
            && spec.Inputs + (units * Limits.LocalsPerUnit) <= Limits.MethodLocals;
    }

    /// <summary>Whether a pass with vectors is short enough to be one method; the first layer must not need a padded copy of the input.</summary>
    private static bool FitsRegisters(NetworkSpec spec)
    {
        int lanes = 16 / SummationRule.SizeOf(spec.Number);
        int inputs = spec.Inputs;
        long products = 0;
        long vectors = 0;
        foreach (LayerSpec layer in spec.Layers)
        {
            products += ParameterRule.WeightLength(inputs, layer.Units) / lanes;
            vectors += ParameterRule.PaddedUnits(layer.Units) / lanes;
            inputs = layer.Units;
        }

        bool copiesInput = ParameterRule.IsUnitMajor(spec.Inputs, spec.Layers[0].Units)
            && ParameterRule.RowLength(spec.Inputs, spec.Layers[0].Units) != spec.Inputs;
        long ilBytes = (products * Limits.LineIlBytesPerProduct) + (vectors * Limits.LineIlBytesPerVector);
        return products <= Limits.LineProducts && ilBytes <= Limits.MethodIlBytes && !copiesInput;
    }

    private static HeadPlan? PlanHead(NetworkSpec spec, LayerPlan last)
    {
        LossFormula? loss = Catalogue.Loss(spec.Loss, spec.Delta);
        if (loss is null)
        {
            return null;
        }

        bool sum = spec.SumOutputs;
        ActivationFormula activation = last.Activation;
        string l = last.Number.ToString(CultureInfo.InvariantCulture);
        string lossText = Notation.Print(loss.ValueText(sum), last);
        HeadPart Part(string text, IReadOnlyList<Step> steps) => new(Notation.Print(text, last), steps);
        HeadPart output = Part($"a{l} = {activation.ValueText}", activation.Forward);
        if (Catalogue.Pair(activation.GetType().Name, spec.Loss) is not { } pair)
        {
            return new HeadPlan(loss, lossText, new[]
            {
                output,
                Part($"L = {loss.ValueText(sum)}, dL/da{l} = {loss.GradientText(sum)}", loss.Steps(sum)),
                Part($"delta{l} = {activation.DeltaText}", activation.Backward),
            });
        }

        // A pair may compute the same loss in another form; then both are worth reading.
        string stable = pair.ValueText(sum) == loss.ValueText(sum) ? "" : $" = {pair.ValueText(sum)}";
        return new HeadPlan(loss, lossText, new[]
        {
            output,
            Part($"L = {loss.ValueText(sum)}{stable}", pair.LossSteps(sum)),
            Part($"delta{l} = dL/dz{l} = {pair.DeltaText(sum)}", pair.DeltaSteps(sum)),
        });
    }
}
