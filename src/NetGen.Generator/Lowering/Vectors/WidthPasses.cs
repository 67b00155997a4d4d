using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// The passes of a network with vectors that stand once for all widths: of a sample, unless that is a straight line, and of a batch, unless a sample is in every lane there.
/// </summary>
internal sealed class WidthPasses
{
    private readonly IReadOnlyList<KernelFunction> _entries;
    private readonly IReadOnlyList<KernelFunction> _passes;

    public WidthPasses(NetworkPlan plan)
    {
        var width = new WidthCalls(plan);
        VectorPasses? sample = plan.IsVectorLine ? null : new VectorPasses(plan, width);
        VectorBatches? batch = plan.BatchInLanes ? null : new VectorBatches(plan, width);
        _entries = NeededKernels.Of(plan, Both(sample?.Entries(), batch?.Entries())).ToList();
        IEnumerable<KernelFunction> passes = Both(sample?.Passes(), batch?.Passes());
        HashSet<string> entered = new(_entries.Select(entry => entry.Signature.Key));
        _passes = NeededKernels.Of(plan, _entries.Concat(passes), kernel => entered.Contains(kernel.Signature.Key)).Where(kernel => !entered.Contains(kernel.Signature.Key)).ToList();
        HashSet<string> called = new(NeededKernels.Called(_entries.Concat(_passes)).Select(kernel => kernel.Key));
        Kernels = plan.Spec.IsPredictor ? width.Kernels.Where(kernel => called.Contains(kernel.Key)).ToList() : width.Kernels;
    }

    /// <summary>What they ask of each width.</summary>
    public IReadOnlyList<Signature> Kernels { get; }

    /// <summary>Whether a network has any.</summary>
    public static bool AreIn(NetworkPlan plan) => !plan.IsVectorLine || !plan.BatchInLanes;

    /// <summary>What the members of a network call.</summary>
    public IEnumerable<KernelFunction> Entries() => _entries;

    /// <summary>The kernels that these call, beside those of each width.</summary>
    public IEnumerable<KernelFunction> Passes() => _passes;

    private static IEnumerable<KernelFunction> Both(IEnumerable<KernelFunction>? sample, IEnumerable<KernelFunction>? batch) =>
        (sample ?? Enumerable.Empty<KernelFunction>()).Concat(batch ?? Enumerable.Empty<KernelFunction>());
}
