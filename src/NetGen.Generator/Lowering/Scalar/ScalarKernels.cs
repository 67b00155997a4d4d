using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>The kernels of a network that is computed one number at a time: those that its members call, then those that these call.</summary>
internal static class ScalarKernels
{
    /// <summary>What <c>Backpropagate</c> says of itself, whatever computes it.</summary>
    public static readonly IReadOnlyList<string> BackpropagateComment = new[]
    {
        "g += scale · dL/dθ; returns L. With a gradient buffer for g and scale 1 or 1/m this accumulates a gradient; with the",
        "parameters themselves and scale −η it is a step of gradient descent: what reads a layer's weights comes before the",
        "lines that change them.",
    };

    /// <summary>Lowers a network.</summary>
    public static IReadOnlyList<KernelFunction> Of(NetworkPlan plan) =>
        NeededKernels.Of(plan, plan.Shape == MethodShape.StraightLine ? new StraightLine(plan).Kernels() : new LayerByLayer(plan).Kernels()).ToList();

    /// <summary>What <c>Backward</c> says of itself.</summary>
    public static IReadOnlyList<string> BackwardComment(NetworkPlan plan) => new[]
    {
        $"g += dL/dθ for a given {string.Join(", ", plan.Outputs.Select(output => $"dL/da{Notation.Text(output.Layer.Number)}"))}",
    };
}
