using System;
using System.Globalization;
using Xunit;
using static NetGen.Training.Tests.Trainings;

namespace NetGen.Training.Tests;

/// <summary>What a trainer refuses rather than guess, and what makes it short to use.</summary>
public sealed class TrainerUseTests
{
    [Fact]
    public void A_network_that_nobody_initialised_is_refused()
    {
        var network = new IrisNet();
        using Trainer<float> trainer = Trainer(network);
        foreach (Action train in new Action[] { () => trainer.Fit(1), () => trainer.RunFor(TimeSpan.Zero, 1), () => trainer.Step() })
        {
            Assert.Contains("network.Initialize(seed)", Assert.Throws<InvalidOperationException>(train).Message);
        }

        Assert.All(network.Parameters.Canonical(), parameter => Assert.Equal(0, parameter));

        // Biases alone, as a step of one's own makes them, change nothing about that.
        network.SgdStep(Inputs.AsSpan(0, IrisNet.InputCount), 0, 0.1);
        Assert.NotEqual(0, network.Parameters.Bias(1, 0));
        Assert.Throws<InvalidOperationException>(() => trainer.Step());
        network.Initialize(1);
        trainer.Step();

        // Asked once; and one layer may start from zero.
        network.Parameters.Clear();
        trainer.Step();
        var line = new Line();
        using Trainer<float> other = NetGen.Training.Trainer.Create(line, Sgd.For(line, 0.1), Dataset.Create<float>(line, new float[] { 1, 2 }, new float[] { 1 }));
        other.Step();
        Assert.NotEqual(0, line.Parameters.Weight(0, 0, 0));
    }

    [Fact]
    public void A_trainer_that_was_disposed_of_does_nothing()
    {
        IrisNet network = Network();
        float[] before = network.Parameters.Canonical();
        Trainer<float> trainer = Trainer(network);
        trainer.Dispose();
        trainer.Dispose();
        IDataset<float> data = Dataset.Create(network, Inputs, Labels);
        foreach (Action use in new Action[]
        {
            () => trainer.Fit(1), () => trainer.RunFor(TimeSpan.Zero, 1), () => trainer.Step(), () => trainer.Evaluate(data), () => trainer.Load("none"),
        })
        {
            Assert.Throws<ObjectDisposedException>(use);
        }

        Assert.Equal(before, network.Parameters.Canonical());
    }

    /// <summary>Each of its methods, called by each that it calls: nothing has happened then, and the training goes on as if nobody had.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_a_trainer_calls_cannot_call_it(int threads)
    {
        IrisNet network = Network();
        Action? call = null;
        var data = new Calling(Dataset.Create(network, Inputs, Labels), () => call?.Invoke());
        var schedule = new CallingSchedule();
        Adam<float> optimizer = Adam.For(network, 0.01);
        optimizer.Schedule = schedule;
        double Metric(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
        {
            call?.Invoke();
            return 1;
        }

        IDataset<float> silent = Dataset.Create(network, Inputs, Labels);
        using var trainer = new Trainer<float>(network, optimizer, data, new() { Threads = threads, Shards = threads, ValidationData = silent, Metric = Metric });
        float[] before = network.Parameters.Canonical();
        Action[] calls =
        [
            () => trainer.Evaluate(data), () => trainer.Step(), () => trainer.Fit(1), () => trainer.RunFor(TimeSpan.Zero, 1), trainer.Prepare, trainer.Dispose,
            () => trainer.Load("none"), () => trainer.Save("none"),
        ];
        foreach (Action each in calls)
        {
            call = each;
            Assert.Contains("in the middle of a batch", Assert.Throws<InvalidOperationException>(() => trainer.Step()).Message);
            Assert.Throws<InvalidOperationException>(() => trainer.Fit(1));
            Assert.Throws<InvalidOperationException>(() => trainer.RunFor(TimeSpan.Zero, 1));
            Assert.Throws<InvalidOperationException>(() => trainer.Evaluate(data));
            Assert.Throws<InvalidOperationException>(() => trainer.Evaluate(silent));
            call = null;
            schedule.Call = each;
            Assert.Contains("in the middle of a batch", Assert.Throws<InvalidOperationException>(() => trainer.Step()).Message);
            schedule.Call = null;
        }

        Assert.Equal(before, network.Parameters.Canonical());
        Assert.False(System.IO.File.Exists("none"));
        trainer.Fit(2);
        Assert.Equal(ParametersAfter(6, new() { ValidationData = silent, Shards = threads }), network.Parameters.Canonical());
    }

    /// <summary>Between two epochs a trainer is free: whoever is told of one may save it, or dispose of it, which ends the training.</summary>
    [Fact]
    public void Who_is_told_of_an_epoch_may_call_the_trainer()
    {
        IrisNet network = Network();
        using var folder = new TemporaryFolder();
        Trainer<float> trainer = Trainer(network);
        trainer.Fit(2, Progress(_ => trainer.Save(folder["saved"])));
        Assert.Equal(["saved"], folder.Files);
        ObjectDisposedException error = Assert.Throws<ObjectDisposedException>(() => trainer.Fit(4, Progress(_ => trainer.Dispose())));
        Assert.Equal("Trainer", error.ObjectName);
        Assert.Equal(3, trainer.Epoch);
    }

    [Fact]
    public void The_accuracy_of_one_output_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>("output", () => Metrics.Accuracy<float>([1], [0]));
        Assert.Contains("Use Metrics.BinaryAccuracy", error.Message);
        Assert.Equal(1, Metrics.Accuracy<float>([0, 1], [0, 1]));
        Assert.Equal(0, Metrics.BinaryAccuracy<float>([0.3f], [1]));
        Assert.Equal(1, Metrics.BinaryAccuracy<float>([0.3f], [1], border: 0));
        Assert.Equal(0.5, Metrics.BinaryAccuracy<double>([0, -0.1], [1, 1], border: 0));
    }

    /// <summary>An output that is NaN, anywhere, is no answer, whatever the target; nor is a target that is NaN a question.</summary>
    [Fact]
    public void NaN_is_never_right()
    {
        const double NaN = double.NaN;
        for (int classes = 2; classes < 5; classes++)
        {
            for (int i = 0; i < classes; i++)
            {
                for (int label = 0; label < classes; label++)
                {
                    double[] one = new double[classes];
                    one[label] = 1;
                    double[] output = [.. one];
                    output[i] = NaN;
                    Assert.Equal(1, Metrics.Accuracy<double>(one, one));
                    Assert.Equal(0, Metrics.Accuracy<double>(output, one));
                    Assert.Equal(0, Metrics.Accuracy<double>(one, output));
                    Assert.Equal(0, Metrics.Accuracy<double>(output, output));
                }
            }
        }

        foreach (double border in new[] { 0, 0.5, double.PositiveInfinity, double.NegativeInfinity })
        {
            foreach (float value in new[] { 0, 1, float.NaN, float.NegativeInfinity, float.PositiveInfinity })
            {
                Assert.Equal(0, Metrics.BinaryAccuracy<float>([float.NaN], [value], border));
                Assert.Equal(0, Metrics.BinaryAccuracy<float>([value], [float.NaN], border));
            }
        }

        Assert.Equal(0.5, Metrics.BinaryAccuracy<float>([float.NaN, 0], [0, 0]));
    }

    [Fact]
    public void Optimizers_take_the_number_type_from_the_network()
    {
        IrisNet network = Network();
        var twice = new IrisDouble();
        Assert.Equal(0.25, Sgd.For(network, 0.1, 0.5, 0.25, 0.125).Dampening);
        Assert.Equal((0.5, true), (Adam.For(twice, beta1: 0.5, amsgrad: true) is var adam ? adam.Beta1 : 0, adam.AmsGrad));
        Assert.Equal(0.01, AdamW.For(network).WeightDecay);
        Assert.True(RmsProp.For(network, centered: true).Centered);
        Assert.Equal(0.5, Adagrad.For(twice, learningRateDecay: 0.5).LearningRateDecay);
        Assert.Same(network.Parameters, Adam.For(network, 0.01).Parameters);
        Assert.Throws<ArgumentNullException>("network", () => Adam.For<float>(null!));
    }

    /// <summary>Values against PyTorch's closed form, the cycle found by adding up.</summary>
    [Theory]
    [InlineData(10, 1, 0.0)]
    [InlineData(7, 2, 0.1)]
    [InlineData(1, 3, 0.25)]
    public void Restarts_follow_the_cosine(int steps, int growth, double minimum)
    {
        var schedule = new CosineRestartsSchedule(steps, growth, minimum);
        int start = 0;
        int cycle = steps;
        for (int step = 0; step < 500; step++)
        {
            if (step == start + cycle)
            {
                (start, cycle) = (step, cycle * growth);
            }

            double expected = minimum + (1 - minimum) * (1 + Math.Cos(Math.PI * (step - start) / cycle)) / 2;
            Assert.Equal(expected, schedule.Factor(step), 4e-16);
        }

        Assert.InRange(schedule.Factor(long.MaxValue), minimum, 1);
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => new CosineRestartsSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>("growth", () => new CosineRestartsSchedule(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("minimumFactor", () => new CosineRestartsSchedule(1, 1, double.NaN));
    }

    [Fact]
    public void Progress_prints_as_a_row_of_a_table()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            var progress = new TrainingProgress(12, 3456, 0.123456789, 1.5, null, true);
            Assert.Equal(" epoch      step        loss  validation      metric", TrainingProgress.Header);
            Assert.Equal("    12      3456     0.12346         1.5           -  best", progress.ToString());
            progress = new TrainingProgress(int.MaxValue, 1L << 53, -1.23456789e-300, double.MinValue, -double.Epsilon, false);
            Assert.Equal("2147483647 9007199254740992 -1.2346E-300 -1.7977E+308 -4.9407E-324", progress.ToString());
            Assert.Equal(progress + "  Completed", new TrainingResult(StopReason.Completed, [progress]).ToString());
            Assert.Equal("no epoch  Canceled", new TrainingResult(StopReason.Canceled, []).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private sealed class CallingSchedule : LearningRateSchedule
    {
        public Action? Call { get; set; }

        public override string Description => "constant";

        public override double Factor(long step)
        {
            Call?.Invoke();
            return 1;
        }
    }

    private sealed class Calling(IDataset<float> data, Action call) : IDataset<float>
    {
        public int Count => data.Count;

        public int InputCount => data.InputCount;

        public int TargetCount => data.TargetCount;

        public void Read(ReadOnlySpan<int> samples, Span<float> inputs, Span<float> targets)
        {
            call();
            data.Read(samples, inputs, targets);
        }
    }
}
