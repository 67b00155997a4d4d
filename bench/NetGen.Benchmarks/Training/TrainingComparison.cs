using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Training;

/// <summary>Checks and times trainings of one network.</summary>
internal sealed class TrainingComparison(int rounds, PyTorch? pyTorch)
{
    public const string TwoThreads = "NetGen Strict, 2 threads";
    public const string Eager = "PyTorch";
    public const string Scripted = "PyTorch, TorchScript";

    private const int CheckEpochs = 2;

    // Trained for minutes; the parameters must stay what they are.
    private const float TimedLearningRate = 1e-7f;

    // Long beside what waking a process costs.
    private static readonly TimeSpan Block = TimeSpan.FromMilliseconds(20);

    /// <summary>Who takes part.</summary>
    public static IReadOnlyList<string> Names { get; } = [Roster.Strict, Roster.Fused, TwoThreads, Roster.Naive, Eager, Scripted];

    /// <summary>Runs all batches of a network.</summary>
    /// <param name="subject">The network.</param>
    /// <param name="batches">Sizes of the batch.</param>
    /// <param name="report">Is told what happens, in a few words.</param>
    public IReadOnlyList<TrainingCell> Run(TrainingSubject subject, IReadOnlyList<int> batches, Action<string> report)
    {
        pyTorch?.Load(subject);
        return batches.SelectMany(batch => Run(subject, batch, report)).ToList();
    }

    private IReadOnlyList<TrainingCell> Run(TrainingSubject subject, int batch, Action<string> report)
    {
        List<TrainingContestant> contestants = Create(subject).ToList();
        report($"batch {batch}, check");
        TrainingCell[] cells = Check(subject, batch, contestants);

        int[] timed = Enumerable.Range(0, cells.Length).Where(i => !cells[i].IsWrong).ToArray();
        foreach (int i in timed)
        {
            contestants[i].Start(batch, TimedLearningRate);
        }

        report($"batch {batch}, warm-up");
        List<Rounds.Loop> loops = timed.Select(i => (Rounds.Loop)contestants[i].Train).ToList();
        Rounds.Warm(loops);
        report($"batch {batch}");
        IReadOnlyList<IReadOnlyList<double>> times = new Rounds(rounds, Block).Measure(loops);
        for (int k = 0; k < timed.Length; k++)
        {
            cells[timed[k]] = cells[timed[k]] with { Minimum = times[k].Min(), Median = Statistics.Median(times[k]), Rounds = times[k].Count };
        }

        contestants.ForEach(contestant => contestant.Dispose());
        return cells;
    }

    /// <summary>Trains two epochs with each contestant.</summary>
    /// <returns>A cell for each, without times.</returns>
    public static TrainingCell[] Check(TrainingSubject subject, int batch, IReadOnlyList<TrainingContestant> contestants)
    {
        using var naive = new NaiveTraining(Roster.Naive, subject);
        double[] expected = Array.ConvertAll(ParametersAfter(naive, batch, subject.CheckRate), value => (double)value);
        double furthest = Statistics.Magnitude(expected.Zip(subject.Parameters(), (end, start) => end - start).ToArray());
        return contestants
            .Select(contestant => (contestant.Name, contestant.Group, Parameters: ParametersAfter(contestant, batch, subject.CheckRate)))
            .Select(result => new TrainingCell(
                subject, batch, result.Name, result.Group, Statistics.Error(result.Parameters, expected, furthest), Minimum: null, Median: null, Rounds: 0))
            .ToArray();
    }

    private static float[] ParametersAfter(TrainingContestant contestant, int batch, float learningRate)
    {
        contestant.Start(batch, learningRate);
        contestant.Train(CheckEpochs);
        return contestant.Parameters();
    }

    private IEnumerable<TrainingContestant> Create(TrainingSubject subject)
    {
        yield return new NetGenTraining(Roster.Strict, subject, subject.Subject.CreateStrict(), threads: 1);
        yield return new NetGenTraining(Roster.Fused, subject, subject.Subject.CreateFused(), threads: 1);
        yield return new NetGenTraining(TwoThreads, subject, subject.Subject.CreateStrict(), threads: 2);
        yield return new NaiveTraining(Roster.Naive, subject);
        if (pyTorch is not null)
        {
            yield return new PyTorchTraining(Eager, pyTorch, isScripted: false);
            yield return new PyTorchTraining(Scripted, pyTorch, isScripted: true);
        }
    }
}
