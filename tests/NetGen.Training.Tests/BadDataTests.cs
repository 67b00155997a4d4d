using System;
using System.Linq;
using Xunit;
using static NetGen.Training.Tests.Trainings;

namespace NetGen.Training.Tests;

/// <summary>Data that is wrong, and trainings that go wrong.</summary>
public sealed class BadDataTests
{
    [Theory]
    [InlineData(float.NaN, 1)]
    [InlineData(float.PositiveInfinity, 1)]
    [InlineData(float.NaN, 4)]
    public void A_bad_sample_is_named_and_the_parameters_stay(float poison, int shards)
    {
        // Sample 41 is in the third batch of 16.
        float[] inputs = (float[])Inputs.Clone();
        inputs[41 * 4 + 2] = poison;
        var options = new TrainerOptions<float> { BatchSize = 16, Shuffle = false, Shards = shards, Threads = shards };
        IrisNet network = Network();
        using Trainer<float> trainer = Trainer(network, options, inputs);

        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => trainer.Fit(3));
        Assert.Equal((1, (int?)41), (error.Epoch, error.SampleIndex));
        Assert.StartsWith("Epoch 1: sample 41 has an input or a target that is NaN or infinite.", error.Message);
        Assert.Equal(ParametersAfter(2, options), network.Parameters.Canonical());
        Assert.Throws<NonFiniteLossException>(() => trainer.Step());
        Assert.Equal(ParametersAfter(2, options), network.Parameters.Canonical());
    }

    [Fact]
    public void A_bad_target_is_named()
    {
        var network = new Line();
        float[] targets = Values.Random(2, 10);
        targets[7] = float.NaN;
        using var trainer = new Trainer<float>(
            network, new Sgd<float>(network.Parameters, 0.1), Dataset.Create(network, Values.Random(1, 20), targets), new() { BatchSize = 4, Seed = 5 });
        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => trainer.Fit(3));
        Assert.Equal((1, (int?)7), (error.Epoch, error.SampleIndex));
        Assert.StartsWith("Epoch 1: sample 7 has an input or a target that is NaN or infinite.", error.Message);
    }

    [Fact]
    public void A_bad_sample_of_the_validation_is_named()
    {
        IrisNet network = Network();
        float[] inputs = Values.Random(9, 11 * 4);
        inputs[5 * 4] = float.NaN;
        var options = new TrainerOptions<float> { ValidationData = Dataset.Create(network, inputs, new int[11]) };
        using Trainer<float> trainer = Trainer(network, options);
        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => trainer.Fit(3));
        Assert.Equal((1, (int?)5), (error.Epoch, error.SampleIndex));
        Assert.StartsWith("Epoch 1, validation: sample 5 has", error.Message);
        Assert.True(double.IsNaN(trainer.Evaluate(options.ValidationData).Loss));
    }

    /// <summary>
    /// With too high a rate the parameters explode until the loss overflows: what stays are those that last had a loss, however the steps are
    /// spread over calls. An epoch is one batch.
    /// </summary>
    [Theory]
    [InlineData("Step")]
    [InlineData("Fit")]
    [InlineData("RunFor")]
    public void A_training_that_diverges_leaves_the_last_parameters_with_a_finite_loss(string call)
    {
        var network = new Line();
        network.Initialize(1);
        float[] inputs = Values.Random(1, 40);
        float[] targets = Values.Random(2, 20);
        using var trainer = new Trainer<float>(
            network, new Sgd<float>(network.Parameters, 1e4), Dataset.Create(network, inputs, targets), new() { BatchSize = 20, Shuffle = false });
        float[] good = [];
        float[] last = [];
        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() =>
        {
            for (int step = 1; step <= 100; step++)
            {
                good = last;
                last = network.Parameters.Canonical();
                switch (call)
                {
                    case "Step":
                        Assert.True(double.IsFinite(trainer.Step()));
                        break;
                    case "Fit":
                        Assert.Equal(StopReason.Completed, trainer.Fit(step).Reason);
                        break;
                    default:
                        Assert.True(trainer.RunFor(TimeSpan.Zero, step));
                        Assert.False(trainer.RunFor(TimeSpan.Zero, step));
                        break;
                }
            }
        });
        Assert.Contains("the training diverged. The parameters are the last ones with a finite loss.", error.Message);
        Assert.NotEqual(good, last);
        Assert.Equal(good, network.Parameters.Canonical());
        Assert.True(float.IsFinite(network.BackwardBatch(inputs, targets, network.CreateGradient())));
        network.Parameters.CopyFrom(last);
        Assert.False(float.IsFinite(network.BackwardBatch(inputs, targets, network.CreateGradient())));
    }

    /// <summary>No batch follows whose loss could show it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_training_whose_last_step_overflows_is_not_completed(bool inFrames)
    {
        var network = new Line();
        network.Initialize(1);
        float[] before = network.Parameters.Canonical();
        float[] inputs = Enumerable.Repeat(1e3f, 40).ToArray();
        float[] targets = Enumerable.Repeat(1e18f, 20).ToArray();
        using var trainer = new Trainer<float>(
            network, new Sgd<float>(network.Parameters, 1e18), Dataset.Create(network, inputs, targets), new() { BatchSize = 20 });
        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(
            () => _ = inFrames ? trainer.RunFor(TimeSpan.FromHours(1), 1) : trainer.Fit(1).Reason == StopReason.Completed);
        Assert.Equal((1, (int?)null), (error.Epoch, error.SampleIndex));
        Assert.Contains("the last step made a parameter NaN or infinite", error.Message);
        Assert.Equal(before, network.Parameters.Canonical());
    }

    /// <summary>
    /// Each sample has the largest finite gradient; their mean, added up from rounded tenths, is more than a float holds. No sample is to blame alone.
    /// </summary>
    [Fact]
    public void A_gradient_that_overflows_in_the_sum_names_no_sample()
    {
        var network = new Line();
        float x = MathF.Pow(2, 64);
        float[] inputs = Enumerable.Repeat(x, 20).ToArray();
        float[] targets = Enumerable.Repeat(float.MaxValue / x / 2, 10).ToArray();
        using var trainer = new Trainer<float>(
            network, new Sgd<float>(network.Parameters, 0.1), Dataset.Create(network, inputs, targets), new() { BatchSize = 10, Shards = 1 });
        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => trainer.Step());
        Assert.Null(error.SampleIndex);
        Assert.Contains("the loss or the gradient of a batch is NaN or infinite", error.Message);
        Assert.Equal(new float[3], network.Parameters.Canonical());
    }

    [Fact]
    public void Samples_that_do_not_fit_are_refused()
    {
        IrisNet network = Network();
        Assert.Throws<ArgumentException>("inputs", () => Dataset.Create(network, Array.Empty<float>(), Array.Empty<int>()));
        Assert.Throws<ArgumentException>("inputs", () => Dataset.Create(network, new float[7], new int[1]));
        Assert.Throws<ArgumentException>("labels", () => Dataset.Create(network, new float[8], new int[3]));
        Assert.Throws<ArgumentException>("targets", () => Dataset.Create(network, new float[8], new float[5]));
        Assert.Throws<ArgumentOutOfRangeException>("labels", () => Dataset.Create(network, new float[8], new[] { 0, 3 }));
        Assert.Throws<ArgumentException>("labels", () => Dataset.Create(new Line(), new float[2], new[] { 0 }));
        Assert.Throws<ArgumentNullException>("network", () => Dataset.Create<float>(null!, new float[2], new[] { 0 }));

        var adam = new Adam<float>(network.Parameters);
        IDataset<float> data = Dataset.Create(network, Inputs, Labels);
        IDataset<float> others = Dataset.Create(new Line(), new float[2], new float[1]);
        Assert.Throws<ArgumentException>("data", () => new Trainer<float>(network, adam, others));
        Assert.Throws<ArgumentException>("optimizer", () => new Trainer<float>(Network(), adam, data));
        Assert.Throws<ArgumentNullException>("network", () => new Trainer<float>(null!, adam, data));
        Assert.Throws<ArgumentNullException>("optimizer", () => new Trainer<float>(network, null!, data));
        Assert.Throws<ArgumentNullException>("data", () => new Trainer<float>(network, adam, null!));
        Assert.Throws<ArgumentException>("data", () => new Trainer<float>(network, adam, new Nothing()));
        using var trainer = new Trainer<float>(network, adam, data);
        Assert.Throws<ArgumentException>("data", () => trainer.Evaluate(others));
        Assert.Throws<ArgumentOutOfRangeException>("untilEpoch", () => trainer.Fit(-1));
    }

    [Fact]
    public void Options_that_do_not_fit_are_refused()
    {
        void Refused<TException>(string name, TrainerOptions<float> options)
            where TException : ArgumentException => Assert.Throws<TException>(name, () => Trainer(Network(), options));

        Refused<ArgumentOutOfRangeException>("BatchSize", new() { BatchSize = 0 });
        Refused<ArgumentOutOfRangeException>("Threads", new() { Threads = 0 });
        Refused<ArgumentOutOfRangeException>("Shards", new() { Shards = -1 });
        Refused<ArgumentOutOfRangeException>("ValidationSplit", new() { ValidationSplit = 1 });
        Refused<ArgumentException>("options", new() { ValidationSplit = 0.01 });
        Refused<ArgumentException>("options", new() { ValidationSplit = 0.1, Order = [[1]] });
        Refused<ArgumentException>("options", new() { Order = [] });
        Refused<ArgumentException>("options", new() { Order = [[1], []] });
        Refused<ArgumentException>("options", new() { Order = [[Samples]] });
        Refused<ArgumentException>("options", new() { EarlyStopping = new EarlyStopping() });
        Refused<ArgumentOutOfRangeException>("Patience", new() { ValidationSplit = 0.1, EarlyStopping = new EarlyStopping { Patience = 0 } });
        Refused<ArgumentOutOfRangeException>("MinDelta", new() { ValidationSplit = 0.1, EarlyStopping = new EarlyStopping { MinDelta = -1 } });
        Refused<ArgumentException>("ValidationData", new() { ValidationData = new Nothing() });

        // Before anything is allocated for so many samples.
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused<ArgumentException>("options", new() { ValidationData = new Nothing { Count = int.MaxValue / 3 }, BatchSize = int.MaxValue });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private sealed class Nothing : IDataset<float>
    {
        public int Count { get; init; }

        public int InputCount => 4;

        public int TargetCount => 3;

        public void Read(ReadOnlySpan<int> samples, Span<float> inputs, Span<float> targets) => throw new NotSupportedException();
    }
}
