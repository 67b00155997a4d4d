using System;
using System.Runtime.CompilerServices;

namespace NetGen.Training;

/// <content>What is compiled before it is needed.</content>
public sealed partial class Trainer<T>
{
    private const int RehearsedSamples = 16;

    /// <summary>
    /// Has the JIT compile everything that <see cref="Step"/>, <see cref="RunFor"/>, <see cref="Fit"/> and <see cref="Evaluate"/> run, so that the first frame
    /// of a game need not wait for it; the network has a <c>Prepare()</c> of its own. Call it when the optimizer has its settings. A trainer of the same kind,
    /// which nobody sees, trains a few parameters for an epoch or two. Nothing changes, no bit of the training either, and no code of yours runs: a dataset, a
    /// metric, a schedule or a network that is not NetGen's compiles when it is called first. Where nothing is compiled while the program runs, this does nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The trainer is called by its own dataset, metric or schedule.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed of.</exception>
    public void Prepare()
    {
        ThrowIfNotFree();
        if (!RuntimeFeature.IsDynamicCodeCompiled)
        {
            return;
        }

        // Its threads may come to their work later than this method returns.
        WorkerTeam.Prepare();
        var network = new BlankNetwork<T>(_setup.Losses);
        T[] inputs = new T[RehearsedSamples * BlankNetwork<T>.Inputs];
        T[] targets = new T[RehearsedSamples * BlankNetwork<T>.Outputs];
        bool hasTerms = _setup.Terms.HasAny || _setup.ValidationTerms.HasAny;
        T[] weights = new T[hasTerms ? RehearsedSamples : 0];
        bool[] allowed = new bool[hasTerms ? targets.Length : 0];
        for (int output = 0; output < allowed.Length; output++)
        {
            // The last class of every sample is not, where there are classes.
            allowed[output] = output % BlankNetwork<T>.Outputs < BlankNetwork<T>.Outputs - 1 || !TermsDomain<T>.IsCategorical(network.LossOf(BlankNetwork<T>.Outputs - 1));
        }

        TrainerOptions<T> options = new()
        {
            BatchSize = 7,
            Shards = 3,
            Threads = Math.Min(_setup.Options.Threads, 2),
            ValidationSplit = 0.25,
            Metric = Metrics.IsOwn(_setup.Options.Metric) ? _setup.Options.Metric : null,
        };
        Rehearse(network, Dataset.Create<T>(network, inputs, targets, weights, allowed), options);
        Rehearse(
            network,
            Dataset.Create<T>(network, inputs, new int[RehearsedSamples], weights, allowed),
            options with { Metric = null, EarlyStopping = new EarlyStopping { MonitorMetric = true } });
        if (_optimizer.Schedule.GetType().Assembly == typeof(LearningRateSchedule).Assembly)
        {
            // Every branch of it, wherever the training stands.
            for (long step = 1; step < Optimizer<T>.LargestStepCount; step *= 2)
            {
                _ = _optimizer.Schedule.Factor(step - 1);
            }
        }
    }

    private void Rehearse(BlankNetwork<T> network, IDataset<T> data, TrainerOptions<T> options)
    {
        network.Initialize(1);
        using var trainer = new Trainer<T>(network, _optimizer.CreateUnderstudy(network.Parameters), data, options);
        trainer.Step();
        trainer.RunFor(TimeSpan.Zero, 1);
        trainer.Fit(2);
        trainer.RunFor(TimeSpan.Zero, 2);
        trainer.Evaluate(data);
        _ = trainer.LastEpoch is { } epoch ? epoch.ToString() : null;
    }
}
