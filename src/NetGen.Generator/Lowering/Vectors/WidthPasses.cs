using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The passes of a network with vectors that stand once for all widths: of a sample, unless that is a straight line, and of a batch, unless a sample is in every lane there.
/// </summary>
internal sealed class WidthPasses
{
    private readonly VectorPasses? _sample;
    private readonly VectorBatches? _batch;

    public WidthPasses(NetworkPlan plan)
    {
        var width = new WidthCalls(plan);
        Kernels = width.Kernels;
        _sample = plan.IsVectorLine ? null : new VectorPasses(plan, width);
        _batch = plan.BatchInLanes ? null : new VectorBatches(plan, width);
    }

    /// <summary>What they ask of each width.</summary>
    public IReadOnlyList<Signature> Kernels { get; }

    /// <summary>Whether a network has any.</summary>
    public static bool AreIn(NetworkPlan plan) => !plan.IsVectorLine || !plan.BatchInLanes;

    /// <summary>What the members of a network call.</summary>
    public IEnumerable<KernelFunction> Entries() => Both(_sample?.Entries(), _batch?.Entries());

    /// <summary>The kernels that these call, beside those of each width.</summary>
    public IEnumerable<KernelFunction> Passes() => Both(_sample?.Passes(), _batch?.Passes());

    private static IEnumerable<KernelFunction> Both(IEnumerable<KernelFunction>? sample, IEnumerable<KernelFunction>? batch) =>
        (sample ?? Enumerable.Empty<KernelFunction>()).Concat(batch ?? Enumerable.Empty<KernelFunction>());
}
