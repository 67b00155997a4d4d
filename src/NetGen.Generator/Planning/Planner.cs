using System.Collections.Generic;
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
        IReadOnlyList<SizedLayer> sized = SizedLayer.Of(spec.Graph);
        bool isPlain = NetworkPlan.IsPlainGraph(spec.Graph);
        bool isShort = FormulasAreShort(spec.Graph);

        // Where parameters are shared, their gradients wait for the adjoints of all layers, for whose values one method has to have names.
        var owners = new HashSet<int>(sized.Select(layer => layer.SharesWith).OfType<int>());
        bool canHaveVectors = owners.Count == 0 || sized.Count <= Budgets.MethodLayers;
        IReadOnlyList<int> widths = canHaveVectors ? WithNarrowest(spec, forced?.VectorWidths ?? VectorWidths(spec, sized)) : new int[0];
        LayerForm? form = forced?.Form ?? Form(spec.Unrolling);
        MethodShape shape = !isPlain || !isShort ? MethodShape.LayerByLayer : forced?.Shape
            ?? (forced?.Form is null && spec.Unrolling != Unrolling.Never && (widths.Count == 0 ? FitsOneMethod(spec, sized) : FitsRegisters(spec, sized)) ? MethodShape.StraightLine : MethodShape.LayerByLayer);
        var layers = new List<LayerPlan>();
        int offset = 0;
        int firstParameter = 0;
        int traceLength = 0;
        foreach (SizedLayer layer in sized)
        {
            ActivationFormula activation = Catalogue.Activation(layer.Spec);
            activation.IsHidden = layer.Readers.Count > 0;
            activation.IsAfterHidden = layer.ReadsHidden;
            int Place(int values)
            {
                int first = traceLength;
                traceLength += ParameterRule.PaddedUnits(values);
                return first;
            }

            int? Trace(bool needed) => needed ? Place(layer.Units) : null;

            // What its own adjoint reads, and that of a layer which reads it. A last layer of scalar code keeps its output apart from the caller's spans while it still
            // reads the input, because the two may overlap.
            bool isBetweenSpans = spec.Graph.Outputs.Count == 1 && layer.Readers.Count == 0 && layer.Reads.Any(read => read.IsInput) && shape == MethodShape.LayerByLayer && widths.Count == 0;
            int? traceZ = Trace(activation.Backward.Uses(Quantity.Z) || layer.Spec.AdjointReads(Quantity.Z));
            bool isHiddenInVectors = widths.Count > 0 && layer.Readers.Count > 0;
            bool isReadAgain = layer.IsKept || activation.Backward.Uses(Quantity.A);
            int? traceA = Trace(isReadAgain || isHiddenInVectors || isBetweenSpans);
            var plan = new LayerPlan(
                layer.Number,
                layer.Reads,
                layer.Readers,
                layer.Units,
                layer.Spec,
                activation,
                layer.Spec.IsProduct ? form ?? Form(layer, widths) : LayerForm.Looped,
                spec.Number,
                layer.SharesWith is { } owner ? layers[owner - 1].Blocks : BlockPlan.Place(layer, offset, firstParameter),
                traceZ,
                traceA,
                Kept(layer.Spec).Select(kept => (kept.Step.Name, Values: kept.Step.Kind == StepKind.Each ? kept.Formula.Over(layer.Inputs, layer.Units) : 1))
                    .Select(kept => new KeptQuantity(kept.Name, kept.Values, Place(kept.Values)))
                    .ToArray())
            {
                IsReadAgain = isReadAgain,
                SharesWith = layer.SharesWith,
                IsShared = layer.SharesWith is not null || owners.Contains(layer.Number),
            };
            layers.Add(plan);
            offset += (int)ParameterRule.LayerLength(layer.OwnBlocks);
            firstParameter += plan.ParameterCount;
        }

        return new NetworkPlan(spec, layers, Outputs(spec, layers), shape, widths, isShort ? LaneWidths(spec, sized, forced, widths) : new int[0], offset, traceLength);
    }

    private static IReadOnlyList<OutputPlan> Outputs(NetworkSpec spec, IReadOnlyList<LayerPlan> layers)
    {
        NetworkGraph graph = spec.Graph;
        int inputs = graph.Inputs.Count();
        int targetStart = 0;
        return graph.Outputs.Zip(graph.OutputValues(), (output, values) => (output, values)).Select((pair, index) =>
        {
            LayerPlan layer = layers[pair.output.Node - inputs];
            int? number = graph.Outputs.Count > 1 ? index + 1 : null;
            var plan = new OutputPlan(
                pair.output.Name, number, layer, pair.values.Start, HeadPlanner.Plan(pair.output.Loss, layer, number, spec.BatchTerms), spec.BatchTerms ? targetStart : pair.values.Start);
            targetStart += plan.TargetLength;
            return plan;
        }).ToArray();
    }

    /// <summary>Whether each formula that the class itself has is as short as the others, and may stand in straight code.</summary>
    private static bool FormulasAreShort(NetworkGraph graph) => graph.Nodes.Where(node => node.Layer.Own is not null).Select(node => Catalogue.Activation(node.Layer))
        .All(own => own.Forward.Operations() + own.Backward.Operations() <= Budgets.StraightOperations)
        && graph.Outputs.Where(output => output.Loss.Own is not null).All(output => Catalogue.Loss(output.Loss)!.Steps(sumOutputs: false).Operations() <= Budgets.StraightOperations);

    /// <summary>Plans the same network in double precision, one number at a time, as the text book has it.</summary>
    public static NetworkPlan Plain(NetworkSpec spec) => Plan(
        spec with { Number = NumberType.Double, IsFused = false, BatchTerms = false, Target = spec.Target with { AggressiveOptimization = false } },
        new PlanChoice(MethodShape.LayerByLayer, LayerForm.Looped, new int[0]));

    /// <summary>The first layer with which a network has a larger buffer than can be planned, counted from 0, and that buffer's length; null where there is none.</summary>
    public static (int Layer, long Elements)? FirstTooLarge(NetworkGraph graph)
    {
        IReadOnlyList<SizedLayer> layers = SizedLayer.Of(graph);
        long elements = 0;
        for (int layer = 0; layer < layers.Count; layer++)
        {
            elements += ParameterRule.LayerLength(layers[layer].OwnBlocks);
            if (elements > Budgets.BufferElements)
            {
                return (layer, elements);
            }
        }

        return null;
    }

    /// <summary>What the adjoint of a layer reads of the quantities that lead to z.</summary>
    private static IEnumerable<(UnitFormula Formula, Step Step)> Kept(LayerSpec layer) => layer.Forward.OfType<UnitFormula>()
        .SelectMany(formula => formula.Steps.Where(step => step.Name != Quantity.Z && layer.AdjointReads(step.Name)).Select(step => (formula, step)));

    /// <summary>Every width that the consumer's runtime may have and that a row of the network fills.</summary>
    private static IReadOnlyList<int> VectorWidths(NetworkSpec spec, IReadOnlyList<SizedLayer> layers)
    {
        if (spec.Target.Dialect == Dialect.Floor)
        {
            return new int[0];
        }

        int bits = Matrices(layers).Select(block => ParameterRule.RowElements(block.Columns, block.Rows)).Concat(layers.Select(layer => ParameterRule.PaddedUnits(layer.Units))).Max() * SummationRule.SizeOf(spec.Number) * 8;
        return Tuning.VectorWidths.Where(width => width <= bits).ToList();
    }

    /// <summary>Widths with the one that fused kernels share with strict ones, whatever others a test forces: hardware without the instruction needs it.</summary>
    private static IReadOnlyList<int> WithNarrowest(NetworkSpec spec, IReadOnlyList<int> widths) =>
        spec.IsFused && widths.Count > 0 && !widths.Contains(Tuning.NarrowestVectors) ? widths.Append(Tuning.NarrowestVectors).ToList() : widths;

    /// <summary>The form of every layer that the user asks for, or null.</summary>
    private static LayerForm? Form(Unrolling unrolling) => unrolling switch
    {
        Unrolling.Full => LayerForm.Unrolled,
        Unrolling.Never => LayerForm.Looped,
        _ => null,
    };

    /// <summary>Every width, whatever the size of the layers: it is samples that fill a vector.</summary>
    private static IReadOnlyList<int> LaneWidths(NetworkSpec spec, IReadOnlyList<SizedLayer> layers, PlanChoice? forced, IReadOnlyList<int> widths)
    {
        long parameterVectors = layers.Sum(layer => ParameterRule.LayerLength(layer.Blocks)) * SummationRule.SizeOf(spec.Number) / 16;
        bool fits = layers.Sum(layer => layer.MultiplyAdds) <= Tuning.LaneMultiplyAdds
            && spec.Inputs + layers.Sum(layer => layer.Units) <= Budgets.LaneValues
            && parameterVectors <= Budgets.LaneParameterVectors;
        return widths.Count > 0 && NetworkPlan.IsPlainGraph(spec.Graph) && fits ? forced is null ? Tuning.VectorWidths : WithNarrowest(spec, forced.LaneWidths ?? new int[0]) : new int[0];
    }

    private static LayerForm Form(SizedLayer layer, IReadOnlyList<int> widths)
    {
        int steps = widths.Count == 0 ? (int)layer.MultiplyAdds : layer.Inputs * ParameterRule.PaddedUnits(layer.Units);
        int limit = widths.Count == 0 ? Budgets.FloorMethodMultiplyAdds : Tuning.UnrolledVectorMultiplyAdds;
        return steps > limit ? LayerForm.Looped : widths.Count == 0 ? LayerForm.Unrolled : LayerForm.UnrolledInputs;
    }

    /// <summary>
    /// Whether the longest pass, the gradient of a sample, fits the budget of a method: it holds three multiply-adds for each of the
    /// forward pass, and the products of the formulas. The steps of activation and loss may name as many quantities of an output again as a unit has.
    /// </summary>
    private static bool FitsOneMethod(NetworkSpec spec, IReadOnlyList<SizedLayer> layers)
    {
        LossSpec declared = spec.Graph.Output.Loss;
        int outputs = layers.Last().Units;
        long multiplyAdds = layers.Sum(layer => layer.MultiplyAdds);
        long units = outputs + layers.Sum(layer => (long)layer.Units);
        LossFormula? loss = Catalogue.Loss(declared);
        IReadOnlyList<Step> costs = loss?.Steps(declared.SumOutputs) ?? new Step[0];
        long products = (long)outputs * costs.Products();
        long parts = declared.Own is null ? 0 : (long)outputs * costs.Count;
        foreach (SizedLayer layer in layers)
        {
            // The scaled delta is one product more.
            ActivationFormula activation = Catalogue.Activation(layer.Spec);
            products += layer.Units * (activation.Forward.Products() + activation.Backward.Products() + 1L);
            parts += layer.Spec.Own is null ? 0 : (long)layer.Units * (activation.Forward.Count + activation.Backward.Count);
        }

        long ilBytes = (multiplyAdds * Budgets.IlBytesPerMultiplyAdd) + ((long)spec.Inputs * Budgets.IlBytesPerInput) + (units * Budgets.IlBytesPerUnit);
        return (3 * multiplyAdds) + products <= Budgets.FloorMethodMultiplyAdds
            && ilBytes <= Budgets.MethodIlBytes
            && spec.Inputs + (units * Budgets.LocalsPerUnit) + parts <= Budgets.MethodLocals;
    }

    /// <summary>Whether a pass with vectors is short enough to be one method; what reads the input must not need a padded copy of it.</summary>
    private static bool FitsRegisters(NetworkSpec spec, IReadOnlyList<SizedLayer> layers)
    {
        int lanes = 16 / SummationRule.SizeOf(spec.Number);
        long products = Matrices(layers).Sum(block => ParameterRule.BlockLength(block) / lanes);
        long vectors = layers.Sum(layer => (long)ParameterRule.PaddedUnits(layer.Units) / lanes);
        bool copiesInput = Matrices(layers.Where(layer => !layer.ReadsHidden)).Any(block =>
            ParameterRule.IsUnitMajor(block.Columns, block.Rows) && ParameterRule.RowLength(block.Columns, block.Rows) != block.Columns);
        long ilBytes = (products * Budgets.LineIlBytesPerProduct) + (vectors * Budgets.LineIlBytesPerVector);
        return products <= Tuning.LineProducts && ilBytes <= Budgets.MethodIlBytes && !copiesInput;
    }

    private static IEnumerable<BlockSpec> Matrices(IEnumerable<SizedLayer> layers) => layers.SelectMany(layer => layer.Blocks).Where(block => block.IsMatrix);
}
