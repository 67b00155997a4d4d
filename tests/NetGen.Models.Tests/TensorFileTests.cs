using System;
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
        { "layers.1.weight:1x2 layers.0.weight:1x2", "layers.0.weight:1x2 layers.1.weight:1x2", "layers.0.weight layers.1.weight" },
        { "a.weight:3x2", "a.weight:3x2 b.weight:3x3 b.bias:3", "1: no 'b.weight' | 3×3; 1: no 'b.bias' | 3" },
        { "layers.0.weight:3x2 layers.1.weight:1x3", "layers.0.weight:3x2", "-1: a layer 'layers.1' | none of that name" },

        // By the numbers in their names, of layers that read one another.
        { "net.10.weight:1x3 net.2.weight:3x3 net.0.weight:3x2", "layers.0.weight:3x2 layers.1.weight:3x3 layers.2.weight:1x3", "net.0.weight net.2.weight net.10.weight" },
        { "layers.0.weight:3x2 layers.2.weight:1x3", "layers.0.weight:3x2 layers.1.weight:1x3", "layers.0.weight layers.2.weight" },
        { "net.0.weight:3x2 net.2.weight:1x4", "layers.0.weight:5x2 layers.1.weight:1x5", "0: 3×2 in 'net.0.weight' | 5×2; 1: 1×4 in 'net.2.weight' | 1×5" },
        { "net.0.weight:3x2 net.0.bias:3", "layers.0.weight:3x2", "0: 3 in 'net.0.bias' | a layer without bias" },
        { "net.0.weight:3x2 net.2.weight:1x3", "layers.0.weight:3x2", "-1: weights of 2 layers (net.0, net.2) | weights of 1 layer (layers.0) | if it holds more than the network, give the layers of the network the names of the file" },
        { "net.0.weight:3x2 net.0.running_mean:3", "layers.0.weight:3x2", "0: 3 in 'net.0.running_mean' | a layer without running_mean" },
        { "weight:3x2 steps:1", "layers.0.weight:3x2", "0: 1 in 'steps' | a layer without steps" },
        { "net.0.weight:3x2 extra.a.weight:1 optimizer.net.0.weight.exp_avg:3x2", "layers.0.weight:3x2", "net.0.weight" },

        // By their shapes, where no number puts them in order.
        { "trunk.weight:3x2 head.weight:1x3", "layers.0.weight:3x2 layers.1.weight:1x3", "trunk.weight head.weight" },
        { "fc1.weight:3x3 fc2.weight:3x3 out.weight:1x3", "layers.0.weight:3x3 layers.1.weight:3x3 layers.2.weight:1x3", "fc1.weight fc2.weight out.weight" },
        { "trunk.weight:3x2 head.weight:1x3", "layers.0.weight:3x2 layers.1.weight:2x3", "1: no layer with weight of 2×3 | one" },
        { "a.weight:3x2 c.weight:3x2", "layers.0.weight:2x2 layers.1.weight:2x2", "0: no layer with weight of 2×2 | one; 1: no layer with weight of 2×2 | one" },
        { "a.1.weight:2x2 a.0.weight:3x2 b.weight:2x3", "layers.0.weight:2x2 layers.1.weight:3x2 layers.2.weight:2x3", "-1: no order of its layers (a.1, a.0, b) that the numbers in their names allow and the shapes fit | layers.0, layers.1, layers.2" },
        { "pi.weight:2x2 v.weight:2x2", "layers.0.weight:2x2 layers.1.weight:2x2", Open("pi.weight, v.weight", "layers.0, layers.1", "layers.0.weight, layers.1.weight", "pi, v") },

        // Numbers say nothing of layers that do not read one another: two heads, and two of three; names and shapes do.
        { "net.0.weight:1x2 net.1.weight:1x2", "layers.0.weight:1x2 layers.1.weight:1x2", Open("net.0.weight, net.1.weight", "layers.0, layers.1", "layers.0.weight, layers.1.weight", "net.0, net.1") },
        { "net.0.weight:3x2 net.1.weight:1x3 net.2.weight:1x3", "layers.0.weight:3x2 A.weight:1x3 B.weight:1x3", Open("net.1.weight, net.2.weight", "A, B", "A.weight, B.weight", "net.1, net.2") },
        { "net.0.weight:3x2 B.weight:1x3 A.weight:1x3", "layers.0.weight:3x2 A.weight:1x3 B.weight:1x3", "net.0.weight A.weight B.weight" },
        { "net.0.weight:1x3 net.1.weight:3x2 net.2.weight:2x3", "layers.0.weight:3x2 A.weight:1x3 B.weight:2x3", "net.1.weight net.0.weight net.2.weight" },
        { "net.0.weight:4x4 net.2.weight:4x4", "layers.0.weight:4x4 layers.1.weight:4x4 sum:4", Open("net.0.weight, net.2.weight", "layers.0, layers.1", "layers.0.weight, layers.1.weight", "net.0, net.2") },

        // Keras' and Flax' names: names alone say that a matrix is transposed.
        { "dense/kernel:0:2x3 dense/bias:0:3 dense_1/kernel:0:3x1", "layers.0.weight:3x2 layers.0.bias:3 layers.1.weight:1x3", "dense/kernel:0ᵀ dense/bias:0 dense_1/kernel:0ᵀ" },
        { "Dense_0.kernel:2x2 Dense_1.kernel:2x2", "layers.0.weight:2x2 layers.1.weight:2x2", "Dense_0.kernelᵀ Dense_1.kernelᵀ" },
        { "layers/dense/vars/0:2x2 layers/dense/vars/1:2 layers/norm/vars/0:2 layers/norm/vars/1:2 optimizer/vars/0:1", "dense.weight:2x2 dense.bias:2 norm.weight:2 norm.bias:2", "layers/dense/vars/0ᵀ layers/dense/vars/1 layers/norm/vars/0 layers/norm/vars/1" },
        { "d/kernel:2x2 n/gamma:2 n/beta:2", "layers.0.weight:2x2 layers.1.weight:2 layers.1.bias:2", "d/kernelᵀ n/gamma n/beta" },
        { "Dense_0/kernel:2x2 LayerNorm_0/scale:2 LayerNorm_0/bias:2", "layers.0.weight:2x2 layers.1.weight:2 layers.1.bias:2", "Dense_0/kernelᵀ LayerNorm_0/scale LayerNorm_0/bias" },
        { "d/kernel:2x3 d/bias:2", "layers.0.weight:2x2 layers.0.bias:2", "0: 2×3 in 'd/kernel' | 2×2" },
        { "d/kernel:3x2", "layers.0.weight:5x3 layers.0.bias:5", "0: 3×2 in 'd/kernel' | 3×5; 0: no 'd/bias' | 5" },
        { "d.kernel:2x2 d.weight:2x2", "layers.0.weight:2x2", "0: 2×2 in 'd.weight' | a layer with one weight" },

        // Layers without weights go by their names; PyTorch has a parameter by itself under no more than one.
        { "net.0.weight:2x2 log_std:2", "layers.0.weight:2x2 log_std.value:2", "net.0.weight log_std" },
        { "weight:2x2 log_std:2", "layers.0.weight:2x2 log_std.value:2", "weight log_std" },
        { "net.0.weight:2x2 std:2", "layers.0.weight:2x2 log_std.value:2", "1: no 'log_std.value' | 2" },
        { "net.0.mean:2 net.0.variance:2 net.1.weight:2x2", "layers.0.mean:2 layers.0.variance:2 layers.1.weight:2x2", "0: no 'layers.0.mean' | 2; 0: no 'layers.0.variance' | 2" },
        { "layers.0.mean:2 layers.0.variance:2 net.1.weight:2x2", "layers.0.mean:2 layers.0.variance:2 layers.1.weight:2x2", "layers.0.mean layers.0.variance net.1.weight" },
    };

    /// <param name="file">The tensors of a file: their names and sizes.</param>
    /// <param name="network">Those of a network; what is called sum is a layer without parameters.</param>
    /// <param name="expected">The names of the tensors in the order of the network, or the differences.</param>
    [Theory]
    [MemberData(nameof(Matches))]
    public void Tensors_are_found_where_that_is_certain(string file, string network, string expected)
    {
        TensorMatch match = TensorMatch.Of(Header(file), Network(network));
        Assert.Equal(expected, match.Differences.Count > 0
            ? string.Join("; ", match.Differences.Select(difference => $"{difference.Layer}: {difference.InFile} | {difference.InNetwork}{(difference.Remedy is null ? "" : " | " + difference.Remedy)}"))
            : string.Join(" ", match.Blocks.Select(block => block.Tensor + (block.IsTransposed ? "ᵀ" : ""))));
    }

    /// <summary>Names that somebody gives hold for each layer, for two as well, and leave all else in the file alone.</summary>
    [Theory]
    [InlineData("a b", "a.weight b/kernelᵀ")]
    [InlineData("a a", "a.weight a.weight")]
    [InlineData("extra.c extra.c", "extra.c.weight extra.c.weight")]
    [InlineData("a x", "1: no layer 'x' among a, b, extra.c | one")]
    public void Given_names_are_asked_for(string names, string expected)
    {
        TensorMatch match = TensorMatch.Of(Header("a.weight:2x2 b/kernel:2x2 extra.c.weight:2x2"), Network("layers.0.weight:2x2 layers.1.weight:2x2"), names.Split(' '));
        Assert.Equal(expected, match.Differences.Count > 0
            ? string.Join("; ", match.Differences.Select(difference => $"{difference.Layer}: {difference.InFile} | {difference.InNetwork}"))
            : string.Join(" ", match.Blocks.Select(block => block.Tensor + (block.IsTransposed ? "ᵀ" : ""))));
    }

    /// <summary>The same in a class, at run time and when it is compiled: a layer and its shortcut, of one shape.</summary>
    [Fact]
    public void Branches_of_one_shape_are_not_guessed()
    {
        const string File = "0.weight:3x3 0.bias:3 2.weight:3x3 2.bias:3";
        Assert.Equal(
            "the stream: file has 2 layers of the same shapes (0.weight, 2.weight) and no name that says which is which, network has 2 layers that could be any of them (layers.0, layers.1); "
            + "rename the tensors to those of the network (layers.0.weight, layers.1.weight), or give its layers the names of the file (0, 2)",
            Message(() => ModelFile.Open(Tensors(File)).LoadInto(new Shortcut())));
        ModelFile.Open(Tensors(File.Replace("0.", "layers.0.").Replace("2.", "layers.1."))).LoadInto(new Shortcut());
        ModelFile.Open(Tensors(File)).LoadInto(new Line());
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

    /// <summary>The same weights in Keras' layout, the last layer first.</summary>
    [Fact]
    public void Loads_what_is_transposed()
    {
        float[] Values(string name)
        {
            var network = new ListedIris();
            ModelFile.Open(Path.Combine(ModelFiles.Golden, name)).LoadInto(network);
            var values = new float[ListedIris.ParameterCount];
            network.Parameters.CopyTo(values);
            return values;
        }

        Assert.Equal(Values("iris.safetensors"), Values("iris_keras_layout.safetensors"));
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
            "is for the class to declare (of 2 layers of the same shapes (mlp_extractor.policy_net.0.weight, mlp_extractor.value_net.0.weight) and of 2 layers of the same shapes "
            + "(mlp_extractor.policy_net.2.weight, mlp_extractor.value_net.2.weight) only names say which is which), with layers or a method Wire whose layers have the names of the file",
            Assert.Single(ModelFile.Open(Path.Combine(ModelFiles.Golden, "policy_sb3.safetensors")).Remarks),
            StringComparison.Ordinal);
        Assert.Contains("Its layers may be [Network(2)] [Dense(3, Activation.?)] [Dense(1, UseBias = false)]", Assert.Single(ModelFile.Open(Tensors("d/kernel:2x3 d/bias:3 d_1/kernel:3x1")).Remarks), StringComparison.Ordinal);
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
        Assert.StartsWith("the stream: the tensor 'net.weight' has -Infinity at index 0", Message(() => ModelFile.Open(Tensors("net.weight:3x4 net.bias:3", float.NegativeInfinity)).LoadInto(new ThreeUnits())), StringComparison.Ordinal);
        Assert.StartsWith("truncated_data.safetensors: the tensor ", Message(() => ModelFile.Open(Path.Combine(ModelFiles.Golden, "invalid", "truncated_data.safetensors"))), StringComparison.Ordinal);
        Assert.Equal("iris.safetensors: it is a file of safetensors, which has no outputs to choose", Message(() => ModelFile.Open(Path.Combine(ModelFiles.Golden, "iris.safetensors"), ["a"])));
    }

    [Fact]
    public void Numbers_that_single_precision_lacks_are_not_loaded() =>
        Assert.Equal("the stream: a parameter of the file is too large for a network of single precision", Message(() => ModelFile.Open(Doubles(1e300)).LoadInto(new ThreeUnits())));

    /// <summary>What has nothing of the format but its name.</summary>
    [Fact]
    public void A_damaged_file_is_known_by_its_name()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["cut.safetensors"], [1, 2, 3]);
        Assert.Equal("cut.safetensors: it has 3 bytes, expected at least 8 for the length of the header", Message(() => ModelFile.Open(folder["cut.safetensors"])));
    }

    /// <summary>Four values to three units in double precision.</summary>
    private static MemoryStream Doubles(double value)
    {
        byte[] header = Encoding.UTF8.GetBytes("""{"a.weight":{"dtype":"F64","shape":[3,4],"data_offsets":[0,96]},"a.bias":{"dtype":"F64","shape":[3],"data_offsets":[96,120]}}""");
        return new MemoryStream([.. BitConverter.GetBytes((long)header.Length), .. header, .. Enumerable.Repeat(BitConverter.GetBytes(value), 15).SelectMany(bytes => bytes)]);
    }

    private static string Message(Action action) => Assert.Throws<InvalidDataException>(action).Message;

    private static string Open(string tensors, string layers, string names, string inFile)
    {
        int count = layers.Split(", ").Length;
        return $"-1: {count} layers of the same shapes ({tensors}) and no name that says which is which | {count} layers that could be any of them ({layers}) | "
            + $"rename the tensors to those of the network ({names}), or give its layers the names of the file ({inFile})";
    }

    /// <summary>Layers that each read the one before if their sizes follow each other.</summary>
    private static TensorNetwork Network(string text)
    {
        (TensorLayer Layer, int Inputs, int Units)[] layers = [.. text.Split(' ').Select(Parts).GroupBy(tensor => tensor.Name[..Math.Max(0, tensor.Name.LastIndexOf('.'))]).Select(layer =>
        {
            long[] shape = layer.First().Shape;
            TensorBlock[] blocks = [.. layer.Where(tensor => tensor.Name.Contains('.')).Select(tensor => new TensorBlock(tensor.Name[(tensor.Name.LastIndexOf('.') + 1)..], tensor.Shape))];
            return (new TensorLayer(layer.Key, blocks), (int)shape[^1], (int)shape[0]);
        })];
        return TensorNetwork.Of(layers, layers[0].Inputs, layers[^1].Units);
    }

    private static SafetensorsHeader Header(string text)
    {
        byte[] file = Tensors(text).ToArray();
        return SafetensorsFile.Read(file).Header;
    }

    private static (string Name, long[] Shape) Parts(string tensor)
    {
        int end = tensor.LastIndexOf(':');
        return (tensor[..end], [.. tensor[(end + 1)..].Split('x').Select(long.Parse)]);
    }

    /// <summary>A file with tensors of one number.</summary>
    private static MemoryStream Tensors(string text, float value = 1)
    {
        long begin = 0;
        string Entry(string tensor)
        {
            (string name, long[] shape) = Parts(tensor);
            long end = begin + shape.Aggregate((long)sizeof(float), (product, size) => product * size);
            string entry = $"\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(",", shape)}],\"data_offsets\":[{begin},{end}]}}";
            begin = end;
            return entry;
        }

        byte[] header = Encoding.UTF8.GetBytes("{" + string.Join(",", text.Split(' ').Select(Entry)) + "}");
        byte[] data = [.. Enumerable.Repeat(BitConverter.GetBytes(value), (int)begin / sizeof(float)).SelectMany(bytes => bytes)];
        return new MemoryStream([.. BitConverter.GetBytes((long)header.Length), .. header, .. data]);
    }
}
