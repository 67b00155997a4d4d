using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Benchmarks.Cold;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using NetGen.Benchmarks.Reporting;
using NetGen.Models.Tests;

namespace NetGen.Benchmarks.Comparing;

/// <summary>What models cost beside the time of a call: the way to the first result in a fresh process, and objects.</summary>
internal static class FirstCalls
{
    private const int Processes = 7;

    /// <summary>Starts processes for each model.</summary>
    /// <param name="models">The models.</param>
    /// <param name="takes">Whether a contestant, by its key, takes part.</param>
    /// <param name="report">Is told what happens, in a few words.</param>
    public static ReportTable Measure(IReadOnlyList<ModelSubject> models, Func<string, bool> takes, Action<string> report)
    {
        string[] contestants = new[] { Roster.Strict, Roster.Fused, Roster.OnnxRuntime }
            .Where(contestant => takes(Contestant.KeyOf(contestant)) && (contestant != Roster.OnnxRuntime || OnnxRuntimeSession.Complaint is null))
            .ToArray();
        return new ReportTable(
            $"Models in a fresh process, median of {Processes} processes",
            2,
            ["network", "contestant", "made ready, ms", "first call, ms", "Main to first output, ms", "managed bytes of a later call"],
            models.SelectMany(model => contestants, (model, contestant) => Row(model.Name, contestant, report)).ToList());
    }

    private static IReadOnlyList<string> Row(string model, string contestant, Action<string> report)
    {
        var runs = new List<double[]>();
        for (int process = 1; process <= Processes; process++)
        {
            report($"{model}, {contestant}, process {process} of {Processes}");
            runs.Add(ChildProcess.Model(model, contestant));
        }

        double[] medians = Enumerable.Range(0, runs[0].Length).Select(i => Statistics.Median(runs.Select(run => run[i]).ToList())).ToArray();
        return [model, contestant, .. medians[..^1].Select(nanoseconds => ReportTable.Number(nanoseconds / 1e6)), medians[^1].ToString("0.#", CultureInfo.InvariantCulture)];
    }
}
