using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Contestants;

/// <summary>A chain of dense layers as a C# user would write it.</summary>
internal abstract class PlainChain(Topology topology) : PlainNetwork
{
    protected Topology Topology { get; } = topology;
}
