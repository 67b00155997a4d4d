using System;
using System.IO;
using System.Linq;
using Xunit;

namespace NetGen.Models.Tests;

/// <summary>Model files at run time: what is in them, and their parameters in networks.</summary>
public sealed class ModelFileTests
{
    private static readonly string Policy = Path.Combine(ModelFiles.Golden, "policy_4_64_64_2.onnx");

    private static readonly string ActorCritic = Path.Combine(ModelFiles.Golden, "policy_actor_critic.onnx");

    [Fact]
    public void Says_what_is_in_a_file()
    {
        ModelFile model = ModelFile.Open(ActorCritic);
        Assert.Equal(ModelFormat.Onnx, model.Format);
        Assert.StartsWith("pytorch", model.Producer, StringComparison.Ordinal);
        Assert.Equal(["observation 4"], model.Inputs.Select(input => $"{input.Name} {input.Size}"));
        Assert.Equal(["action 2 False", "value 1 False"], model.Outputs.Select(output => $"{output.Name} {output.Size} {output.IsInteger}"));
        Assert.Equal(9155, model.ParameterCount);
        Assert.Equal(9155, model.Tensors.Sum(tensor => tensor.Shape.Aggregate((product, size) => product * size)));
        Assert.Contains("mlp_extractor.policy_net.2.weight 64×64", model.Tensors.Select(tensor => $"{tensor.Name} {string.Join("×", tensor.Shape)}"));
        Assert.Empty(model.Remarks);
        Assert.Equal(["value"], ModelFile.Open(ActorCritic, ["value"]).Outputs.Select(output => output.Name));
    }

    /// <summary>A list of layers has one order, whatever their names.</summary>
    [Fact]
    public void Loads_by_order()
    {
        var network = new ListedPolicy();
        using FileStream stream = File.OpenRead(Policy);
        ModelFile.Open(stream).LoadInto(network);
        var output = new float[2];
        Check(ModelCase.Of(ModelFiles.Golden, "policy_4_64_64_2.onnx"), input =>
        {
            network.Forward(input.Select(value => (float)value).ToArray(), output);
            return [output[0], output[1]];
        });
    }

    /// <summary>In double precision, and with the layers in another order than the file has them.</summary>
    [Fact]
    public void Loads_by_names()
    {
        var network = new NamedActorCritic();
        ModelFile.Open(ActorCritic).LoadInto(network);
        var output = new double[3];
        Check(ModelCase.Of(ModelFiles.Golden, "policy_actor_critic.onnx"), input =>
        {
            network.Forward(input, output);
            return output[1..];
        });
    }

    [Fact]
    public void Layers_that_could_be_either_are_not_loaded()
    {
        var network = new UnnamedActorCritic();
        Assert.Equal(
            "policy_actor_critic.onnx: the layers of the network have other names than those of the file, and their order is not certain: 2 layers (mlp_extractor.policy_net.0, mlp_extractor.value_net.0) of the file have the same shapes, "
            + "and none is computed from another. Give the layers the names of the file, as its Declaration has them",
            Assert.Throws<InvalidDataException>(() => ModelFile.Open(ActorCritic).LoadInto(network)).Message);
    }

    [Fact]
    public void Layers_that_their_shapes_tell_apart_are_loaded()
    {
        byte[] file = new OnnxBuilder()
            .Input("x", "batch", 2).Output("a", "batch", 2).Output("b", "batch", 1)
            .Constant("t", [3, 2], 1f, 2, 3, 4, 5, 6).Constant("tb", [3], 7f, 8, 9)
            .Constant("aw", [2, 3], 10f, 11, 12, 13, 14, 15).Constant("ab", [2], 16f, 17)
            .Constant("bw", [1, 3], 18f, 19, 20).Constant("bb", [1], 21f)
            .Node("Gemm", ["x", "t", "tb"], ["z"], ("transB", 1)).Node("Relu", ["z"], ["h"])
            .Node("Gemm", ["h", "aw", "ab"], ["a"], ("transB", 1)).Node("Gemm", ["h", "bw", "bb"], ["b"], ("transB", 1))
            .ToBytes();
        var network = new TwoHeads();
        ModelFile.Open(new MemoryStream(file)).LoadInto(network);
        var values = new float[21];
        network.Parameters.CopyTo(values);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 18, 19, 20, 21, 10, 11, 12, 13, 14, 15, 16, 17], values);
    }

    /// <summary>As masks of ML-Agents are used: (1 − m) · 10⁸ is taken from the logits. Factors, and what is subtracted from, stay constants where they differ.</summary>
    [Theory]
    [InlineData(1f, 1e8f, "private static double F1(double z) => z * -100000000 + 100000000;", false)]
    [InlineData(1f, 1e7f, "w.Parameter(", true)]
    [InlineData(2f, 1e8f, "w.Parameter(", true)]
    public void What_is_the_same_for_all_values_is_a_formula(float first, float last, string expected, bool hasConstants)
    {
        byte[] file = new OnnxBuilder()
            .Input("logits", "batch", 3).Input("mask", "batch", 3).Output("y", "batch", 3)
            .Constant("one", [3], first, 1f, 1f).Constant("big", [3], 1e8f, 1e8f, last)
            .Node("Sub", ["one", "mask"], ["rest"]).Node("Mul", ["rest", "big"], ["much"]).Node("Sub", ["logits", "much"], ["y"])
            .ToBytes();
        ModelFile model = ModelFile.Open(new MemoryStream(file));
        Assert.Contains(expected, model.Declaration("Masked"), StringComparison.Ordinal);
        Assert.Equal(hasConstants, model.Tensors.Count > 0);
    }

    [Theory]
    [InlineData(1f, "private static double F1(double z) => z * 2 + 1;")]
    [InlineData(5f, "w.Parameter(")]
    public void Terms_stay_constants_where_they_differ(float last, string expected)
    {
        byte[] file = new OnnxBuilder()
            .Input("x", "batch", 3).Output("y", "batch", 3)
            .Constant("two", [1], 2f).Constant("terms", [3], 1f, 1f, last)
            .Node("Mul", ["x", "two"], ["twice"]).Node("Add", ["twice", "terms"], ["y"])
            .ToBytes();
        Assert.Contains(expected, ModelFile.Open(new MemoryStream(file)).Declaration("Line"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "policy_4_64_64_2.onnx",
        "layer 'layers.0': file has 64×4, network has 64×5; layer 'layers.2': file has 2×64, network has 64; layer 'layers.2': file has 2, network has 64; the network has no 'layers.1.bias'")]
    [InlineData(
        "policy_matmul_add.onnx",
        "layer 'W0': file has 64×4, network has 64×5; layer 'W1': file has a bias of 64, network has none ('layers.1'); layer 'W2': file has 2×64, network has 64; layer 'W2': file has 2, network has 64")]
    public void All_differences_are_said_and_nothing_is_written(string file, string expected)
    {
        var network = new OtherPolicy();
        network.Initialize(1);
        var before = new float[OtherPolicy.ParameterCount];
        network.Parameters.CopyTo(before);
        string path = Path.Combine(ModelFiles.Golden, file);
        Assert.Equal($"{file}: {expected}", Assert.Throws<InvalidDataException>(() => ModelFile.Open(path).LoadInto(network)).Message);
        var after = new float[OtherPolicy.ParameterCount];
        network.Parameters.CopyTo(after);
        Assert.Equal(before, after);
    }

    [Fact]
    public void What_cannot_be_read_is_said()
    {
        Assert.Throws<FileNotFoundException>(() => ModelFile.Open("nowhere.onnx"));
        Assert.StartsWith("truncated.onnx: ", Assert.Throws<InvalidDataException>(() => ModelFile.Open(Path.Combine(ModelFiles.Golden, "invalid", "truncated.onnx"))).Message, StringComparison.Ordinal);
        Assert.StartsWith("the stream: it is empty", Assert.Throws<InvalidDataException>(() => ModelFile.Open(Stream.Null)).Message, StringComparison.Ordinal);
        Assert.Contains("it has no output 'x'", Assert.Throws<InvalidDataException>(() => ModelFile.Open(Policy, ["x"])).Message, StringComparison.Ordinal);
    }

    private static void Check(ModelCase model, Func<double[], double[]> compute)
    {
        double error = model.Error(model.Import().Graph, (_, inputs) => compute(inputs.Values.Single()));
        Assert.InRange(error, 0, ModelCase.Tolerance);
    }
}
