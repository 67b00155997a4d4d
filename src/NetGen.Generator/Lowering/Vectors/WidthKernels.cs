using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;
using static NetGen.Generator.Planning.Notation;

namespace NetGen.Generator.Lowering;

/// <summary>The kernels that each vector width has: those of layers, of output and loss, which the passes call.</summary>
internal sealed class WidthKernels
{
    private readonly NetworkPlan _plan;
    private readonly VectorWidth _width;
    private readonly bool _withComments;

    private WidthKernels(NetworkPlan plan, int bits, bool withComments)
    {
        _plan = plan;
        _width = new VectorWidth(plan, bits);
        _withComments = withComments;
    }

    /// <summary>The kernels of a width, and those that only they call.</summary>
    public static IEnumerable<KernelFunction> Of(NetworkPlan plan, int bits) =>
        new WidthKernels(plan, bits, withComments: true).Kernels().SelectMany(kernel => kernel.Lower(kernel.Function));

    /// <summary>What the kernels are called and given, the same in every width.</summary>
    public static IEnumerable<Signature> Signatures(NetworkPlan plan) =>
        new WidthKernels(plan, Tuning.NarrowestVectors, withComments: false).Kernels().Select(kernel => kernel.Function.Signature with { Owner = KernelOwner.Width });

    /// <summary>The kernel that computes z of every sample, or a where it applies the activation as well.</summary>
    public static string ForwardName(NetworkPlan plan, LayerPlan layer) => (plan.ActivatesSums(layer) ? "ForwardBatch" : "AffineBatch") + Text(layer.Number);

    private IEnumerable<Kernel> Kernels()
    {
        var steps = new VectorSteps(_plan, _width);
        var buffers = new NetworkBuffers(_plan);
        foreach (LayerPlan layer in _plan.Layers)
        {
            if (!layer.Spec.IsProduct)
            {
                foreach ((KernelFunction kernel, Func<IEnumerable<KernelFunction>> lower) in new LayerKernels(layer, buffers, arePadded: true, new StepVectors(_width, _plan.Spec.IsFused)).Contracts())
                {
                    yield return new Kernel(Contract(kernel.Signature, kernel.Comment.ToArray()), contract => new[] { contract with { Body = lower().Single().Body } });
                }

                if (_plan.HasOutputInLanes(layer))
                {
                    yield return OutputInLanes(layer);
                }

                if (VectorSteps.HasActivation(layer))
                {
                    yield return Lowered(Say(() => Print("{a} = " + layer.Activation.ValueText, layer)), VectorSteps.ActivationOf(_plan, layer), () => steps.Activation(layer));
                }

                continue;
            }

            VectorProducts products = VectorProducts.Of(_plan, _width, layer);
            string n = Text(layer.Number);
            if (!_plan.IsVectorLine || layer.ReadsInput)
            {
                string comment = Say(() => $"{Affine(layer)}. The weight from input i to unit j is {WeightPlace(layer)}.");
                yield return Lowered(comment, products.Signature($"Affine{n}", ofBatch: false, "p", "x", "z"), products.Forward);
            }

            if (!_plan.BatchInLanes)
            {
                string comment = Say(() => $"{(_plan.ActivatesSums(layer) ? Forward(layer) : Affine(layer))} of every sample");
                yield return OfBatch(comment, products, ForwardName(_plan, layer), products.ForwardBatch, "p", "x", "z", "samples");
            }

            string activation = Say(() => Print("{a} = " + layer.Activation.ValueText, layer));
            if (_plan.HasOutputInLanes(layer))
            {
                yield return OutputInLanes(layer);
            }

            // A batch whose sums or lanes have it does not call it, but for the samples that the first layer takes one by one; a straight line has it in its text.
            bool isInBatch = layer.IsOutput ? _plan.HasOutputInLanes(layer) : _plan.ActivatesSums(layer) && !layer.ReadsInput;
            if (VectorSteps.HasActivation(layer) && !(_plan.IsVectorLine && isInBatch))
            {
                Kernel kernel = Lowered(activation, VectorSteps.ActivationOf(_plan, layer), () => steps.Activation(layer));
                yield return kernel with { Function = kernel.Function with { IsApart = IsApart(layer) } };
            }
        }

        foreach (OutputPlan output in _plan.Outputs.Where(output => output.Head is not null))
        {
            HeadPlan head = output.Head!;
            string[] comment = head.Parts.Select(part => part.Comment).ToArray();
            if (!_plan.IsVectorLine || !_plan.LossInLanes)
            {
                yield return new Kernel(Contract(VectorSteps.LossOf(output, _plan.Spec.BatchTerms), comment), kernel => new[] { kernel with { Body = steps.Loss(output).ToArray() } });
            }

            if (_plan.LossInLanes)
            {
                string where = output.Number is null ? "sum" : "those of the outputs before";
                yield return InLanes(LaneHead.Loss(_plan, _width.Widest, output), comment.Append($"of every sample, one in every lane; adds the losses to {where}").ToArray());
            }
        }

        foreach (LayerPlan layer in _plan.Layers.Reverse())
        {
            string n = Text(layer.Number);
            if (VectorSteps.HasDelta(layer) && !(_plan.IsVectorLine && layer == _plan.Last))
            {
                yield return Lowered(Say(() => Delta(layer)), VectorSteps.DeltaOf(_plan, layer), () => steps.Delta(layer));
            }

            if (!layer.Spec.IsProduct)
            {
                continue;
            }

            VectorProducts products = VectorProducts.Of(_plan, _width, layer);
            string inputGradient = Say(() => layer.AddsInputGradient ? Part(InputGradient(layer), layer.Reads[0]) : InputGradient(layer));
            string gradient = Say(() => ParameterGradient(layer));
            bool isApart = !layer.HasBackward;
            if (isApart)
            {
                yield return Lowered(
                    inputGradient,
                    products.Signature($"InputGradient{n}", ofBatch: false, "p", "delta", "dx"),
                    kernel => products.Backward(kernel, inputGradient: true, parameterGradient: false));
                if (!_plan.IsVectorLine && layer.IsTrained)
                {
                    yield return Lowered(
                        $"g += scale · dL/dθ: {gradient}",
                        products.Signature($"ParameterGradient{n}", ofBatch: false, "x", "delta", "g", "scale"),
                        kernel => products.Backward(kernel, inputGradient: false, parameterGradient: true));
                }
            }
            else if (!_plan.IsVectorLine)
            {
                yield return Lowered(
                    $"{inputGradient}, and g += scale · dL/dθ: {gradient}",
                    products.Signature($"Backward{n}", ofBatch: false, "p", "x", "delta", "dx", "g", "scale"),
                    kernel => products.Backward(kernel, inputGradient: true, parameterGradient: true));
            }

            if (!_plan.HasLoss || _plan.BatchInLanes)
            {
                continue;
            }

            if (!layer.ReadsInput)
            {
                yield return OfBatch($"{inputGradient} of every sample", products, $"InputGradientBatch{n}", products.InputGradientBatch, "p", "delta", "dx", "samples");
            }

            if (_plan.TransposedLayers.Contains(layer))
            {
                yield return OfBatch("Row j of columns: the weights from every input to unit j", products, $"Transpose{n}", products.Transpose, "p", "columns");
                yield return OfBatch(
                    $"{inputGradient} of every sample, from such columns", products, $"InputGradientColumns{n}", products.InputGradientColumns, "columns", "delta", "dx", "samples");
            }

            if (!layer.IsTrained || layer.IsShared)
            {
                continue;
            }

            yield return OfBatch(
                $"delta{n} = scale · delta{n}, then g += Σ over the samples: {gradient}",
                products,
                $"ParameterGradientBatch{n}",
                products.ParameterGradientBatch,
                "x",
                "delta",
                "g",
                "samples",
                "scale");
        }
    }

    private Kernel OutputInLanes(LayerPlan layer) => InLanes(
        LaneHead.Output(_plan, _width.Widest, _plan.OutputOf(layer)!), Say(() => Print("{a} = " + layer.Activation.ValueText, layer) + " of every sample, one in every lane, in the place of z"));

    /// <summary>A comment, where there are any: printing formulas takes time and memory.</summary>
    private string Say(Func<string> comment) => _withComments ? comment() : "";

    /// <summary>
    /// Whether the activation of a layer is not for the JIT to make part of its caller: there it keeps the constants of the function in memory across the calls of
    /// other kernels, and reads them again for every vector.
    /// </summary>
    private bool IsApart(LayerPlan layer) =>
        layer.PaddedUnits / _width.Widest.Count >= Tuning.VectorsApart && layer.Forward.CallsFunction();

    private static Kernel OfBatch(string comment, VectorProducts products, string name, Func<IEnumerable<Statement>> body, params string[] parameters) =>
        Lowered(comment, products.Signature(name, ofBatch: true, parameters), body);

    private static Kernel Lowered(string comment, Signature signature, Func<IEnumerable<Statement>> body) =>
        Lowered(comment, signature, kernel => new[] { kernel with { Body = body().ToArray() } });

    private static Kernel Lowered(string comment, Signature signature, Func<KernelFunction, IEnumerable<KernelFunction>> lower) =>
        new(Contract(signature, new[] { comment }), lower);

    private static Kernel InLanes((Signature Signature, Func<IReadOnlyList<Statement>> Body) head, params string[] comment) =>
        new(Contract(head.Signature, comment), kernel => new[] { kernel with { Body = head.Body() } });

    private static KernelFunction Contract(Signature signature, string[] comment) => new(signature, comment, Array.Empty<Statement>()) { IsContract = true, IsHot = true };

    /// <summary>A method that each vector width has.</summary>
    /// <param name="Function">Its signature, and what is said of it.</param>
    /// <param name="Lower">Lowers it, with the kernels that it calls.</param>
    private sealed record Kernel(KernelFunction Function, Func<KernelFunction, IEnumerable<KernelFunction>> Lower);
}
