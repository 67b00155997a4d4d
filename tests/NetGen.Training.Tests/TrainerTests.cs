using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Xunit;
using static NetGen.Training.Tests.Trainings;

namespace NetGen.Training.Tests;

/// <summary>The course of a training.</summary>
public sealed class TrainerTests
{
    private static readonly TrainerOptions<float> Split = new() { BatchSize = 8, ValidationSplit = 0.3, Seed = 4 };

    /// <summary>The trainer is the loop that anyone would write, to the bit.</summary>
    [Fact]
    public void One_shard_is_the_plain_loop()
    {
        IrisNet plain = Network();
        var optimizer = new Adam<float>(plain.Parameters, 0.01);
        ParameterBuffer<float> gradient = plain.CreateGradient();
        double sum = 0;
        for (int start = 0; start < Samples; start += 16)
        {
            int end = Math.Min(Samples, start + 16);
            gradient.Clear();
            sum += plain.BackwardBatch(Inputs.AsSpan(start * 4, (end - start) * 4), Labels.AsSpan(start, end - start), gradient) * (double)(end - start);
            optimizer.Step(gradient);
        }

        IrisNet network = Network();
        using Trainer<float> trainer = Trainer(network, new() { BatchSize = 16, Shuffle = false });
        TrainingResult result = trainer.Fit(1);
        Assert.Equal(plain.Parameters.Canonical(), network.Parameters.Canonical());
        Assert.Equal(sum / Samples, result.Epochs.Single().Loss);
        Assert.Equal((1, 5L, false), (result.Epochs[0].Epoch, result.Epochs[0].StepCount, result.Epochs[0].IsBest));
        Assert.Null(result.Epochs[0].ValidationLoss);
    }

    /// <summary>Shards of unequal size still make the mean over the batch.</summary>
    [Fact]
    public void Shards_add_up_to_the_batch()
    {
        float[] whole = ParametersAfter(4, new() { BatchSize = 23 });
        float[] shards = ParametersAfter(4, new() { BatchSize = 23, Shards = 7 });
        Values.AssertClose(Array.ConvertAll(whole, value => (double)value), shards, 1e-4, "parameters");
        Assert.NotEqual(whole, shards);
    }

    [Fact]
    public void Targets_do_as_well_as_labels()
    {
        float[] targets = new float[Samples * 3];
        for (int sample = 0; sample < Samples; sample++)
        {
            targets[sample * 3 + Labels[sample]] = 1;
        }

        IrisNet network = Network();
        using var trainer = new Trainer<float>(
            network, new Adam<float>(network.Parameters, 0.01), Dataset.Create(network, Inputs, targets), Split with { Metric = Metrics.Accuracy });
        IrisNet other = Network();
        using Trainer<float> labelled = Trainer(other, Split);
        Assert.Equal(labelled.Fit(5).Epochs, trainer.Fit(5).Epochs);
        Assert.Equal(other.Parameters.Canonical(), network.Parameters.Canonical());
    }

    [Fact]
    public void Progress_is_reported_for_every_epoch()
    {
        IrisNet network = Network();
        using Trainer<float> trainer = Trainer(network, Split, learningRate: 0.05);
        var reports = new List<TrainingProgress>();
        TrainingResult result = trainer.Fit(30, Progress(reports.Add));
        Assert.Equal(result.Epochs, reports);
        Assert.Equal(Enumerable.Range(1, 30), reports.Select(report => report.Epoch));
        Assert.Equal(reports[^1], trainer.LastEpoch);
        Assert.Equal(30, trainer.Epoch);

        // 49 samples train, in 7 batches.
        Assert.Equal(30 * 7, reports[^1].StepCount);
        Assert.True(reports[^1].Loss < 0.5 * reports[0].Loss);
        Assert.True(reports[^1].ValidationMetric > 0.8);
    }

    /// <summary>The validation is what Evaluate computes, and both are what the samples say one by one.</summary>
    [Fact]
    public void The_validation_is_the_mean_over_its_samples()
    {
        IrisNet network = Network();
        float[] inputs = Values.Random(9, 11 * 4);
        int[] labels = Enumerable.Range(0, 11).Select(sample => sample % 3).ToArray();
        IDataset<float> validation = Dataset.Create(network, inputs, labels);
        using Trainer<float> trainer = Trainer(network, new() { BatchSize = 4, ValidationData = validation, Shards = 2 });
        TrainingProgress epoch = trainer.Fit(1).Epochs.Single();
        double loss = 0;
        double correct = 0;
        float[] output = new float[3];
        for (int sample = 0; sample < 11; sample++)
        {
            ReadOnlySpan<float> input = inputs.AsSpan(sample * 4, 4);
            loss += network.Backward(input, labels[sample], network.CreateGradient());
            network.Forward(input, output);
            correct += Array.IndexOf(output, output.Max()) == labels[sample] ? 1 : 0;
        }

        Assert.Equal(loss / 11, epoch.ValidationLoss!.Value, 1e-6);
        Assert.Equal(correct / 11, epoch.ValidationMetric!.Value, 1e-12);
        Assert.Equal(new Evaluation(epoch.ValidationLoss.Value, epoch.ValidationMetric), trainer.Evaluate(validation));
        Assert.Equal(-1, trainer.Evaluate(validation, (_, _) => -1).Metric!.Value, 1e-12);
    }

    [Fact]
    public void Early_stopping_restores_the_best_parameters()
    {
        // So high a rate that the validation soon gets worse.
        IrisNet network = Network();
        var options = Split with { EarlyStopping = new EarlyStopping { Patience = 4 } };
        using Trainer<float> trainer = Trainer(network, options, learningRate: 0.5);
        float[]? best = null;
        double bestLoss = double.PositiveInfinity;
        TrainingResult result = trainer.Fit(200, Progress(epoch =>
        {
            Assert.Equal(epoch.ValidationLoss < bestLoss, epoch.IsBest);
            if (epoch.IsBest)
            {
                best = network.Parameters.Canonical();
                bestLoss = epoch.ValidationLoss!.Value;
            }
        }));

        Assert.Equal(StopReason.EarlyStopped, result.Reason);
        Assert.True(trainer.IsStopped);
        Assert.Equal(4, result.Epochs.Reverse().TakeWhile(epoch => !epoch.IsBest).Count());
        Assert.Equal(best, network.Parameters.Canonical());
        Assert.Equal((StopReason.EarlyStopped, 0), (trainer.Fit(200).Reason, trainer.Fit(200).Epochs.Count));
    }

    [Fact]
    public void Early_stopping_can_look_at_the_metric_and_asks_for_enough()
    {
        IrisNet network = Network();
        var rule = new EarlyStopping { Patience = 2, MonitorMetric = true };
        using Trainer<float> trainer = Trainer(network, Split with { EarlyStopping = rule });
        double best = double.NegativeInfinity;
        foreach (TrainingProgress epoch in trainer.Fit(100).Epochs)
        {
            Assert.Equal(epoch.ValidationMetric > best, epoch.IsBest);
            best = Math.Max(best, epoch.ValidationMetric!.Value);
        }

        Assert.True(trainer.IsStopped);

        // Nothing improves the loss by 10.
        using Trainer<float> strict = Trainer(Network(), Split with { EarlyStopping = new EarlyStopping { Patience = 3, MinDelta = 10 } });
        Assert.Equal([true, false, false, false], strict.Fit(100).Epochs.Select(epoch => epoch.IsBest));
    }

    /// <summary>A metric that is no number is no improvement, and what it leaves can be saved and loaded.</summary>
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_metric_that_is_not_finite_improves_nothing(double bad)
    {
        using var folder = new TemporaryFolder();
        int calls = 0;
        TrainerOptions<float> options = Split with
        {
            EarlyStopping = new EarlyStopping { Patience = 3, MonitorMetric = true },
            Metric = (_, _) => calls++ < 21 ? 0.5 : bad,
        };
        using Trainer<float> trainer = Trainer(Network(), options);
        TrainingResult result = trainer.Fit(100);
        Assert.Equal([true, false, false, false], result.Epochs.Select(epoch => epoch.IsBest));
        trainer.Save(folder["training"]);
        using Trainer<float> second = Trainer(Network(), options);
        second.Load(folder["training"]);
        Assert.True(second.IsStopped);

        calls = 100;
        using Trainer<float> never = Trainer(Network(), options);
        Assert.DoesNotContain(never.Fit(100).Epochs, epoch => epoch.IsBest);
        never.Save(folder["training"]);
        second.Load(folder["training"]);
    }

    [Fact]
    public void A_cancelled_training_stops_between_two_steps_and_goes_on()
    {
        IrisNet straight = Network();
        using Trainer<float> whole = Trainer(straight, Split);
        IReadOnlyList<TrainingProgress> expected = whole.Fit(6).Epochs;

        IrisNet network = Network();
        using Trainer<float> trainer = Trainer(network, Split);
        using var source = new CancellationTokenSource();
        TrainingResult result = trainer.Fit(6, Progress(epoch =>
        {
            if (epoch.Epoch == 2)
            {
                source.Cancel();
            }
        }), source.Token);
        Assert.Equal((StopReason.Canceled, 2), (result.Reason, result.Epochs.Count));
        Assert.Equal(ParametersAfter(14, Split), network.Parameters.Canonical());

        Assert.Equal(StopReason.Canceled, trainer.Fit(6, null, source.Token).Reason);
        result = trainer.Fit(6);
        Assert.Equal(StopReason.Completed, result.Reason);
        Assert.Equal(expected.Skip(2), result.Epochs);
        Assert.Equal(straight.Parameters.Canonical(), network.Parameters.Canonical());
    }

    /// <summary>Wherever in an epoch it is asked for: the batch that is being computed is the last.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(12)]
    public void A_cancellation_lets_the_current_batch_end(int reads)
    {
        IrisNet network = Network();
        using var source = new CancellationTokenSource();
        int read = 0;
        var data = new Watched(Dataset.Create(network, Inputs, Labels), () =>
        {
            if (++read == reads)
            {
                source.Cancel();
            }
        });
        using var trainer = new Trainer<float>(network, new Adam<float>(network.Parameters, 0.01), data, Split);
        TrainingResult result = trainer.Fit(6, null, source.Token);

        // 7 batches train and 3 validate in each epoch.
        Assert.Equal((StopReason.Canceled, reads / 10), (result.Reason, result.Epochs.Count));
        Assert.Equal(reads, read);
        Assert.Equal(ParametersAfter(reads / 10 * 7 + Math.Min(reads % 10, 7), Split), network.Parameters.Canonical());
        Assert.Equal(StopReason.Completed, trainer.Fit(6).Reason);
        Assert.Equal(ParametersAfter(42, Split), network.Parameters.Canonical());
    }

    /// <summary>Without time, a frame computes one batch; all frames together are the training.</summary>
    [Fact]
    public void Frames_add_up_to_the_training()
    {
        IrisNet straight = Network();
        using Trainer<float> whole = Trainer(straight, Split);
        whole.Fit(3);

        IrisNet network = Network();
        using Trainer<float> trainer = Trainer(network, Split);
        int frames = 0;
        while (trainer.RunFor(TimeSpan.Zero, 3))
        {
            frames++;
        }

        // 7 batches train and 3 validate in each epoch.
        Assert.Equal(30, frames);
        Assert.Equal(straight.Parameters.Canonical(), network.Parameters.Canonical());
        Assert.Equal(whole.LastEpoch, trainer.LastEpoch);
        Assert.False(trainer.RunFor(TimeSpan.FromHours(1), 3));
        Assert.False(trainer.RunFor(TimeSpan.FromHours(1), 5));
        Assert.False(trainer.RunFor(TimeSpan.MaxValue, 6));
        Assert.Equal(6, trainer.Epoch);
    }

    /// <summary>Batches of 5 ms: a frame of 22 ms takes 4, since a fifth would not fit.</summary>
    [Fact]
    public void A_frame_takes_as_many_batches_as_fit()
    {
        long now = 1000;
        long cost = 5;
        using Trainer<float> trainer = Timed(() => now, () => now += cost);
        Assert.Equal([4, 4, 4], Frames(3, 22));
        Assert.Equal([1, 1], Frames(2, 4));
        Assert.Equal([5], Frames(1, 25));

        // Longer batches, and shorter ones again.
        cost = 11;
        Assert.Equal([2, 2], Frames(2, 22));
        cost = 5;
        Assert.Equal([3, 4, 4], Frames(3, 22));

        IEnumerable<long> Frames(int count, long budget) => Enumerable.Range(0, count).Select(_ =>
        {
            long before = now;
            Assert.True(trainer.RunFor(TimeSpan.FromMilliseconds(budget), 1_000_000));
            return (now - before) / cost;
        }).ToList();
    }

    /// <summary>
    /// Frames of 2 ms and batches of 5 to 95 µs: whatever is interrupted for 20 ms, two frames later at least 80 % of the time is used again, and no
    /// frame takes longer than its budget and one batch.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void A_frame_recovers_from_interruptions_at_once(int hiccupsInARow)
    {
        const long Budget = 2000;
        const long LongestBatch = 95;
        const int LastHiccup = 10;
        long now = 0;
        long batches = 0;
        bool isInterrupted = false;
        using Trainer<float> trainer = Timed(
            () => now,
            () =>
            {
                now += isInterrupted ? 20_000 : 5 + batches * 37 % (LongestBatch - 4);
                batches++;
                isInterrupted = false;
            },
            unitsPerSecond: 1_000_000);
        for (int frame = 0; frame < 40; frame++)
        {
            // The first batch of all waits for the compiler; others are interrupted in frames one after another.
            bool isHiccup = frame == 0 || (frame <= LastHiccup && frame > LastHiccup - hiccupsInARow);
            isInterrupted = isHiccup;
            long before = now;
            Assert.True(trainer.RunFor(TimeSpan.FromMilliseconds(2), 1_000_000));
            long used = now - before;
            Assert.InRange(used, 1, isHiccup ? 20_000 + Budget : Budget + LongestBatch);
            if (frame > LastHiccup + 1 || (frame > 1 && frame <= LastHiccup - hiccupsInARow))
            {
                Assert.InRange(used, Budget * 8 / 10, Budget);
            }
        }
    }

    /// <summary>A trainer with a clock of the test's, in milliseconds unless said.</summary>
    private static Trainer<float> Timed(Func<long> clock, Action read, long unitsPerSecond = 1000)
    {
        IrisNet network = Network();
        return new Trainer<float>(network, new Sgd<float>(network.Parameters, 0.1), new Watched(Dataset.Create(network, Inputs, Labels), read))
        {
            Clock = () => clock() * Stopwatch.Frequency / unitsPerSecond,
        };
    }

    [Fact]
    public void Binary_accuracy_counts_sides_of_a_half()
    {
        Assert.Equal(0.75, Metrics.BinaryAccuracy<float>([0.5f, 0.4f, 0.9f, 0.6f], [1, 0, 1, 0]));
        Assert.Equal(1, Metrics.Accuracy<double>([0.1, 0.7, 0.7], [0, 1, 0]));
        Assert.Equal(0, Metrics.Accuracy<double>([0.1, 0.7, 0.7], [0, 0, 1]));
    }

    /// <summary>Samples of which the test is told when they are read.</summary>
    private sealed class Watched(IDataset<float> data, Action read) : IDataset<float>
    {
        public int Count => data.Count;

        public int InputCount => data.InputCount;

        public int TargetCount => data.TargetCount;

        public void Read(ReadOnlySpan<int> samples, Span<float> inputs, Span<float> targets)
        {
            read();
            data.Read(samples, inputs, targets);
        }
    }
}
