using System;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Statistics of data in layers that normalise by constants: what is written, that training leaves it, and that files have it.</summary>
public sealed class NormalizationTests : IDisposable
{
    private const int Samples = 600;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Inputs_and_outputs_get_the_statistics_of_the_data()
    {
        var network = new ScaledNet();
        network.Initialize(1);
        float[] before = network.Parameters.AsSpan().ToArray();
        (float[] inputs, float[] targets) = Data();
        Normalization.SetInputs(network, Dataset.Create(network, inputs, targets));
        Normalization.SetOutputs(network, Dataset.Create(network, inputs, targets));
        AssertStatistics(network, "layers.0", Column(inputs, 3, 0), Column(inputs, 3, 1), Column(inputs, 3, 2));
        AssertStatistics(network, "layers.3", Column(targets, 1, 0));

        // Nothing else was written.
        Assert.Equal(0, network.Parameters.Layout.Blocks.Where(block => block.IsTrained)
            .SelectMany(block => Enumerable.Range(0, block.Count).Select(block.Element)).Count(element => before[element] != network.Parameters.AsSpan()[element]));
    }

    /// <summary>Means are 0, variances and deviations 1 again, as the documentation says.</summary>
    [Fact]
    public void Initialize_sets_them_back()
    {
        var network = new ScaledNet();
        network.Initialize(1);
        float[] initial = Statistics(network);
        (float[] inputs, float[] targets) = Data();
        Normalization.SetInputs(network, Dataset.Create(network, inputs, targets), "layers.0", ..);
        Assert.NotEqual(initial, Statistics(network));
        network.Initialize(2);
        Assert.Equal(initial, Statistics(network));
        Assert.Equal([0f, 1f], initial.Distinct().Order());
    }

    [Fact]
    public void Training_leaves_them_and_a_checkpoint_has_them()
    {
        var network = new ScaledNet();
        network.Initialize(1);
        (float[] inputs, float[] targets) = Data();
        IDataset<float> data = Dataset.Create(network, inputs, targets);
        Normalization.SetInputs(network, data);
        Normalization.SetOutputs(network, data);
        float[] statistics = Statistics(network);
        Assert.Contains(statistics, value => value is > 100);
        Trainer<float> trainer = Trainer.Create(network, AdamW.For(network, 0.01, weightDecay: 0.1), data, new() { BatchSize = 20, Seed = 1 });
        trainer.Fit(2);
        Assert.Equal(statistics, Statistics(network));
        string file = _folder["net.safetensors"];
        Checkpoint.Save(file, network);
        var loaded = new ScaledNet();
        Checkpoint.Load(file, loaded);
        Assert.Equal(network.Parameters.AsSpan().ToArray(), loaded.Parameters.AsSpan().ToArray());
        Assert.Equal(statistics, Statistics(loaded));
    }

    [Fact]
    public void One_of_several_inputs_is_set_by_its_name()
    {
        var network = new ScaledPair();
        network.Initialize(1);
        double[] inputs = [.. Enumerable.Range(0, Samples * ScaledPair.InputCount).Select(index => Math.Sin(index) * (1 + (index % 5)))];
        var targets = new double[Samples];
        IDataset<double> data = Dataset.Create(network, inputs, targets);
        Normalization.SetInputs(network, data, "action", ScaledPair.ActionInput);
        ParameterBlock[] blocks = [.. network.Parameters.Layout.Blocks];
        Assert.Equal([0, 0, 0, 1, 1, 1], Values(network, blocks[0]).Concat(Values(network, blocks[1])));
        for (int value = 0; value < 2; value++)
        {
            double[] column = [.. Enumerable.Range(0, Samples).Select(sample => inputs[(sample * 5) + 3 + value])];
            double mean = column.Average();
            Assert.Equal(mean, Values(network, blocks[2])[value], 12);
            Assert.Equal(column.Average(x => (x - mean) * (x - mean)), Values(network, blocks[3])[value], 12);
        }

        Assert.Throws<ArgumentException>("inputs", () => Normalization.SetInputs(network, data, "action", ScaledPair.StateInput));
        Assert.Throws<ArgumentException>("network", () => Normalization.SetInputs(network, data, "acton", ScaledPair.ActionInput));
        Assert.Throws<ArgumentException>("network", () => Normalization.SetInputs(network, data));
        Assert.Throws<ArgumentException>("network", () => Normalization.SetOutputs(network, data));
    }

    [Fact]
    public void What_is_not_finite_is_refused_and_nothing_is_written()
    {
        var network = new ScaledNet();
        float[] before = network.Parameters.AsSpan().ToArray();
        (float[] inputs, float[] targets) = Data();
        inputs[^1] = float.NaN;
        Assert.Throws<ArgumentException>("data", () => Normalization.SetInputs(network, Dataset.Create(network, inputs, targets)));
        Assert.Throws<ArgumentException>("data", () => Normalization.SetInputs(network, Dataset.Create(new Line(), new float[2], new float[1])));
        Assert.Equal(before, network.Parameters.AsSpan().ToArray());
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>One value is the same in every sample, one has a large offset.</summary>
    private static (float[] Inputs, float[] Targets) Data()
    {
        var random = new SeededRandom(7);
        float[] inputs = [.. Enumerable.Range(0, Samples).SelectMany(_ => new[] { (float)random.NextDouble() * 50, 3, 1000 + (float)random.NextDouble() })];
        return (inputs, [.. Enumerable.Range(0, Samples).Select(sample => (20 * inputs[sample * 3]) - 7)]);
    }

    private static float[] Column(float[] values, int columns, int column) => [.. Enumerable.Range(0, values.Length / columns).Select(row => values[(row * columns) + column])];

    private static float[] Statistics(ScaledNet network) => [.. network.Parameters.Layout.Blocks.Where(block => block.Role == ParameterRole.Statistic).SelectMany(block => Values(network, block))];

    private static T[] Values<T>(INetwork<T> network, ParameterBlock block)
        where T : unmanaged
    {
        T[] elements = network.Parameters.AsSpan().ToArray();
        return [.. Enumerable.Range(0, block.Count).Select(index => elements[block.Element(index)])];
    }

    private static void AssertStatistics(ScaledNet network, string layer, params float[][] columns)
    {
        ParameterBlock[] blocks = [.. network.Parameters.Layout.Blocks.Where(block => block.Name.StartsWith(layer + ".", StringComparison.Ordinal))];
        for (int value = 0; value < columns.Length; value++)
        {
            double mean = columns[value].Average(x => (double)x);
            double variance = columns[value].Average(x => (x - mean) * (x - mean));
            double spread = variance == 0 ? 1 : blocks[1].Name.EndsWith("deviation", StringComparison.Ordinal) ? Math.Sqrt(variance) : variance;
            Assert.Equal((float)mean, Values(network, blocks[0])[value]);
            Assert.Equal((float)spread, Values(network, blocks[1])[value], 1e-6f * (float)spread);
        }
    }
}

/// <summary>Numbers of any size in and out.</summary>
[Network(3, Loss.HalfSquaredError)]
[Normalize]
[Dense(8, Activation.Tanh)]
[Dense(1)]
[Denormalize]
public sealed partial class ScaledNet;

/// <summary>Two inputs, each with statistics of its own.</summary>
[Network(Precision = Precision.Double)]
public sealed partial class ScaledPair
{
    private static void Wire(Wiring w)
    {
        Signal state = w.Input("State", 3).Normalize(name: "state");
        Signal action = w.Input("Action", 2).Normalize(clip: 5, name: "action");
        w.Output("Q", state.Concat(action).Dense(4, Activation.Tanh).Dense(1), Loss.HalfSquaredError);
    }
}
