using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;
using static NetGen.Training.Tests.Trainings;

namespace NetGen.Training.Tests;

/// <summary>Samples with weights, and with classes that are not possible, in everything that a trainer does.</summary>
public sealed class WeightedTrainingTests
{
    private static readonly TrainerOptions<float> Split = new() { BatchSize = 8, ValidationSplit = 0.3, Seed = 4 };

    /// <summary>Of both signs, small in one half and large in the other, so that shards weigh differently.</summary>
    private static float[] Weights { get; } = [.. Values.Random(5, Samples).Select((value, sample) => (value + 0.4f) * (sample % 16 < 8 ? 1 : 4))];

    /// <summary>The class of each sample and some others.</summary>
    private static bool[] Allowed { get; } = [.. Enumerable.Range(0, Samples * 3).Select(place => place % 3 == Labels[place / 3] || place * 7 % 5 < 2)];

    [Fact]
    public void One_shard_is_the_plain_loop()
    {
        Player plain = Network();
        var optimizer = new Adam<float>(plain.Parameters, 0.01);
        ParameterBuffer<float> gradient = plain.CreateGradient();
        double sum = 0;
        for (int start = 0; start < Samples; start += 16)
        {
            int count = Math.Min(Samples - start, 16);
            gradient.Clear();
            var terms = new BatchTerms<float>(Weights.AsSpan(start, count), Allowed.AsSpan(start * 3, count * 3));
            sum += plain.BackwardBatch(Inputs.AsSpan(start * 4, count * 4), Labels.AsSpan(start, count), gradient, terms) * (double)count;
            optimizer.Step(gradient);
        }

        foreach (IDataset<float> data in new[] { Data(plain, Weights, Allowed), new Source(Data(plain, Weights, Allowed)) })
        {
            Player network = Network();
            using Trainer<float> trainer = Trainer(network, data, new() { BatchSize = 16, Shuffle = false });
            Assert.Equal(sum / Samples, trainer.Fit(1).Epochs.Single().Loss);
            Assert.Equal(plain.Parameters.Canonical(), network.Parameters.Canonical());
        }
    }

    /// <summary>A batch of 23 in shards of 3 and 4 samples with sums of weights of their own: still Σ w L / 23.</summary>
    [Fact]
    public void Shards_add_up_to_the_batch_on_any_number_of_threads()
    {
        (double Loss, float[] Parameters) Run(int shards, int threads)
        {
            Player network = Network();
            using Trainer<float> trainer = Trainer(network, Data(network, Weights, Allowed), new() { BatchSize = 23, Shards = shards, Threads = threads, Seed = 2 });
            return (trainer.Fit(2).Epochs[^1].Loss, network.Parameters.Canonical());
        }

        (double loss, float[] parameters) = Run(1, 1);
        (double lossOfShards, float[] parametersOfShards) = Run(7, 1);
        Values.AssertClose(Array.ConvertAll(parameters, value => (double)value), parametersOfShards, 1e-4, "parameters");
        Assert.Equal(loss, lossOfShards, 1e-5);
        Assert.NotEqual(parameters, parametersOfShards);
        (double lossOfThreads, float[] parametersOfThreads) = Run(7, 3);
        Assert.Equal(parametersOfShards, parametersOfThreads);
        Assert.Equal(lossOfShards, lossOfThreads);
    }

    [Fact]
    public void Weights_of_1_with_everything_allowed_are_no_terms()
    {
        float[] ones = [.. Enumerable.Repeat(1f, Samples)];
        bool[] all = [.. Enumerable.Repeat(true, Samples * 3)];
        Player plain = Network();
        using Trainer<float> without = Trainer(plain, Dataset.Create(plain, Inputs, Labels), Split with { Shards = 3 });
        IReadOnlyList<TrainingProgress> expected = without.Fit(3).Epochs;
        foreach ((float[] weights, bool[] allowed) in new[] { (ones, all), (ones, []), ([], all) })
        {
            Player network = Network();
            using Trainer<float> trainer = Trainer(network, Data(network, weights, allowed), Split with { Shards = 3 });
            Assert.Equal(expected, trainer.Fit(3).Epochs);
            Assert.Equal(plain.Parameters.Canonical(), network.Parameters.Canonical());
        }
    }

    /// <summary>In whatever portions, the same training; weights that are negative make losses that are, of which less is better too.</summary>
    [Fact]
    public void Steps_and_frames_and_early_stopping_take_the_same_course()
    {
        float[] negative = [.. Weights.Select(weight => -Math.Abs(weight))];
        TrainerOptions<float> options = Split with { EarlyStopping = new EarlyStopping { Patience = 2 } };
        Player straight = Network();
        using Trainer<float> whole = Trainer(straight, Data(straight, negative, Allowed), options);
        IReadOnlyList<TrainingProgress> epochs = whole.Fit(4).Epochs;
        Assert.All(epochs, epoch => Assert.True(epoch.IsBest && epoch.ValidationLoss < 0));
        Assert.True(epochs[^1].ValidationLoss < epochs[0].ValidationLoss);

        Player network = Network();
        using Trainer<float> trainer = Trainer(network, Data(network, negative, Allowed), options);
        trainer.Step();
        while (trainer.RunFor(TimeSpan.Zero, 4))
        {
        }

        Assert.Equal(whole.LastEpoch, trainer.LastEpoch);
        Assert.Equal(straight.Parameters.Canonical(), network.Parameters.Canonical());
    }

    /// <summary>The loss is weighted; the metric is the share of the samples, among what is allowed.</summary>
    [Fact]
    public void The_loss_of_the_validation_is_weighted_and_its_accuracy_is_not()
    {
        Player network = Network();
        IDataset<float> data = Data(network, Weights, Allowed);
        using Trainer<float> trainer = Trainer(network, data, new() { BatchSize = 16, Shards = 3, ValidationData = data });
        TrainingProgress epoch = trainer.Fit(1).Epochs.Single();
        double loss = 0;
        int right = 0;
        int rightOfAll = 0;
        float[] output = new float[3];
        for (int sample = 0; sample < Samples; sample++)
        {
            ReadOnlySpan<float> input = Inputs.AsSpan(sample * 4, 4);
            bool[] allowed = Allowed[(sample * 3)..(sample * 3 + 3)];
            network.Forward(input, output);
            float[] possible = [.. output.Where((_, place) => allowed[place])];
            double top = possible.Max();
            loss += Weights[sample] * (top + Math.Log(possible.Sum(value => Math.Exp(value - top))) - output[Labels[sample]]);
            right += output[Labels[sample]] == possible.Max() ? 1 : 0;
            rightOfAll += output[Labels[sample]] == output.Max() ? 1 : 0;
        }

        Assert.Equal(loss / Samples, epoch.ValidationLoss!.Value, 1e-5);
        Assert.Equal((double)right / Samples, epoch.ValidationMetric!.Value, 1e-12);
        Assert.NotEqual(rightOfAll, right);
        Assert.Equal(new Evaluation(epoch.ValidationLoss.Value, epoch.ValidationMetric), trainer.Evaluate(data));

        // Data without terms is evaluated without, beside a training with them.
        Player plain = Network();
        plain.Parameters.CopyFrom(network.Parameters.Canonical());
        IDataset<float> unweighted = Dataset.Create(network, Inputs, Labels);
        using Trainer<float> other = Trainer(plain, unweighted, new() { BatchSize = 16, Shards = 3 });
        Assert.Equal(other.Evaluate(unweighted), trainer.Evaluate(unweighted));
    }

    [Fact]
    public void A_weight_that_makes_the_loss_infinite_is_blamed_by_its_sample()
    {
        float[] weights = [.. Enumerable.Repeat(1f, Samples)];
        weights[41] = float.MaxValue;
        Player network = Network();
        network.Parameters.Bias(1, (Labels[41] + 1) % 3) = 100;
        using Trainer<float> trainer = Trainer(network, Data(network, weights, []), new() { BatchSize = 16, Shuffle = false });
        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => trainer.Fit(1));
        Assert.Equal(41, error.SampleIndex);
    }

    [Fact]
    public void Weights_of_classes_are_weights_of_samples()
    {
        Assert.Equal([2f, 0.5f, 0.5f, 7f], Dataset.WeightsOfClasses([0, 1, 1, 2], 2f, 0.5f, 7f));
        Assert.Throws<ArgumentOutOfRangeException>("labels", () => Dataset.WeightsOfClasses([0, 3], 1.0, 2.0, 3.0));
        Assert.Throws<ArgumentNullException>("labels", () => Dataset.WeightsOfClasses(null!, 1.0));
    }

    [Fact]
    public void Wrong_terms_are_refused_with_sample_and_value()
    {
        var network = new Player();
        void Refused(string name, string message, float[] weights, bool[] allowed, int[] labels)
        {
            ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => Dataset.Create(network, new float[labels.Length * 4], labels, weights, allowed));
            Assert.Equal(name, error.ParamName);
            Assert.StartsWith(message, error.Message);
            float[] targets = new float[labels.Length * 3];
            for (int sample = 0; sample < labels.Length; sample++)
            {
                targets[sample * 3 + labels[sample]] = 0.75f;
            }

            error = Assert.ThrowsAny<ArgumentException>(() => Dataset.Create(network, new float[labels.Length * 4], targets, weights, allowed));
            Assert.StartsWith(message.Replace("it is the label", "its target is 0.75; it must be 0"), error.Message);
        }

        Refused("weights", "Expected 2 values (2 samples of 1), given 3.", [1, 2, 3], [], [0, 1]);
        Refused("weights", "Sample 1: the weight is NaN; it must be a finite number.", [1, float.NaN], [], [0, 1]);
        Refused("weights", "Sample 0: the weight is -Infinity;", [float.NegativeInfinity, float.NaN], [true, true, true, false, false, false], [0, 1]);
        Refused("allowed", "Expected 6 values (2 samples of 3), given 5.", [], [true, true, true, true, true], [0, 1]);
        Refused("allowed", "Sample 1: of outputs 0 to 2 nothing is allowed.", [1, 1], [true, true, true, false, false, false], [0, 1]);
        Refused("allowed", "Sample 1: output 2 is not allowed, but it is the label.", [], [false, true, true, true, true, false], [1, 2]);

        var line = new Line();
        Assert.StartsWith(
            "Sample 0: output 0 is not allowed, but Loss.SquaredError is not categorical: all of it must be.",
            Assert.Throws<ArgumentException>("allowed", () => Dataset.Create(line, new float[2], new float[1], allowed: new[] { false })).Message);
        Assert.StartsWith(
            "Sample 1: of outputs 0 to 4 nothing is allowed.",
            Assert.Throws<ArgumentException>("allowed", () => Dataset.Create(new Duellist(), new float[8], new float[12], allowed: Masks(2, 1, 0, 1, 2, 3, 4))).Message);
    }

    /// <summary>Samples that come from elsewhere, on any number of threads: the first wrong one is named, and nothing has been written.</summary>
    [Fact]
    public void Wrong_terms_of_a_dataset_of_ones_own_are_refused_when_they_are_read()
    {
        (Action<float[], bool[]> Spoil, string Message)[] cases =
        [
            ((weights, _) => weights[17] = weights[19] = float.PositiveInfinity, "Sample 17: the weight is Infinity; it must be a finite number. Nothing has been changed by this batch."),
            ((_, allowed) => allowed.AsSpan(17 * 3, 9).Clear(), "Sample 17: of outputs 0 to 2 nothing is allowed. Nothing"),
            ((weights, allowed) => (weights[18], allowed[17 * 3 + Labels[17]], allowed[17 * 3 + (Labels[17] + 1) % 3]) = (float.NaN, false, true), $"Sample 17: output {Labels[17]} is not allowed, but its target is 1; it must be 0. Nothing"),
        ];
        foreach ((Action<float[], bool[]> spoil, string message) in cases)
        {
            float[] weights = [.. Weights];
            bool[] allowed = [.. Allowed];
            Player network = Network();
            float[] before = network.Parameters.Canonical();
            IDataset<float> data = Data(network, weights, allowed);
            spoil(weights, allowed);
            foreach (IDataset<float> samples in new[] { data, new Source(data) })
            {
                foreach (int threads in new[] { 1, 3 })
                {
                    var options = new TrainerOptions<float> { BatchSize = 20, Shards = 3, Threads = threads, Shuffle = false };
                    using Trainer<float> trainer = Trainer(network, samples, options);
                    Assert.StartsWith(message, Assert.Throws<InvalidOperationException>(() => trainer.Step()).Message);
                    Assert.StartsWith(message, Assert.Throws<InvalidOperationException>(() => trainer.Evaluate(samples)).Message);
                }
            }

            Assert.Equal(before, network.Parameters.Canonical());
        }
    }

    /// <summary>Where the losses do not tell where one distribution ends, the network does.</summary>
    [Fact]
    public void Of_each_of_several_distributions_something_is_allowed()
    {
        var network = new Duellist();
        network.Initialize(1);
        float[] before = network.Parameters.Canonical();
        bool[] allowed = Masks(9, 7, 3, 4);
        IDataset<float> data = Dataset.Create(network, new float[9 * 4], new float[9 * 6], allowed: allowed);
        using var trainer = new Trainer<float>(network, Sgd.For(network, 0.1), data, new() { Shuffle = false, Shards = 2 });
        Assert.StartsWith(
            "Sample 7: the network refuses it as sample 0 of a batch of one: Of sample 0 nothing is allowed of outputs 3 to 4.",
            Assert.Throws<InvalidOperationException>(() => trainer.Step()).Message);
        Assert.Equal(before, network.Parameters.Canonical());
        allowed[7 * 6 + 3] = true;
        trainer.Step();
    }

    [Fact]
    public void A_network_without_terms_is_refused_when_the_trainer_is_made()
    {
        const string Message = "The samples have terms (weights), and the network was declared without. Declare it with [Network(…, BatchTerms = true)].";
        IrisNet network = Trainings.Network();
        IDataset<float> weighted = Dataset.Create(network, Inputs, Labels, Weights);
        Assert.StartsWith(Message, Assert.Throws<ArgumentException>("data", () => new Trainer<float>(network, Sgd.For(network, 0.1), weighted)).Message);
        Assert.StartsWith(Message, Assert.Throws<ArgumentException>("ValidationData", () => Trainings.Trainer(network, new() { ValidationData = weighted })).Message);
        using Trainer<float> trainer = Trainings.Trainer(network);
        Assert.StartsWith(Message, Assert.Throws<ArgumentException>("data", () => trainer.Evaluate(weighted)).Message);
        Assert.Contains(
            "(allowed)", Assert.Throws<ArgumentException>("data", () => trainer.Evaluate(new Source(Dataset.Create(network, Inputs, Labels, allowed: Allowed)))).Message);
    }

    [Fact]
    public void A_training_goes_on_with_the_terms_that_it_had()
    {
        using var folder = new TemporaryFolder();
        string file = folder["training"];
        Player straight = Network();
        using Trainer<float> whole = Trainer(straight, Data(straight, Weights, Allowed), Split);
        whole.Fit(4);
        Player first = Network();
        using (Trainer<float> trainer = Trainer(first, Data(first, Weights, Allowed), Split))
        {
            trainer.Fit(2);
            trainer.Step();
            trainer.Save(file);
        }

        Player network = Network();
        using (Trainer<float> second = Trainer(network, Data(network, Weights, Allowed), Split))
        {
            second.Load(file);
            second.Fit(4);
            Assert.Equal(whole.LastEpoch, second.LastEpoch);
            Assert.Equal(straight.Parameters.Canonical(), network.Parameters.Canonical());
        }

        void Refused(IDataset<float> data, TrainerOptions<float> options, string message)
        {
            float[] before = network.Parameters.Canonical();
            using Trainer<float> other = Trainer(network, data, options);
            Assert.Contains(message, Assert.Throws<InvalidDataException>(() => other.Load(file)).Message);
            Assert.Equal(before, network.Parameters.Canonical());
        }

        Refused(Data(network, Weights, []), Split, "'netgen.trainer.terms' in its metadata is 'weights and allowed', but the trainer has 'weights'");
        Refused(Data(network, [], Allowed), Split, "but the trainer has 'allowed'");
        Refused(Data(network, [], []), Split, "but the trainer has 'none'");
        TrainerOptions<float> other = Split with { ValidationSplit = 0, ValidationData = Data(network, [], []) };
        using (Trainer<float> trainer = Trainer(network, Data(network, Weights, Allowed), other with { ValidationData = Data(network, Weights, []) }))
        {
            trainer.Save(file);
        }

        Refused(Data(network, Weights, Allowed), other, "'netgen.trainer.validation_terms' in its metadata is 'weights', but the trainer has 'none'");

        // A file of the time before there were terms, of a training without.
        using (Trainer<float> trainer = Trainer(network, Data(network, [], []), Split))
        {
            trainer.Save(file);
            byte[] bytes = File.ReadAllBytes(file);
            foreach (byte[] key in new[] { "netgen.trainer.terms"u8.ToArray(), "netgen.trainer.validation_terms"u8.ToArray() })
            {
                bytes[bytes.AsSpan().IndexOf(key) + key.Length - 1] = (byte)'_';
            }

            File.WriteAllBytes(file, bytes);
            trainer.Load(file);
        }

        Refused(Data(network, Weights, []), Split, "its metadata has no 'netgen.trainer.terms', which stands for 'none', but the trainer has 'weights'");
    }

    private static Player Network()
    {
        var network = new Player();
        network.Initialize(1);
        return network;
    }

    private static IDataset<float> Data(Player network, float[] weights, bool[] allowed) => Dataset.Create(network, Inputs, Labels, weights, allowed);

    private static Trainer<float> Trainer(Player network, IDataset<float> data, TrainerOptions<float> options) =>
        new(network, new Adam<float>(network.Parameters, 0.01), data, options);

    /// <summary>Everything is allowed to the duellist but some outputs of one sample.</summary>
    private static bool[] Masks(int samples, int sample, params int[] outputs) =>
        [.. Enumerable.Range(0, samples * 6).Select(place => place / 6 != sample || !outputs.Contains(place % 6))];

    /// <summary>Samples of one's own, which say of themselves what they have.</summary>
    private sealed class Source(IDataset<float> inner) : IWeightedDataset<float>
    {
        private readonly IWeightedDataset<float> _inner = (IWeightedDataset<float>)inner;

        public int Count => _inner.Count;

        public int InputCount => _inner.InputCount;

        public int TargetCount => _inner.TargetCount;

        public bool HasWeights => _inner.HasWeights;

        public bool HasAllowed => _inner.HasAllowed;

        public void Read(ReadOnlySpan<int> samples, Span<float> inputs, Span<float> targets) => _inner.Read(samples, inputs, targets);

        public void ReadTerms(ReadOnlySpan<int> samples, Span<float> weights, Span<bool> allowed)
        {
            Assert.Equal((HasWeights ? samples.Length : 0, HasAllowed ? samples.Length * TargetCount : 0), (weights.Length, allowed.Length));
            _inner.ReadTerms(samples, weights, allowed);
        }
    }
}
