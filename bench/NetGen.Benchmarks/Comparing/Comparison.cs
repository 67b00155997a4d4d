using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Comparing;

/// <summary>Checks and times the contestants, one network after the other.</summary>
internal sealed class Comparison(CompareOptions options)
{
    // Steps are repeated millions of times; the parameters must stay what they are.
    private const float TimedLearningRate = 1e-7f;

    /// <summary>Runs one network.</summary>
    /// <param name="subject">The network.</param>
    /// <param name="machine">The limits of the machine.</param>
    /// <param name="report">Is told what happens, in a few words.</param>
    public NetworkResult Run(MeasuredNetwork subject, MachineLimits machine, Action<string> report)
    {
        report("limits");
        NetworkLimits limits = NetworkLimits.Measure(subject.Shape, machine);
        report("reference");
        using var samples = new Samples(subject.Shape);
        List<Entry> entries = Enter(Roster.Create(subject, samples, options.Plugins), samples, report).ToList();
        var graph = subject as GraphSubject;
        using Samples? chainSamples = graph is null ? null : new Samples(graph.Chain.Shape);
        if (graph is not null)
        {
            entries.AddRange(Enter(Roster.CreateChains(graph), chainSamples!, report));
        }

        report("warm-up");
        Rounds.Warm(entries.Where(entry => entry.IsTimed).Select(entry => entry.Loop()));
        List<Cell> cells = options.Tasks.SelectMany(task => Time(subject, task, entries, report)).ToList();
        foreach (IDisposable contestant in entries.Select(entry => entry.Contestant).Distinct().OfType<IDisposable>())
        {
            contestant.Dispose();
        }

        return new NetworkResult(subject.Shape, limits, cells);
    }

    /// <summary>Checks contestants in each task.</summary>
    private IEnumerable<Entry> Enter(IEnumerable<Contestant> contestants, Samples samples, Action<string> report)
    {
        var check = new Check(samples, new Expected(samples));
        foreach (Contestant contestant in contestants.Where(options.Takes))
        {
            report($"check {contestant.Name}");
            foreach (BenchTask task in options.Tasks.Where(task => contestant.Call(task, TimedLearningRate) is not null))
            {
                double? error = contestant.Group == Group.Empty ? null : check.Error(contestant, task);
                yield return new Entry(contestant, task, samples, error);
            }
        }
    }

    private IEnumerable<Cell> Time(MeasuredNetwork subject, BenchTask task, IReadOnlyList<Entry> all, Action<string> report)
    {
        report(task.Title);
        Entry[] entries = all.Where(entry => entry.Task == task).ToArray();
        Entry[] timed = entries.Where(entry => entry.IsTimed).ToArray();
        foreach (Entry entry in timed)
        {
            // A batch of gradients may have been added up before; it starts from zero, far from infinity.
            entry.Contestant.ClearGradient();
        }

        IReadOnlyList<IReadOnlyList<double>> times = new Rounds(options.Rounds).Measure(timed.Select(entry => entry.Loop()).ToList());
        foreach (Entry entry in entries)
        {
            int index = Array.IndexOf(timed, entry);
            yield return index < 0
                ? entry.ToCell(subject, null, null, 0)
                : entry.ToCell(subject, times[index].Min() / task.Batch, Statistics.Median(times[index]) / task.Batch, times[index].Count);
        }
    }

    /// <summary>A contestant in a task, checked.</summary>
    private sealed record Entry(Contestant Contestant, BenchTask Task, Samples Samples, double? Error)
    {
        public bool IsTimed => !new Cell("", Task, "", Contestant.Group, Error, null, null, 0).IsWrong;

        public Rounds.Loop Loop()
        {
            TimedCall call = Contestant.Call(Task, TimedLearningRate)!;
            Rotation rotation = Samples.Rotation(Task);
            return Task.Kind == TaskKind.Latency
                ? repetitions => call.TimeChained(rotation, repetitions)
                : repetitions => call.Time(rotation, repetitions);
        }

        public Cell ToCell(MeasuredNetwork subject, double? minimum, double? median, int rounds) =>
            new(subject.Name, Task, Contestant.Name, Contestant.Group, Error, minimum, median, rounds);
    }
}
