using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Xunit;
using static NetGen.Training.Tests.Trainings;

namespace NetGen.Training.Tests;

/// <summary>Which samples a trainer takes, and when.</summary>
public sealed class SampleOrderTests
{
    /// <summary>The numbers come from another program: all platforms must find the same.</summary>
    [Fact]
    public void A_seed_gives_the_same_order_everywhere()
    {
        var order = new SampleOrder(10, 3, shuffles: true, seed: 7, given: null);
        Assert.Equal("4 5 7", string.Join(" ", order.Validation));
        Assert.Equal("6 2 9 0 3 8 1", string.Join(" ", order.Of(0)));
        Assert.Equal("0 3 6 2 8 1 9", string.Join(" ", order.Of(1)));
        Assert.Equal(0x910A2DEC89025CC1UL, new SeededRandom(1).NextUInt64());
        Assert.Equal(0.5665615751722809, new SeededRandom(1).NextDouble());
    }

    [Fact]
    public void Every_epoch_takes_every_sample_once_and_none_of_the_validation()
    {
        var order = new SampleOrder(50, 12, shuffles: true, seed: 1, given: null);
        var orders = new HashSet<string>();
        for (int epoch = 0; epoch < 20; epoch++)
        {
            int[] samples = order.Of(epoch);
            Assert.Equal(Enumerable.Range(0, 50), samples.Concat(order.Validation).Order());
            orders.Add(string.Join(" ", samples));
        }

        Assert.Equal(20, orders.Count);
        Assert.Equal(38, order.CountOf(3));
    }

    [Fact]
    public void Without_shuffling_the_last_samples_validate()
    {
        var order = new SampleOrder(5, 2, shuffles: false, seed: 1, given: null);
        Assert.Equal([3, 4], order.Validation);
        Assert.Equal([0, 1, 2], order.Of(0));
        Assert.Equal([0, 1, 2], order.Of(9));
    }

    /// <summary>Each of the 24 orders of four items comes up about as often as the others.</summary>
    [Fact]
    public void All_orders_are_equally_probable()
    {
        const int Rounds = 24_000;
        var counts = new Dictionary<string, int>();
        var random = new SeededRandom(3);
        for (int round = 0; round < Rounds; round++)
        {
            int[] items = [0, 1, 2, 3];
            random.Shuffle(items.AsSpan());
            string key = string.Join("", items);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        // χ² with 23 degrees of freedom is above 49.7 once in a thousand times; the seed is fixed.
        Assert.Equal(24, counts.Count);
        Assert.InRange(counts.Values.Sum(count => Math.Pow(count - 1000.0, 2) / 1000), 5, 49.7);
        Assert.Throws<ArgumentOutOfRangeException>("bound", () => random.Next(0));
    }

    /// <summary>A source of the caller is asked for the samples of each batch, on the caller's thread, and computes the same bits.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_source_is_asked_for_what_is_needed(int threads)
    {
        var options = new TrainerOptions<float> { BatchSize = 16, ValidationSplit = 0.2, Shards = 3, Threads = threads, Metric = Metrics.Accuracy };
        IrisNet expected = Network();
        using Trainer<float> trainer = Trainer(expected, options);
        IrisNet network = Network();
        var source = new Source(Dataset.Create(network, Inputs, Labels));
        using var pulling = new Trainer<float>(network, new Adam<float>(network.Parameters, 0.01), source, options);

        Assert.Equal(trainer.Fit(2).Epochs, pulling.Fit(2).Epochs);
        Assert.Equal(expected.Parameters.Canonical(), network.Parameters.Canonical());

        // 56 samples train and 14 validate.
        Assert.Equal([16, 16, 16, 8, 14, 16, 16, 16, 8, 14], source.Requests.Select(request => request.Length));
        Assert.Equal(Enumerable.Range(0, Samples), source.Requests.Take(5).SelectMany(request => request).Order());
        Assert.Equal([Environment.CurrentManagedThreadId], source.Threads);
    }

    [Fact]
    public void A_source_that_fails_ends_the_step_and_not_the_trainer()
    {
        IrisNet network = Network();
        var source = new Source(Dataset.Create(network, Inputs, Labels)) { FailsAt = 2 };
        using var trainer = new Trainer<float>(
            network, new Adam<float>(network.Parameters, 0.01), source, new() { BatchSize = 32, Shuffle = false });
        trainer.Step();
        float[] before = network.Parameters.Canonical();
        Assert.Equal("no more", Assert.Throws<InvalidOperationException>(() => trainer.Step()).Message);
        Assert.Equal(before, network.Parameters.Canonical());
        trainer.Fit(1);
        Assert.Equal(ParametersAfter(3, new() { BatchSize = 32, Shuffle = false }), network.Parameters.Canonical());
    }

    [Fact]
    public void An_order_of_the_callers_is_followed()
    {
        IrisNet network = Network();
        var source = new Source(Dataset.Create(network, Inputs, Labels));
        int[][] order = [[3, 1, 4, 1, 5], [9, 2]];
        using var trainer = new Trainer<float>(
            network, new Adam<float>(network.Parameters), source, new TrainerOptions<float> { BatchSize = 3, Order = order });
        trainer.Fit(3);
        Assert.Equal(["3 1 4", "1 5", "9 2", "3 1 4", "1 5"], source.Requests.Select(request => string.Join(" ", request)));
    }

    private sealed class Source(IDataset<float> inner) : IDataset<float>
    {
        public List<int[]> Requests { get; } = [];

        public HashSet<int> Threads { get; } = [];

        /// <summary>The number of the request that fails.</summary>
        public int FailsAt { get; init; } = -1;

        public int Count => inner.Count;

        public int InputCount => inner.InputCount;

        public int TargetCount => inner.TargetCount;

        public void Read(ReadOnlySpan<int> samples, Span<float> inputs, Span<float> targets)
        {
            Requests.Add(samples.ToArray());
            Threads.Add(Thread.CurrentThread.ManagedThreadId);
            if (Requests.Count == FailsAt)
            {
                throw new InvalidOperationException("no more");
            }

            inner.Read(samples, inputs, targets);
        }
    }
}
