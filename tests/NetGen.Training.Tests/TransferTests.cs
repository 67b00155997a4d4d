using System;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Layers that are copied into another network by their names.</summary>
public sealed class TransferTests
{
    private static readonly float[] Input = [0.3f, -0.8f, 0.1f, 0.6f];

    [Fact]
    public void A_trunk_computes_the_same_in_another_network()
    {
        GraphNet source = Source();
        var copy = new OtherGraphNet();
        copy.Initialize(9);
        float[] before = copy.Parameters.Canonical();
        source.Parameters.CopyTo(copy.Parameters, "layers");
        float[] expected = new float[GraphNet.TraceLength];
        float[] actual = new float[OtherGraphNet.TraceLength];
        source.Forward(Input, new float[GraphNet.OutputCount], expected);
        copy.Forward(Input, new float[OtherGraphNet.OutputCount], actual);
        Assert.Equal(source.Activations(expected, 0).ToArray(), copy.Activations(actual, 0).ToArray());
        Assert.Equal(source.Activations(expected, 1).ToArray(), copy.Activations(actual, 1).ToArray());
        Assert.NotEqual(0, copy.Activations(actual, 1)[0]);

        // Nothing else has changed, and nothing lies between the parameters.
        int trunk = OtherGraphNet.Layout.BlocksOf("layers").Sum(block => block.Count);
        Assert.Equal(before[trunk..], copy.Parameters.Canonical()[trunk..]);
        Assert.NotEqual(before[..trunk], copy.Parameters.Canonical()[..trunk]);
        Assert.All(copy.Parameters.Padding(), element => Assert.Equal(0, element));
    }

    [Fact]
    public void Training_the_copy_leaves_the_source_alone()
    {
        GraphNet source = Source();
        float[] before = source.Parameters.Canonical();
        var copy = new OtherGraphNet();
        copy.Initialize(9);
        source.Parameters.CopyTo(copy.Parameters, "layers");
        float[] copied = copy.Parameters.Canonical();
        using Trainer<float> trainer = Trainer.Create(copy, Sgd.For(copy, 0.1), Dataset.Create(copy, Input, new[] { 1f, 0, 0.5f }));
        trainer.Fit(3);
        Assert.NotEqual(copied[0], copy.Parameters.Canonical()[0]);
        Assert.Equal(before, source.Parameters.Canonical());
    }

    /// <summary>Doubles are stored in another way: one layer at a time there and back, and every bit is the same.</summary>
    [Fact]
    public void Layers_go_from_single_to_double_and_back()
    {
        IrisNet source = Trainings.Network(3);
        var twice = new IrisDouble();
        source.Parameters.CopyTo(twice.Parameters, "layers.0");
        Assert.Equal(0, twice.Parameters.Weight(1, 0, 0));
        Assert.Equal(source.Parameters.Weight(0, 15, 3), twice.Parameters.Weight(0, 15, 3));
        source.Parameters.CopyTo(twice.Parameters, "layers.1.weight");
        source.Parameters.CopyTo(twice.Parameters, "layers.1.bias");
        Assert.Equal(Array.ConvertAll(source.Parameters.Canonical(), value => (double)value), twice.Parameters.Canonical());
        twice.Parameters.Weight(0, 0, 0) = 0.1;
        var back = new IrisNet();
        twice.Parameters.CopyTo(back.Parameters, "layers");
        Assert.Equal(0.1f, back.Parameters.Weight(0, 0, 0));
        source.Parameters.Weight(0, 0, 0) = 0.1f;
        Assert.Equal(source.Parameters.Canonical(), back.Parameters.Canonical());
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_anything_is_written()
    {
        GraphNet source = Source();
        var other = new OtherGraphNet();
        Refused(source, other, "layer", "No layer is called 'layer'. There are: layers.0, layers.1, Policy.0, Value.0, Value.1.");
        Refused(source, other, "Policy", "'Policy.0.weight' is [3][12] here and [2][12] in the destination.");
        Refused(source, new IrisNet(), "Value", "The destination has no 'Value.0.weight' [9][12]. Of 'Value' it has: nothing; its layers are layers.0, layers.1.");
        Refused(
            new ThreeLayers(),
            new Line(),
            "layers.0",
            "'layers.0.weight' is [2][2] here and [1][2] in the destination.");
        Refused(Trainings.Network(), new TrunkOnly(), "layers.1", "The destination has no 'layers.1.weight' [3][16]. Of 'layers.1' it has: nothing; its layers are layers.0.");
        Refused(Trainings.Network(), new TrunkOnly(), "layers", "The destination has no 'layers.1.weight' [3][16]. Of 'layers' it has: layers.0.weight [16][4], layers.0.bias [16].");
        Refused(
            new TrunkOnly(),
            new IrisNet(),
            "layers",
            "Of 'layers' the destination has more than there is to copy, layers.0.weight [16][4], layers.0.bias [16], layers.1.weight [3][16], layers.1.bias [3]; here it has: layers.0.weight [16][4], layers.0.bias [16]. Copy its layers one by one.");
        Assert.Throws<ArgumentNullException>("destination", () => source.Parameters.CopyTo<float>(null!, "layers"));
        Assert.Throws<ArgumentNullException>("layer", () => source.Parameters.CopyTo(other.Parameters, null!));
    }

    private static void Refused(INetwork<float> source, INetwork<float> destination, string layer, string message)
    {
        source.Initialize(1);
        Assert.StartsWith(message, Assert.Throws<ArgumentException>("layer", () => source.Parameters.CopyTo(destination.Parameters, layer)).Message);
        Assert.All(destination.Parameters.Canonical(), value => Assert.Equal(0, value));
    }

    private static GraphNet Source()
    {
        var source = new GraphNet();
        source.Parameters.CopyFrom(Values.Random(4, GraphNet.ParameterCount));
        return source;
    }
}

/// <summary>The first layer of the network for iris.</summary>
[Network(4)]
[Dense(16, Activation.Tanh)]
public sealed partial class TrunkOnly;
