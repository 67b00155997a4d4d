using System.Collections.Generic;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Contestants;

/// <summary>Who takes part.</summary>
internal static class Roster
{
    public const string Strict = "NetGen Strict";
    public const string Fused = "NetGen Fused";
    public const string Unrolled = "NetGen Unrolled";
    public const string Naive = "naive C#";
    public const string Tensors = "TensorPrimitives";
    public const string MathNet = "MathNet.Numerics";

    /// <summary>The contestants that are there for every network.</summary>
    public static IReadOnlyList<string> Regular { get; } = [Strict, Fused, Naive, Tensors, MathNet];

    /// <summary>The contestants that are not native.</summary>
    public static IReadOnlyList<string> Managed { get; } = [.. Regular, Unrolled];

    public static IEnumerable<Contestant> Create(Subject subject, Samples samples, NativePlugins? plugins)
    {
        Topology topology = subject.Topology;
        yield return new NetGenContestant(Strict, subject.CreateStrict(), topology.Inputs, topology.Outputs);
        yield return new NetGenContestant(Fused, subject.CreateFused(), topology.Inputs, topology.Outputs);
        if (subject.CreateUnrolled is { } unrolled)
        {
            yield return new NetGenContestant(Unrolled, unrolled(), topology.Inputs, topology.Outputs);
        }

        yield return new PlainContestant(Naive, Group.Naive, new NaiveNetwork(topology), topology.Inputs, topology.Outputs);
        yield return new PlainContestant(Tensors, Group.Library, new TensorNetwork(topology), topology.Inputs, topology.Outputs);
        yield return new PlainContestant(MathNet, Group.Library, new MathNetNetwork(topology), topology.Inputs, topology.Outputs);
        foreach (NativeContestant contestant in plugins?.Create(samples) ?? [])
        {
            yield return contestant;
        }
    }
}
