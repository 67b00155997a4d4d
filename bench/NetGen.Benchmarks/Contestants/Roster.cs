using System.Collections.Generic;
using System.Linq;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Contestants;

/// <summary>Who takes part.</summary>
internal static class Roster
{
    public const string Strict = "NetGen Strict";
    public const string Fused = "NetGen Fused";
    public const string Unrolled = "NetGen Unrolled";
    public const string StrictChain = "NetGen Strict, a chain";
    public const string FusedChain = "NetGen Fused, a chain";
    public const string Naive = "naive C#";
    public const string Tensors = "TensorPrimitives";
    public const string MathNet = "MathNet.Numerics";

    /// <summary>The contestants that are there for every chain.</summary>
    public static IReadOnlyList<string> Regular { get; } = [Strict, Fused, Naive, Tensors, MathNet];

    /// <summary>The contestants that are not native.</summary>
    public static IReadOnlyList<string> Managed { get; } = [.. Regular, Unrolled, StrictChain, FusedChain];

    /// <summary>Who computes a network.</summary>
    public static IEnumerable<Contestant> Create(MeasuredNetwork subject, Samples samples, NativePlugins? plugins)
    {
        yield return Generated(Strict, Group.NetGen, subject.CreateStrict(), subject);
        yield return Generated(Fused, Group.NetGen, subject.CreateFused(), subject);
        IEnumerable<Contestant> others = subject is GraphSubject graph ? [Plain(Naive, Group.Naive, new NaiveGraph(graph.Graph), subject)] : Chains((Subject)subject);
        foreach (Contestant contestant in others.Concat(plugins?.Create(samples) ?? []))
        {
            yield return contestant;
        }
    }

    /// <summary>Who computes a chain that has the products of a graph, those of dL/dx too where the graph needs them.</summary>
    public static IEnumerable<Contestant> CreateChains(GraphSubject graph) =>
    [
        Generated(StrictChain, Group.Chain, graph.Chain.CreateStrict(), graph.Chain, graph.NeedsInputGradient),
        Generated(FusedChain, Group.Chain, graph.Chain.CreateFused(), graph.Chain, graph.NeedsInputGradient),
    ];

    private static IEnumerable<Contestant> Chains(Subject subject)
    {
        if (subject.CreateUnrolled is { } unrolled)
        {
            yield return Generated(Unrolled, Group.NetGen, unrolled(), subject);
        }

        yield return Plain(Naive, Group.Naive, new NaiveNetwork(subject.Topology), subject);
        yield return Plain(Tensors, Group.Library, new TensorNetwork(subject.Topology), subject);
        yield return Plain(MathNet, Group.Library, new MathNetNetwork(subject.Topology), subject);
    }

    private static NetGenContestant Generated(string name, Group group, ITrainable<float> network, MeasuredNetwork subject, bool givesInputGradient = false) =>
        new(name, group, network, subject.Shape.Inputs, subject.Shape.Outputs, givesInputGradient);

    private static PlainContestant Plain(string name, Group group, PlainNetwork network, MeasuredNetwork subject) =>
        new(name, group, network, subject.Shape.Inputs, subject.Shape.Outputs);
}
