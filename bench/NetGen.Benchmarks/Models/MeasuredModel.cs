using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NetGen.Benchmarks.Measuring;
using NetGen.Models.Graphs;
using NetGen.Models.Importing;
using NetGen.Models.Tests;
using NetGen.TestKit;

namespace NetGen.Benchmarks.Models;

/// <summary>A model file, read, compiled, checked and timed.</summary>
/// <param name="File">The file.</param>
/// <param name="Refusal">Why it is not read, in a few words, or nothing.</param>
/// <param name="Error">The largest error of the class, where somebody recorded what is right.</param>
/// <param name="Nanoseconds">The median time of the class for one sample.</param>
/// <param name="OnnxRuntimeNanoseconds">That of ONNX Runtime.</param>
internal sealed record MeasuredModel(string File, string Refusal, double? Error = null, double? Nanoseconds = null, double? OnnxRuntimeNanoseconds = null)
{
    private const int MostOfReason = 90;

    /// <summary>Measures a file of a folder with an index.</summary>
    public static MeasuredModel Measure(string folder, string file, int rounds)
    {
        ModelCase model = ModelCase.Of(folder, file);
        ModelGraph graph;
        try
        {
            graph = model.Import(new ImportOptions(IsDeterministic: true)).Graph;
        }
        catch (InvalidDataException refusal)
        {
            string reason = refusal.Message.Split(';', '\n')[0];
            return new MeasuredModel(file, reason.Length > MostOfReason ? reason[..MostOfReason] + "…" : reason);
        }

        string source = $"#pragma warning disable CS1591\nusing NetGen;\n{ModelClass.Text(0, model.Path, graph, ", Deterministic = true")}";
        var compiled = new ModelClass(CompiledModel.From(source, Form.Auto, CompiledModel.Stub(model.Path, model.Beside)).Load(), 0, graph);
        double? error = model.Samples.Count == 0 ? null : model.Error(graph, compiled.Values);
        var random = new Random(1);
        Dictionary<string, double[]> inputs = graph.Inputs.ToDictionary(input => input.InputName, input => Enumerable.Range(0, input.Size).Select(_ => (2 * random.NextDouble()) - 1).ToArray());
        compiled.Load(inputs);
        using BoundModel? other = BoundModel.TryCreate(model.Path, graph, inputs);
        Rounds.Loop[] loops = [Loop(compiled.Invoke), .. other is null ? Array.Empty<Rounds.Loop>() : [Loop(other.Invoke)]];
        Rounds.Warm(loops);
        IReadOnlyList<IReadOnlyList<double>> times = new Rounds(rounds).Measure(loops);
        return new MeasuredModel(file, "", error, Statistics.Median(times[0]), other is null ? null : Statistics.Median(times[1]));
    }

    private static Rounds.Loop Loop(Action call) => repetitions =>
    {
        long start = Stopwatch.GetTimestamp();
        for (long repetition = 0; repetition < repetitions; repetition++)
        {
            call();
        }

        return Stopwatch.GetTimestamp() - start;
    };
}
