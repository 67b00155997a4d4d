using System;
using System.IO;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>The names in Keras' files of weights, in which a layer's variables have numbers: 0 for the kernel, 1 for the bias.</summary>
public sealed class KerasNameTests
{
    private readonly SmallSingle _network = new();

    public KerasNameTests()
    {
        _network.Initialize(1);
        _network.Parameters.Bias(0, 1) = 2;
    }

    /// <summary>Sequential and functional models, one inside of another, older versions, and those of Windows.</summary>
    [Theory]
    [InlineData("layers/dense", "layers/dense_1")]
    [InlineData("layers/0", "layers/1")]
    [InlineData("layers/dense_9", "layers/dense_10")]
    [InlineData("_layer_checkpoint_dependencies/dense", "_layer_checkpoint_dependencies/dense_1")]
    [InlineData("layers/functional/layers/dense", "layers/functional/layers/dense_1")]
    [InlineData("layers/sequential/layers/dense", "layers/sequential_1/layers/dense")]
    [InlineData(@"layers\dense", @"layers\dense_1")]
    [InlineData(@"_layer_checkpoint_dependencies\sequential\layers\dense", @"_layer_checkpoint_dependencies\sequential_1\layers\dense")]
    public void Layers_are_found_and_named(string first, string second)
    {
        float[] expected = _network.Parameters.Canonical();
        using var stream = new MemoryStream();
        Written(stream, first, second);
        foreach (string[]? names in new string[]?[] { null, [first, second] })
        {
            _network.Parameters.Clear();
            stream.Position = 0;
            Checkpoint.Load(stream, _network, names);
            Assert.Equal(expected, _network.Parameters.Canonical());
        }
    }

    /// <summary>A layer that is no dense one is not passed over.</summary>
    [Fact]
    public void Layers_of_other_kinds_are_counted()
    {
        using var stream = new MemoryStream();
        Written(stream, "layers/dense", "layers/dense_1", "layers/batch_normalization/vars/0");
        stream.Position = 0;
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(stream, _network));
        Assert.Contains("file has weights of 3 layers (layers/batch_normalization, layers/dense, layers/dense_1)", error.Message);
        Assert.Contains("pass the names of the layers in the right order, such as: ", error.Message);
    }

    private void Written(Stream stream, string first, string second, params string[] others)
    {
        var writer = new SafetensorsWriter<float>();
        string separator = first.Contains('\\', StringComparison.Ordinal) ? @"\" : "/";
        foreach ((string name, int layer, int inputs, int units) in new[] { (second, 1, 5, 2), (first, 0, 3, 5) })
        {
            float[] kernel = Enumerable.Range(0, inputs * units).Select(i => _network.Parameters.Weight(layer, i % units, i / units)).ToArray();
            writer.Add($"{name}{separator}vars{separator}0", kernel, inputs, units);
            writer.Add($"{name}{separator}vars{separator}1", Enumerable.Range(0, units).Select(unit => _network.Parameters.Bias(layer, unit)).ToArray(), units);
        }

        foreach (string name in others.Concat(["optimizer/vars/0", "_metrics/mean/vars/0", "metrics/mean/vars/0", "layers/dropout/seed_generator/vars/0"]))
        {
            writer.Add(name, new float[1], 1);
        }

        writer.Write(stream);
    }
}
