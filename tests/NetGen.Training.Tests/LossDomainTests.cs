using System;
using System.IO;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>What a trainer knows from the loss of a network: which targets it takes, where the border between yes and no lies, and that it is the same after resuming.</summary>
public sealed partial class LossDomainTests
{
    private static readonly Func<ITrainable<float>>[] Networks =
    [
        () => new Binary(), () => new BinaryLogits(), () => new Categorical(), () => new CategoricalLogits(),
        () => new Squared(), () => new HalfSquared(), () => new Absolute(), () => new HuberLoss(), () => new LogCoshLoss(), () => new LinearLoss(), () => new OwnLoss(),
    ];

    [Fact]
    public void Every_loss_is_told_of_every_output()
    {
        Loss[] losses = [.. Networks.Select(create => create().LossOf(1))];
        Assert.Equal(Enum.GetValues<Loss>().Except([Loss.None]).Order(), losses.Order());
        foreach (ITrainable<float> network in Networks.Select(create => create()))
        {
            Assert.Equal(network.LossOf(0), network.LossOf(2));
            Assert.Throws<ArgumentOutOfRangeException>("output", () => network.LossOf(-1));
            Assert.Throws<ArgumentOutOfRangeException>("output", () => network.LossOf(3));
        }
    }

    [Theory]
    [InlineData(-1f, "-1")]
    [InlineData(-1e-30f, "-1E-30")]
    [InlineData(1.5f, "1.5")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Targets_of_a_cross_entropy_are_probabilities(float target, string text)
    {
        float[] inputs = new float[40];
        foreach (ITrainable<float> network in Networks.Select(create => create()))
        {
            // Sample 17, output 1, beyond whole vectors or not.
            float[] targets = new float[60];
            targets[17 * 3 + 1] = target;
            targets[19 * 3 + 2] = -5;
            bool takesAny = !IsCrossEntropy(network);
            Exception? error = Record.Exception(() => Dataset.Create<float>(network, inputs, targets));
            if (takesAny)
            {
                Assert.Null(error);
                continue;
            }

            string message = $"Sample 17, output 1: the target is {text}, and Loss.{network.LossOf(1)} needs targets from 0 to 1. Write 0 and 1 in place of -1 and 1";
            Assert.StartsWith(message, Assert.IsType<ArgumentException>(error).Message);

            // Arrays that change after they were looked at, and samples that come from elsewhere, on any number of threads.
            targets[17 * 3 + 1] = 0;
            targets[19 * 3 + 2] = 0;
            IDataset<float> data = Dataset.Create<float>(network, inputs, targets);
            targets[17 * 3 + 1] = target;
            targets[19 * 3 + 2] = -5;
            network.Initialize(1);
            float[] before = network.Parameters.Canonical();
            foreach (IDataset<float> samples in new[] { data, new Source(data) })
            {
                foreach (int threads in new[] { 1, 3 })
                {
                    var options = new TrainerOptions<float> { BatchSize = 20, Shards = 3, Threads = threads, Shuffle = false, Metric = (_, _) => throw new NotSupportedException() };
                    using var trainer = new Trainer<float>(network, Sgd.For(network, 0.1), samples, options);
                    Assert.StartsWith(message, Assert.Throws<InvalidOperationException>(() => trainer.Step()).Message);
                    targets.AsSpan(0, 17 * 3).Fill(target);
                    Assert.StartsWith("Sample 0, output 0", Assert.Throws<InvalidOperationException>(() => trainer.Evaluate(samples)).Message);
                    targets.AsSpan(0, 17 * 3).Clear();
                }
            }

            Assert.Equal(before, network.Parameters.Canonical());
        }
    }

    [Fact]
    public void Whatever_lies_from_0_to_1_is_taken_and_a_target_NaN_is_blamed_as_before()
    {
        foreach (ITrainable<float> network in Networks.Select(create => create()))
        {
            network.Initialize(1);
            IDataset<float> data = Dataset.Create<float>(network, new float[4], new[] { 0, 1, 0.25f, 1, 0, -0f });
            using var trainer = new Trainer<float>(network, Sgd.For(network, 0.1), data);
            trainer.Step();
            data = Dataset.Create<float>(network, new float[2], new[] { 0, float.NaN, 0 });
            using var other = new Trainer<float>(network, Sgd.For(network, 0.1), data);
            Assert.Throws<NonFiniteLossException>(() => other.Step());
        }
    }

    [Fact]
    public void The_border_of_logits_is_0()
    {
        foreach (ITrainable<float> network in Networks.Select(create => create()))
        {
            // Outputs of 0.3 where they are not probabilities.
            network.Parameters.Clear();
            network.Parameters.CopyFrom([.. Enumerable.Repeat(0f, 6), 0.3f, 0.3f, 0.3f]);
            IDataset<float> ones = Dataset.Create<float>(network, new float[8], new[] { 1f, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 });
            bool isRight = network.LossOf(0) is Loss.BinaryCrossEntropyWithLogits or Loss.BinaryCrossEntropy;
            using var trainer = new Trainer<float>(network, Sgd.For(network, 0), ones);
            Assert.Equal(isRight ? 1 : 0, trainer.Evaluate(ones, Metrics.BinaryAccuracy).Metric);

            // Its own metric is the same, and a border that is given stays.
            var options = new TrainerOptions<float> { ValidationData = ones, Metric = Metrics.BinaryAccuracy };
            using var validating = new Trainer<float>(network, Sgd.For(network, 0), ones, options);
            validating.Step();
            Assert.Equal(isRight ? 1 : 0, validating.LastEpoch!.Value.ValidationMetric);
            Assert.Equal(isRight ? 1 : 0, validating.Evaluate(ones).Metric);
            Assert.Equal(0, validating.Evaluate(ones, (output, target) => Metrics.BinaryAccuracy(output, target, 2)).Metric);
        }
    }

    [Fact]
    public void A_training_continues_with_the_loss_that_it_had()
    {
        using var folder = new TemporaryFolder();
        string file = folder["training.safetensors"];
        Trainer<float> Trainer(ITrainable<float> network)
        {
            network.Initialize(1);
            return new Trainer<float>(network, Sgd.For(network, 0.1), Dataset.Create<float>(network, new float[4], new float[6]));
        }

        using (Trainer<float> saved = Trainer(new Squared()))
        {
            saved.Save(file);
        }

        using Trainer<float> same = Trainer(new Squared());
        same.Load(file);
        using Trainer<float> other = Trainer(new Absolute());
        Assert.Contains(
            "'netgen.trainer.loss' in its metadata is 'SquaredError', but the trainer has 'AbsoluteError'",
            Assert.Throws<InvalidDataException>(() => other.Load(file)).Message);

        // A file that was written before the loss was compared.
        byte[] bytes = File.ReadAllBytes(file);
        int at = bytes.AsSpan().IndexOf("netgen.trainer.loss\""u8);
        "netgen.trainer.lost"u8.CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(file, bytes);
        other.Load(file);
    }

    [Fact]
    public void Losses_in_words()
    {
        Assert.Equal("Huber", Losses.Describe([Loss.Huber, Loss.Huber]));
        Assert.Equal("None,1:Huber,3:None", Losses.Describe([Loss.None, Loss.Huber, Loss.Huber, Loss.None]));
    }

    private static bool IsCrossEntropy(ITrainable<float> network) => network.LossOf(0).ToString().Contains("CrossEntropy", StringComparison.Ordinal);

    private sealed class Source(IDataset<float> inner) : IDataset<float>
    {
        public int Count => inner.Count;

        public int InputCount => inner.InputCount;

        public int TargetCount => inner.TargetCount;

        public void Read(ReadOnlySpan<int> samples, Span<float> inputs, Span<float> targets) => inner.Read(samples, inputs, targets);
    }

    [Network(2, Loss = Loss.BinaryCrossEntropy)]
    [Dense(3, Activation.Sigmoid)]
    private sealed partial class Binary;

    [Network(2, Loss = Loss.BinaryCrossEntropyWithLogits)]
    [Dense(3)]
    private sealed partial class BinaryLogits;

    [Network(2, Loss = Loss.CategoricalCrossEntropy)]
    [Dense(3, Activation.Softmax)]
    private sealed partial class Categorical;

    [Network(2, Loss = Loss.CategoricalCrossEntropyWithLogits)]
    [Dense(3)]
    private sealed partial class CategoricalLogits;

    [Network(2, Loss = Loss.SquaredError)]
    [Dense(3)]
    private sealed partial class Squared;

    [Network(2, Loss = Loss.HalfSquaredError)]
    [Dense(3)]
    private sealed partial class HalfSquared;

    [Network(2, Loss = Loss.AbsoluteError)]
    [Dense(3)]
    private sealed partial class Absolute;

    [Network(2, Loss = Loss.Huber)]
    [Dense(3)]
    private sealed partial class HuberLoss;

    [Network(2, Loss = Loss.LogCosh)]
    [Dense(3)]
    private sealed partial class LogCoshLoss;

    [Network(2, Loss = Loss.Linear)]
    [Dense(3)]
    private sealed partial class LinearLoss;

    [Network(2, nameof(Fourth))]
    [Dense(3)]
    private sealed partial class OwnLoss
    {
        private static float Fourth(float a, float y) => (a - y) * (a - y) * (a - y) * (a - y);
    }
}
