using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>The losses of several outputs, each by itself and without its weight, from the outputs and the targets of a sample.</summary>
internal static class OutputLosses
{
    /// <summary>Whether a network has them.</summary>
    public static bool AreIn(NetworkPlan plan) => plan.HasLoss && plan.Outputs.Count > 1;

    /// <summary>The name of the kernel of an output.</summary>
    public static string NameOf(OutputPlan output) => $"OutputLoss{Notation.Number(output.Number)}";

    /// <summary>The kernels, one for each output with a loss.</summary>
    public static IEnumerable<KernelFunction> Of(NetworkPlan plan)
    {
        var buffers = new NetworkBuffers(plan);
        Buffer given = buffers.Output with { Kind = BufferKind.Values };
        var all = new Buffer(Quantity.A, plan.OutputCount);
        return plan.Outputs.Where(output => output.Head is not null).Select(output =>
        {
            LayerPlan layer = output.Layer;
            Buffer a = NetworkBuffers.Of(Quantity.A, layer);
            var y = new Buffer(Quantity.Y + Notation.Number(output.Number), plan.Spec.BatchTerms ? output.TargetLength : layer.Units);
            Statement[] places = { new View(all, given, 0), new View(a, all, output.Start), new View(buffers.Y, buffers.Target, 0), new View(y, buffers.Y, output.TargetStart) };
            IEnumerable<Statement> steps = LoopSteps.Lower(
                layer,
                layer.Units,
                output.Head!.OutputLoss,
                new string[0],
                buffers.Rounding,
                NetworkBuffers.TargetPlaces(y, output, plan.Spec.BatchTerms).Prepend((Quantity.A, a)));
            return new KernelFunction(
                new Signature(NameOf(output), new KernelParameter[] { given, buffers.Target }, Returns: NumberKind.Number),
                new[] { $"The loss of {output.Name} without its weight, from the output" },
                places.Concat(steps).Append(new Return(Expression.Symbol(Quantity.Loss))).ToArray())
            {
                IsEntry = true,
            };
        });
    }
}
