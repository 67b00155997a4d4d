using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NetGen.Sample.Seeds;

namespace NetGen.Hosts.Running;

/// <summary>The reference values as lines that tests/NetGen.Determinism.Floor follows: one pass, training on the batch, training sample by sample.</summary>
internal static class GoldenFile
{
    public static void Write(string path) => File.WriteAllLines(path, new[] { "s0", "s1", "s2", "s3", "s4" }
        .SelectMany(seed => SeedCase.Load(seed.ToUpperInvariant()))
        .SelectMany(seedCase => Lines(seedCase, isDouble: true).Concat(Lines(seedCase, isDouble: false))));

    private static IEnumerable<string> Lines(SeedCase given, bool isDouble) =>
    [
        $"network {given.Seed}{(isDouble ? "Double" : "Single")}{given.Shape.Replace("-", "", StringComparison.Ordinal)}",
        .. Samples(given.Inputs, given.Targets),
        Start(given),
        "pass",
        Line("expect", given.Outputs),
        Line("expect", given.Loss),
        .. Expect(given.Gradient),
        Line("expect", given.InputGradients),
        End(Tolerance.OfOnePass(given, isDouble), "outputs, loss, dL/dθ, dL/dx of each sample"),
        .. given.Training is { } batch ? Training(given, "batch", batch, isDouble) : [],
        .. given.Online is { } online ? Samples(online.Inputs, online.Targets).Concat(Training(given, "online", online, isDouble)) : [],
    ];

    private static IEnumerable<string> Training(SeedCase given, string kind, SeedTraining training, bool isDouble) =>
    [
        Start(given),
        .. training.Snapshots.SelectMany(snapshot => Expect(snapshot.Parameters).Prepend(Line(kind, training.LearningRate, snapshot.Updates))),
        End(Tolerance.AfterTraining(training.Float32Error, isDouble), $"parameters after {kind} updates"),
    ];

    private static string Start(SeedCase given) => Line("parameters", [.. given.Parameters.SelectMany(tensor => tensor)]);

    private static IEnumerable<string> Samples(double[] inputs, double[] targets) => [Line("inputs", inputs), Line("targets", targets)];

    private static IEnumerable<string> Expect(double[][] tensors) => tensors.Select(tensor => Line("expect", tensor));

    private static string End(double tolerance, string what) => $"{Line("end", tolerance)} {what}";

    private static string Line(string verb, params double[] numbers) =>
        string.Join(' ', numbers.Select(number => number.ToString("G17", CultureInfo.InvariantCulture)).Prepend(verb));
}
