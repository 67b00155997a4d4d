using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using Xunit;

namespace NetGen.Benchmarks.Tests;

/// <summary>Statistics, rounds and limits.</summary>
public sealed class MeasuringTests
{
    [Theory]
    [InlineData(new[] { 5.0 }, 5.0)]
    [InlineData(new[] { 9.0, 1.0, 2.0 }, 2.0)]
    [InlineData(new[] { 4.0, 1.0, 2.0, 9.0 }, 3.0)]
    public void The_median_is_the_middle(double[] values, double expected) => Assert.Equal(expected, Statistics.Median(values));

    [Fact]
    public void No_values_have_no_median() => Assert.Throws<ArgumentException>(() => Statistics.Median([]));

    [Fact]
    public void The_error_is_the_largest_difference_as_a_share_of_the_scale()
    {
        Assert.Equal(0.25, Statistics.Error([1f, 2.5f], [1.25, 2.0], 2));
        Assert.True(double.IsNaN(Statistics.Error([float.NaN, 9f], [1, 2], 1)));
        Assert.Throws<ArgumentException>(() => Statistics.Error([1f], [1, 2], 1));
    }

    [Fact]
    public void Every_round_runs_every_loop_and_starts_with_another_one()
    {
        const long Millisecond = TimeSpan.TicksPerMillisecond * 100;
        var order = new List<int>();
        bool measuring = false;
        Rounds.Loop[] loops = Enumerable.Range(0, 3).Select<int, Rounds.Loop>(index => repetitions =>
        {
            // Calibration calls each loop once, since one repetition fills a block; rounds follow.
            measuring |= order.Count == 3;
            order.Add(index);
            return (index + 1) * Millisecond * repetitions;
        }).ToArray();
        IReadOnlyList<IReadOnlyList<double>> times = new Rounds(4).Measure(loops);
        Assert.True(measuring);

        // Each loop runs twice, the first time to warm up.
        int[] warm = order[3..].Where((_, call) => call % 2 == 0).ToArray();
        int[] timed = order[3..].Where((_, call) => call % 2 == 1).ToArray();
        Assert.Equal([0, 1, 2, 1, 2, 0, 2, 0, 1, 0, 1, 2], timed);
        Assert.Equal(timed, warm);
        double tick = 1e9 / System.Diagnostics.Stopwatch.Frequency;
        Assert.All(times, (series, index) => Assert.Equal(Enumerable.Repeat((index + 1) * Millisecond * tick, 4), series));
    }

    [Fact]
    public void Limits_count_products_and_bytes()
    {
        // 4-16-3: 64 + 48 weights; its first layer needs no input gradient.
        Topology iris = Subject.Find("iris").Topology;
        var limits = new NetworkLimits(iris, new MachineLimits(512, WidestPeak: 16, Peak256: 8, Roots: 0.5), Bandwidth: 4, PairBandwidth: 2);
        Assert.Equal(131 * 4, limits.WeightBytes);
        Assert.Equal(112, limits.Products(Task("latency")));
        Assert.Equal(3 * 112 - 64, limits.Products(Task("gradient256")));

        // Reading the weights takes 131 ns, the products 7 ns; a batch reads them once.
        Assert.Equal(131.0, limits.Nanoseconds(Task("latency")));
        Assert.Equal(7.0, limits.Nanoseconds(Task("forward256")));
        Assert.Equal((3 * 524 - 4 * (64 + 16)) / 2.0, limits.Nanoseconds(Task("gradient1")));
        Assert.Equal(2 * 524 / 4.0, limits.Nanoseconds(Task("step1")));
        Assert.Equal(17.0, limits.Nanoseconds(Task("step256")));

        // Adam takes a root of every parameter, or waits for seven arrays of their size.
        Assert.Equal(7 * 524 / 2.0, limits.Nanoseconds(Task("adam")));
        Assert.Equal(262.0, (limits with { PairBandwidth = 100 }).Nanoseconds(Task("adam")));
    }

    /// <summary>A blend of four experts of 64 units has seven operations for each and five values, and its adjoint twelve and nine.</summary>
    [Fact]
    public void Work_beside_products_is_counted_for_graphs()
    {
        var machine = new MachineLimits(512, WidestPeak: 16, Peak256: 8, Roots: 0.5);
        var limits = new NetworkLimits(GraphSubject.All.Single(graph => graph.Name == "experts").Graph, machine, Bandwidth: 4, PairBandwidth: 2);
        Assert.Equal((64 * 7 / 16.0) + (64 * 5), limits.Extra(Task("forward256")));
        Assert.Equal((64 * 19 / 16.0) + (64 * 14), limits.Extra(Task("gradient256")));
        Assert.Equal(0, (limits with { Shape = Subject.Find("iris").Topology }).Extra(Task("gradient256")));
    }

    private static BenchTask Task(string name) => BenchTask.All.Single(task => task.Name == name);
}
