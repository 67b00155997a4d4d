using System.Collections.Generic;
using System.Linq;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using NetGen.Models.Tests;

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
    public const string OnnxRuntime = "ONNX Runtime";

    /// <summary>The contestants that are there for every chain.</summary>
    public static IReadOnlyList<string> Regular { get; } = [Strict, Fused, Naive, Tensors, MathNet];

    /// <summary>The contestants that are not native.</summary>
    public static IReadOnlyList<string> Managed { get; } = [.. Regular, Unrolled, StrictChain, FusedChain, OnnxRuntime];

    /// <summary>Who computes a network.</summary>
    public static IEnumerable<Contestant> Create(MeasuredNetwork subject, Samples samples, NativePlugins? plugins)
    {
        IEnumerable<Contestant> managed = subject switch
        {
            ModelSubject model => Models(model, samples),
            GraphSubject graph => Graphs(graph),
            _ => Chains((Subject)subject),
        };
        return managed.Concat(plugins?.Create(samples) ?? []);
    }

    /// <summary>Who computes a chain that has the products of a graph, those of dL/dx too where the graph needs them.</summary>
    public static IEnumerable<Contestant> CreateChains(GraphSubject graph) =>
    [
        Generated(StrictChain, Group.Chain, graph.Chain.CreateStrict(), graph.Chain, graph.NeedsInputGradient),
        Generated(FusedChain, Group.Chain, graph.Chain.CreateFused(), graph.Chain, graph.NeedsInputGradient),
    ];

    private static IEnumerable<Contestant> Chains(Subject subject)
    {
        yield return Generated(Strict, Group.NetGen, subject.CreateStrict(), subject);
        yield return Generated(Fused, Group.NetGen, subject.CreateFused(), subject);
        if (subject.CreateUnrolled is { } unrolled)
        {
            yield return Generated(Unrolled, Group.NetGen, unrolled(), subject);
        }

        yield return Plain(Naive, Group.Naive, new NaiveNetwork(subject.Topology), subject);
        yield return Plain(Tensors, Group.Library, new TensorNetwork(subject.Topology), subject);
        yield return Plain(MathNet, Group.Library, new MathNetNetwork(subject.Topology), subject);
    }

    private static IEnumerable<Contestant> Graphs(GraphSubject subject)
    {
        yield return Generated(Strict, Group.NetGen, subject.CreateStrict(), subject);
        yield return Generated(Fused, Group.NetGen, subject.CreateFused(), subject);
        yield return Plain(Naive, Group.Naive, new NaiveGraph(subject.Graph), subject);
    }

    private static IEnumerable<Contestant> Models(ModelSubject subject, Samples samples)
    {
        yield return new PredictorContestant(Strict, subject.CreateStrict(), subject.Shape);
        yield return new PredictorContestant(Fused, subject.CreateFused(), subject.Shape);
        if (OnnxRuntimeSession.Complaint is null)
        {
            yield return new OnnxRuntimeContestant(subject.Model, samples);
        }
    }

    private static NetGenContestant Generated(string name, Group group, ITrainable<float> network, MeasuredNetwork subject, bool givesInputGradient = false) =>
        new(name, group, network, subject.Shape.Inputs, subject.Shape.Outputs, givesInputGradient);

    private static PlainContestant Plain(string name, Group group, PlainNetwork network, MeasuredNetwork subject) =>
        new(name, group, network, subject.Shape.Inputs, subject.Shape.Outputs);
}
