using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes the kernels of one vector width as a struct without fields, and the interface that they share. The passes take the struct as a type
/// parameter, which costs nothing at run time and lets them stand in the text once.
/// </summary>
internal sealed class VectorClass
{
    /// <summary>What is said of the type parameter of a pass.</summary>
    public const string Constraint = " where K : struct, IVectors";

    private readonly EmitContext _context;
    private readonly SourceWriter _writer;
    private readonly NetworkPlan _plan;

    private VectorClass(EmitContext context)
    {
        _context = context;
        _writer = context.Writer;
        _plan = context.Plan;
    }

    /// <summary>Writes the interface.</summary>
    public static void WriteInterface(EmitContext context)
    {
        context.Writer.Line();
        context.Writer.CommentLine($"What the passes ask of the kernels of each vector width");
        context.Writer.Open($"internal interface IVectors");
        foreach (Kernel kernel in new VectorClass(context).Kernels(new VectorText(context, 128)))
        {
            context.Writer.Line($"static abstract {kernel.Returns} {kernel.Name}({string.Join<Parameter>(", ", kernel.Parameters)});");
        }

        context.Writer.Close();
    }

    /// <summary>Writes the kernels of a width.</summary>
    public static void Write(EmitContext context, int width)
    {
        context.Writer.Line();
        context.Writer.CommentLine($"The kernels with vectors of {width} bits{context.OfArithmetic}");
        context.Writer.Open($"internal readonly struct {context.WithArithmetic($"Vectors{EmitContext.Text(width)}", " : IVectors")}");
        var text = new VectorText(context, width);
        foreach (Kernel kernel in new VectorClass(context).Kernels(text))
        {
            StraightMethods? straight = kernel.Strands is null
                ? null
                : new StraightMethods(context, text, kernel.Name, kernel.Parameters, kernel.Strands());
            context.Writer.Line();
            foreach (string comment in kernel.Comment)
            {
                context.Writer.CommentLine($"{comment}");
            }

            context.WriteKernelAttribute(kernel.IsApart);
            context.OpenMethod($"public static {kernel.Returns} {kernel.Name}", kernel.Parameters);
            (straight is null ? kernel.Body : straight.Body)();
            context.Writer.Close();
            straight?.Parts();
        }

        context.Writer.Close();
    }

    /// <summary>The names of the places that a layer's derivative reads and writes.</summary>
    public static IEnumerable<string> DeltaPlaces(LayerPlan layer) =>
        new[] { VectorSteps.UsesZ(layer) ? "z" : "", VectorSteps.UsesA(layer) ? "a" : "", "delta" }.Where(place => place.Length > 0);

    private IEnumerable<Kernel> Kernels(VectorText text)
    {
        var steps = new VectorSteps(_context, text);
        foreach (LayerPlan layer in _plan.Layers)
        {
            VectorKernel products = VectorKernel.Of(_context, text, layer);
            StraightKernel? straight = Straight(text, layer);
            string n = EmitContext.Text(layer.Number);
            if (!_plan.IsVectorLine || layer.ReadsInput)
            {
                string place = $"The weight from input i to unit j is {WeightPlace(layer)}.";
                yield return Sample($"{Affine(layer)}. {place}", $"Affine{n}", products.Forward, straight is null ? null : straight.Forward, "p", "x", "z");
            }

            if (!_plan.BatchInLanes)
            {
                string formula = _plan.ActivatesSums(layer) ? Forward(layer) : Affine(layer);
                yield return Kernel($"{formula} of every sample", VectorBatches.ForwardName(_plan, layer), products.ForwardBatch, "p", "x", "z", "int samples");
            }

            string activation = Print("{a} = " + layer.Activation.ValueText, layer);
            if (layer == _plan.Last && _plan.OutputInLanes)
            {
                yield return Kernel($"{activation} of every sample, one in every lane, in the place of z", "OutputBatch", () => new LaneHead(_context, text).WriteOutput(), "z", "int samples");
            }

            // A batch whose sums or lanes have it does not call it, but for the samples that the first layer takes one by one; a straight line has it in its text.
            bool isInBatch = layer == _plan.Last ? _plan.OutputInLanes : _plan.ActivatesSums(layer) && !layer.ReadsInput;
            if (VectorSteps.HasActivation(layer) && !(_plan.IsVectorLine && isInBatch))
            {
                yield return Kernel(activation, $"Activation{n}", () => steps.Activation(layer), "z", "a", "int samples") with { IsApart = IsApart(layer, text) };
            }
        }

        if (_plan.Head is { } head)
        {
            string[] comment = head.Parts.Select(part => part.Comment).ToArray();
            if (!_plan.IsVectorLine || !_plan.LossInLanes)
            {
                yield return Kernel(comment, _context.T, "Loss", () => steps.Loss(head), "z", "y", "delta");
            }

            if (_plan.LossInLanes)
            {
                yield return Kernel(
                    comment.Append("of every sample, one in every lane; adds the losses to sum").ToArray(),
                    "double",
                    "LossBatch",
                    () => new LaneHead(_context, text).WriteLoss(head),
                    "z",
                    "target",
                    "delta",
                    "int samples",
                    "double sum");
            }
        }

        foreach (LayerPlan layer in _plan.Layers.Reverse())
        {
            VectorKernel products = VectorKernel.Of(_context, text, layer);
            StraightKernel? straight = Straight(text, layer);
            Func<IReadOnlyList<Strand>>? Strands(bool inputGradient, bool parameterGradient) =>
                straight is null ? null : () => straight.Backward(inputGradient, parameterGradient);
            string n = EmitContext.Text(layer.Number);
            if (VectorSteps.HasDelta(layer) && !(_plan.IsVectorLine && layer == _plan.Last))
            {
                yield return Kernel(Delta(layer), $"Delta{n}", () => steps.Delta(layer), DeltaPlaces(layer).Append("int samples").ToArray());
            }

            string scale = _context.T + " scale";
            if (layer.ReadsInput)
            {
                yield return Sample(InputGradient(layer), "InputGradient1", () => products.Backward(true, false), Strands(true, false), "p", "delta", "dx");
                if (!_plan.IsVectorLine)
                {
                    yield return Sample(
                        $"g += scale · dL/dθ: {ParameterGradient(layer)}",
                        "ParameterGradient1",
                        () => products.Backward(false, true),
                        Strands(false, true),
                        "x",
                        "delta",
                        "g",
                        scale);
                }
            }
            else if (!_plan.IsVectorLine)
            {
                yield return Sample(
                    $"{InputGradient(layer)}, and g += scale · dL/dθ: {ParameterGradient(layer)}",
                    $"Backward{n}",
                    () => products.Backward(true, true),
                    Strands(true, true),
                    "p",
                    "x",
                    "delta",
                    "dx",
                    "g",
                    scale);
            }

            if (_plan.Head is null || _plan.BatchInLanes)
            {
                continue;
            }

            if (!layer.ReadsInput)
            {
                yield return Kernel($"{InputGradient(layer)} of every sample", $"InputGradientBatch{n}", products.InputGradientBatch, "p", "delta", "dx", "int samples");
            }

            if (_plan.TransposedLayers.Contains(layer))
            {
                yield return Kernel("Row j of columns: the weights from every input to unit j", $"Transpose{n}", products.Transpose, "p", "columns");
                yield return Kernel(
                    $"{InputGradient(layer)} of every sample, from such columns", $"InputGradientColumns{n}", products.InputGradientColumns, "columns", "delta", "dx", "int samples");
            }

            yield return Kernel(
                $"delta{n} = scale · delta{n}, then g += Σ over the samples: {ParameterGradient(layer)}",
                $"ParameterGradientBatch{n}",
                products.ParameterGradientBatch,
                "x",
                "delta",
                "g",
                "int samples",
                scale);
        }
    }

    /// <summary>
    /// Whether the activation of a layer is not for the JIT to make part of its caller: there it keeps the constants of the function in memory across the calls of
    /// other kernels, and reads them again for every vector.
    /// </summary>
    private static bool IsApart(LayerPlan layer, VectorText text) =>
        layer.PaddedUnits / text.Widest.Count >= Limits.VectorsApart && layer.Forward.CallsFunction();

    private StraightKernel? Straight(VectorText text, LayerPlan layer) =>
        layer.Form == LayerForm.Unrolled ? StraightKernel.Of(_context, text, layer) : null;

    /// <summary>Products of one sample, as loops or straight.</summary>
    private Kernel Sample(string comment, string name, Action loops, Func<IReadOnlyList<Strand>>? strands, params string[] parameters) =>
        Kernel(comment, name, loops, parameters) with { Strands = strands };

    private Kernel Kernel(string comment, string name, Action body, params string[] parameters) =>
        Kernel(new[] { comment }, "void", name, body, parameters);

    private Kernel Kernel(string[] comment, string returns, string name, Action body, params string[] parameters) =>
        new(comment, returns, name, parameters.Select(Parameter).ToArray(), body);

    /// <summary>A name stands for a reference, a type and a name for themselves.</summary>
    private Parameter Parameter(string text)
    {
        int space = text.IndexOf(' ');
        return space < 0 ? _context.Reference(text) : new Parameter(text.Substring(0, space), text.Substring(space + 1));
    }
}

/// <summary>A method that each vector width has.</summary>
/// <param name="Comment">What it does, in lines.</param>
/// <param name="Returns">The type that it returns.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Body">Writes its body.</param>
/// <param name="Strands">The body as straight statements where it is to be unrolled, else null.</param>
/// <param name="IsApart">Whether the JIT must not make it part of its caller.</param>
internal sealed record Kernel(
    string[] Comment, string Returns, string Name, Parameter[] Parameters, Action Body, Func<IReadOnlyList<Strand>>? Strands = null, bool IsApart = false);
