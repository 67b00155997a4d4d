using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Models.Safetensors;
using NetGen.Models.Tensors;
using Xunit;

namespace NetGen.Models.Tests;

/// <summary>Files of safetensors as models: what is in them, and which of their tensors are the parameters of a network.</summary>
public sealed class TensorFileTests
{
    public static TheoryData<string, string, string> Matches => new()
    {
        // By names: all of them, or some where they were given.
        { "a.weight:3x2 a.bias:3 b.weight:1x3", "a.weight:3x2 a.bias:3 b.weight:1x3", "a.weight a.bias b.weight" },
        { "b.weight:2x2 a.weight:2x2", "b.weight:2x2 a.weight:2x2", "b.weight a.weight" },
        { "a.weight:3x2 other.weight:9x9 a_count:1", "a.weight:3x2", "a.weight" },
        { "layers.0.weight:3x2 layers.1.weight:1x3", "layers.0.weight:3x2 layers.1.weight:1x3", "layers.0.weight layers.1.weight" },
        { "a.weight:3x2", "a.weight:3x2 b.weight:3x3 b.bias:3", "1: no 'b.weight' | 3×3; 1: no 'b.bias' | 3" },
        { "layers.0.weight:3x2 layers.1.weight:1x3", "layers.0.weight:3x2", "-1: a layer 'layers.1' | none of that name" },

        // By the numbers in their names.
        { "net.10.weight:1x3 net.2.weight:3x3 net.0.weight:3x2", "layers.0.weight:3x2 layers.1.weight:3x3 layers.2.weight:1x3", "net.0.weight net.2.weight net.10.weight" },
        { "layers.0.weight:3x2 layers.2.weight:1x3", "layers.0.weight:3x2 layers.1.weight:1x3", "layers.0.weight layers.2.weight" },
        { "net.0.weight:3x2 net.2.weight:1x4", "layers.0.weight:3x5 layers.1.weight:1x3", "0: 3×2 in 'net.0.weight' | 3×5; 1: 1×4 in 'net.2.weight' | 1×3" },
        { "net.0.weight:3x2 net.0.bias:3", "layers.0.weight:3x2", "0: 3 in 'net.0.bias' | a layer without bias" },
        { "net.0.weight:3x2 net.2.weight:1x3", "layers.0.weight:3x2", "-1: weights of 2 layers (net.0, net.2) | weights of 1 layer (layers.0)" },
        { "net.0.weight:3x2 net.0.running_mean:3", "layers.0.weight:3x2", "0: 3 in 'net.0.running_mean' | a layer without running_mean" },
        { "weight:3x2 steps:1", "layers.0.weight:3x2", "0: 1 in 'steps' | a layer without steps" },

        // By their shapes, where no number puts them in order.
        { "trunk.weight:3x2 head.weight:1x3", "layers.0.weight:3x2 layers.1.weight:1x3", "trunk.weight head.weight" },
        { "fc1.weight:3x3 fc2.weight:3x3 out.weight:1x3", "layers.0.weight:3x3 layers.1.weight:3x3 layers.2.weight:1x3", "fc1.weight fc2.weight out.weight" },
        { "pi.weight:3x2 v.weight:3x2", "layers.0.weight:3x2 layers.1.weight:3x2", "-1: 2 layers of the same shapes (pi, v) and no number in their names that says which comes first | none of these names" },
        { "trunk.weight:3x2 head.weight:1x3", "layers.0.weight:3x2 layers.1.weight:2x3", "1: no layer with weight of 2×3 | one" },
    };

    /// <param name="file">The tensors of a file: their names and sizes.</param>
    /// <param name="network">Those of a network.</param>
    /// <param name="expected">The names of the tensors in the order of the network, or the differences.</param>
    [Theory]
    [MemberData(nameof(Matches))]
    public void Tensors_are_found_where_that_is_certain(string file, string network, string expected)
    {
        TensorMatch match = TensorMatch.Of([.. Layers(file).OrderBy(layer => new LayerName(layer.Name))], Layers(network));
        Assert.Equal(expected, match.Differences.Count > 0
            ? string.Join("; ", match.Differences.Select(difference => $"{difference.Layer}: {difference.InFile} | {difference.InNetwork}"))
            : string.Join(" ", match.Tensors));
    }

    [Theory]
    [InlineData("iris")]
    [InlineData("iris_f16")]
    [InlineData("iris_bf16")]
    [InlineData("iris_f64")]
    [InlineData("iris_extra_tensors", "net.")]
    public void Loads_by_order(string name, string before = "")
    {
        string path = Path.Combine(ModelFiles.Golden, name + ".safetensors");
        SafetensorsFile tensors = SafetensorsFile.Read(File.ReadAllBytes(path));
        var network = new ListedIris();
        using FileStream stream = File.OpenRead(path);
        ModelFile.Open(stream).LoadInto(network);
        var values = new float[ListedIris.ParameterCount];
        network.Parameters.CopyTo(values);
        Assert.Equal(
            new[] { "0.weight", "0.bias", "2.weight", "2.bias" }.SelectMany(tensor => tensors.ToDoubles(tensors.Header.Tensors[before + tensor])).Select(value => (float)value), values);
    }

    /// <summary>The file has a critic too.</summary>
    [Fact]
    public void Loads_by_names()
    {
        string path = Path.Combine(ModelFiles.Golden, "policy_sb3.safetensors");
        SafetensorsFile tensors = SafetensorsFile.Read(File.ReadAllBytes(path));
        var network = new NamedActor();
        ModelFile.Open(path).LoadInto(network);
        var values = new double[NamedActor.ParameterCount];
        network.Parameters.CopyTo(values);
        Assert.Equal(NamedActor.Layout.Blocks.SelectMany(block => tensors.ToDoubles(tensors.Header.Tensors[block.Name])), values);
    }

    /// <summary>A network that is compiled with the file begins as one that loads it.</summary>
    [Fact]
    public void Is_compiled_by_the_same_rule()
    {
        var loaded = new NamedActorCritic();
        ModelFile.Open(Path.Combine(ModelFiles.Golden, "policy_sb3.safetensors")).LoadInto(loaded);
        var expected = new double[NamedActorCritic.ParameterCount];
        loaded.Parameters.CopyTo(expected);
        var values = new float[StoredActorCritic.ParameterCount];
        new StoredActorCritic().Parameters.CopyTo(values);
        Assert.Equal(expected.Select(value => (float)value), values);
    }

    [Fact]
    public void Says_what_is_in_a_file()
    {
        ModelFile model = ModelFile.Open(Path.Combine(ModelFiles.Golden, "iris.safetensors"));
        Assert.Equal((ModelFormat.Safetensors, 131L), (model.Format, model.ParameterCount));
        Assert.Empty(model.Inputs);
        Assert.Empty(model.Outputs);
        Assert.Equal(["0.bias 16", "0.weight 16×4", "2.bias 3", "2.weight 3×16"], model.Tensors.Select(tensor => $"{tensor.Name} {string.Join("×", tensor.Shape)}").Order(StringComparer.Ordinal));
        const string Message = "it is a file of safetensors, which has tensors and no graph: what is computed of them is for the class to declare. "
            + "Its layers may be [Network(4)] [Dense(16, Activation.?)] [Dense(3)], with the activation of each in the place of the question mark";
        Assert.Equal([Message], model.Remarks);
        Assert.Equal("iris.safetensors: " + Message, Assert.Throws<InvalidDataException>(() => model.Declaration("Iris")).Message);
    }

    [Fact]
    public void A_list_is_proposed_of_what_can_be_one()
    {
        Assert.EndsWith(
            "with layers or a method Wire whose layers have the names of the file",
            Assert.Single(ModelFile.Open(Path.Combine(ModelFiles.Golden, "policy_sb3.safetensors")).Remarks),
            StringComparison.Ordinal);
    }

    [Fact]
    public void All_differences_are_said_and_nothing_is_written()
    {
        var network = new ListedPolicy();
        network.Initialize(1);
        var before = new float[ListedPolicy.ParameterCount];
        network.Parameters.CopyTo(before);
        Assert.Equal(
            "iris.safetensors: file has weights of 2 layers (0, 2), network has weights of 3 layers (layers.0, layers.1, layers.2)",
            Assert.Throws<InvalidDataException>(() => ModelFile.Open(Path.Combine(ModelFiles.Golden, "iris.safetensors")).LoadInto(network)).Message);
        Assert.Equal(
            "the stream: layer 'layers.0': file has 2×4 in '0.weight', network has 64×4; layer 'layers.1': file has no '1.bias', network has 64; layer 'layers.2': file has 1 in '2.bias', network has 2",
            Assert.Throws<InvalidDataException>(() => ModelFile.Open(Tensors("0.weight:2x4 0.bias:64 1.weight:64x64 2.weight:2x64 2.bias:1")).LoadInto(network)).Message);
        var after = new float[ListedPolicy.ParameterCount];
        network.Parameters.CopyTo(after);
        Assert.Equal(before, after);
    }

    [Fact]
    public void What_cannot_be_read_is_said()
    {
        Assert.StartsWith("the stream: the tensor 'net.weight' has NaN at index 0", Message(() => ModelFile.Open(Tensors("net.weight:3x4 net.bias:3", float.NaN)).LoadInto(new ThreeUnits())), StringComparison.Ordinal);
        Assert.StartsWith("truncated_data.safetensors: the tensor ", Message(() => ModelFile.Open(Path.Combine(ModelFiles.Golden, "invalid", "truncated_data.safetensors"))), StringComparison.Ordinal);
        Assert.Equal("iris.safetensors: it is a file of safetensors, which has no outputs to choose", Message(() => ModelFile.Open(Path.Combine(ModelFiles.Golden, "iris.safetensors"), ["a"])));
    }

    private static string Message(Action action) => Assert.Throws<InvalidDataException>(action).Message;

    private static TensorLayer[] Layers(string text) =>
        [.. TensorLayer.Of(text.Split(' ').Select(tensor => tensor.Split(':')).Select(tensor => (tensor[0], (IReadOnlyList<long>)[.. tensor[1].Split('x').Select(long.Parse)])))];

    /// <summary>A file with tensors of one number.</summary>
    private static MemoryStream Tensors(string text, float value = 1)
    {
        int begin = 0;
        string Entry(string tensor)
        {
            string[] parts = tensor.Split(':');
            int end = begin + parts[1].Split('x').Aggregate(sizeof(float), (product, size) => product * int.Parse(size));
            string entry = $"\"{parts[0]}\":{{\"dtype\":\"F32\",\"shape\":[{parts[1].Replace('x', ',')}],\"data_offsets\":[{begin},{end}]}}";
            begin = end;
            return entry;
        }

        byte[] header = Encoding.UTF8.GetBytes("{" + string.Join(",", text.Split(' ').Select(Entry)) + "}");
        byte[] data = [.. Enumerable.Repeat(BitConverter.GetBytes(value), begin / sizeof(float)).SelectMany(bytes => bytes)];
        return new MemoryStream([.. BitConverter.GetBytes((long)header.Length), .. header, .. data]);
    }
}
