using System;
using System.IO;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Networks of several outputs, with layers that are more than a product: trained by their losses together, saved and loaded by the names of their parameters.</summary>
public sealed class GraphTests : IDisposable
{
    private const int Samples = 300;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Heads_learn_together()
    {
        GraphNet network = Trained(epochs: 40);
        (float[] inputs, float[] targets) = Data();
        int right = 0;
        double squares = 0;
        var output = new float[GraphNet.OutputCount];
        for (int s = 0; s < Samples; s++)
        {
            network.Forward(inputs.AsSpan(s * GraphNet.InputCount, GraphNet.InputCount), output);
            ReadOnlySpan<float> target = targets.AsSpan(s * GraphNet.OutputCount, GraphNet.OutputCount);
            ReadOnlySpan<float> policy = output.AsSpan(GraphNet.PolicyOutput);
            right += policy.IndexOf(MemoryMax(policy)) == target[GraphNet.PolicyOutput].IndexOf(1f) ? 1 : 0;
            squares += Math.Pow(output.AsSpan(GraphNet.ValueOutput)[0] - target[GraphNet.ValueOutput][0], 2);
        }

        Assert.InRange(right, Samples * 9 / 10, Samples);
        Assert.InRange(squares / Samples, 0, 0.02);
    }

    [Fact]
    public void A_checkpoint_has_the_parameters_under_their_names()
    {
        GraphNet network = Trained(epochs: 1);
        string file = _folder["net.safetensors"];
        Checkpoint.Save(file, network);
        var loaded = new GraphNet();
        Checkpoint.Load(file, loaded);
        Assert.Equal(network.Parameters.AsSpan().ToArray(), loaded.Parameters.AsSpan().ToArray());
        Assert.Equal(
            ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias", "Policy.0.weight", "Policy.0.bias", "Value.0.weight", "Value.0.bias", "Value.1.weight", "Value.1.bias"],
            network.Parameters.Layout.Blocks.Select(block => block.Name));
    }

    [Fact]
    public void Training_goes_on_from_a_checkpoint_with_the_same_bits()
    {
        GraphNet whole = Trained(epochs: 4);
        GraphNet half = Trained(epochs: 2, out Trainer<float> trainer);
        string file = _folder["training.safetensors"];
        trainer.Save(file);
        GraphNet other = Trained(epochs: 0, out Trainer<float> resumed);
        resumed.Load(file);
        resumed.Fit(4);
        Assert.NotEqual(whole.Parameters.AsSpan().ToArray(), half.Parameters.AsSpan().ToArray());
        Assert.Equal(whole.Parameters.AsSpan().ToArray(), other.Parameters.AsSpan().ToArray());
    }

    [Fact]
    public void A_file_of_another_network_is_refused()
    {
        string file = _folder["other.safetensors"];
        var other = new OtherGraphNet();
        other.Initialize(1);
        Checkpoint.Save(file, other);
        GraphNet network = Trained(epochs: 1);
        float[] before = network.Parameters.AsSpan().ToArray();
        Assert.Contains("layer 'Policy.0': file has 2×12 in 'Policy.0.weight', network has 3×12", Assert.Throws<InvalidDataException>(() => Checkpoint.Load(file, network)).Message);
        Assert.Equal(before, network.Parameters.AsSpan().ToArray());
        Checkpoint.Save(file, network, new CheckpointExtras { Names = ["a", "b", "c", "d", "e"] });
        Checkpoint.Load(file, network);
        Assert.Equal(before, network.Parameters.AsSpan().ToArray());
        Assert.Contains(
            "layer 'layers.0': file has no layer 'x' among a, b, c, d, e, network has one",
            Assert.Throws<InvalidDataException>(() => Checkpoint.Load(file, network, ["x", "b", "c", "d", "e"])).Message);
    }

    /// <summary>Numbers in names do not say which of two branches is which: own names do, or those of the call, one for each layer that the layout has.</summary>
    [Fact]
    public void Branches_of_one_shape_need_names()
    {
        var network = new TwinsNet();
        network.Initialize(1);
        float[] before = network.Parameters.Canonical();
        string file = _folder["twins.safetensors"];
        Checkpoint.Save(file, network);
        network.Parameters.Clear();
        Checkpoint.Load(file, network);
        Assert.Equal(before, network.Parameters.Canonical());

        var writer = new SafetensorsWriter<float>();
        writer.Add("net.0.weight", before.AsMemory(4, 4), 2, 2);
        writer.Add("net.1.weight", before.AsMemory(0, 4), 2, 2);
        using var stream = new MemoryStream();
        writer.Write(stream);
        stream.Position = 0;
        network.Parameters.Clear();
        Assert.Equal(
            "The stream cannot be loaded: file has 2 layers of the same shapes (net.0.weight, net.1.weight) and no name that says which is which, network has 2 layers that could be any of them (layers.0, layers.1); "
            + "rename the tensors to those of the network (layers.0.weight, layers.1.weight), or give its layers the names of the file (net.0, net.1). "
            + "Or pass the names of the layers in the right order, such as: Checkpoint.Load(file, network, new[] { \"net.0\", \"net.1\", \"\" }).",
            Assert.Throws<InvalidDataException>(() => Checkpoint.Load(stream, network)).Message);
        Assert.All(network.Parameters.Canonical(), value => Assert.Equal(0, value));
        stream.Position = 0;
        Checkpoint.Load(stream, network, ["net.1", "net.0", ""]);
        Assert.Equal(before, network.Parameters.Canonical());
    }

    public void Dispose() => _folder.Dispose();

    private static float MemoryMax(ReadOnlySpan<float> values)
    {
        float largest = float.NegativeInfinity;
        foreach (float value in values)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }

    private static GraphNet Trained(int epochs) => Trained(epochs, out _);

    private static GraphNet Trained(int epochs, out Trainer<float> trainer)
    {
        var network = new GraphNet();
        network.Initialize(1);
        (float[] inputs, float[] targets) = Data();
        trainer = Trainer.Create(network, Adam.For(network, 0.01), Dataset.Create(network, inputs, targets), new() { BatchSize = 20, Seed = 1 });
        if (epochs > 0)
        {
            trainer.Fit(epochs);
        }

        return network;
    }

    /// <summary>Inputs, the class of each by the first two, and the product of the others.</summary>
    private static (float[] Inputs, float[] Targets) Data()
    {
        var random = new SeededRandom(7);
        var inputs = new float[Samples * GraphNet.InputCount];
        var targets = new float[Samples * GraphNet.OutputCount];
        for (int s = 0; s < Samples; s++)
        {
            Span<float> x = inputs.AsSpan(s * GraphNet.InputCount, GraphNet.InputCount);
            foreach (ref float value in x)
            {
                value = (float)((random.NextDouble() * 2) - 1);
            }

            Span<float> target = targets.AsSpan(s * GraphNet.OutputCount, GraphNet.OutputCount);
            target[GraphNet.PolicyOutput][x[0] < 0 ? 2 : x[1] < 0 ? 1 : 0] = 1;
            target[GraphNet.ValueOutput][0] = x[2] * x[3];
        }

        return (inputs, targets);
    }
}

/// <summary>A trunk with a normalisation, and two heads.</summary>
[Network(4)]
[Dense(12, Activation.Tanh)]
[LayerNorm(Activation.Silu)]
[Head("Policy", Loss.CategoricalCrossEntropyWithLogits)]
[Dense(3)]
[Head("Value", Loss.HalfSquaredError, Weight = 2)]
[Dense(9, Activation.Tanh)]
[Dense(1)]
public sealed partial class GraphNet
{
}

/// <summary>The same with another head.</summary>
[Network(4)]
[Dense(12, Activation.Tanh)]
[LayerNorm(Activation.Silu)]
[Head("Policy", Loss.CategoricalCrossEntropyWithLogits)]
[Dense(2)]
[Head("Value", Loss.HalfSquaredError, Weight = 2)]
[Dense(9, Activation.Tanh)]
[Dense(1)]
public sealed partial class OtherGraphNet
{
}

/// <summary>Two layers of one shape that read the same.</summary>
[Network]
public sealed partial class TwinsNet
{
    private static void Wire(Wiring w)
    {
        Signal x = w.Input("x", 2);
        w.Output("y", x.Dense(2, Activation.Tanh, useBias: false) + x.Dense(2, useBias: false), Loss.HalfSquaredError);
    }
}
