using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using NetGen.Models.Onnx;
using Xunit;

namespace NetGen.Models.Tests;

/// <summary>Files of others: what is read is what their index says, which another program made.</summary>
public sealed class OtherFileTests
{
    private const string NoOpset = "it does not say which version of ONNX's operators it has: opset_import has ai.onnx.ml";

    public static TheoryData<string> Files => [.. ModelIndex.Names(ModelFiles.Others)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_has_what_its_index_says(string file) =>
        Compare(ModelFiles.Others, ModelIndex.Read(ModelFiles.Others).Single(entry => entry.GetProperty("file").GetString() == file));

    [WildFact]
    public void Files_that_are_not_in_the_repository_have_what_their_index_says()
    {
        JsonElement[] entries = ModelIndex.Read(ModelFiles.Wild!);
        string[] refused = [.. entries.Where(entry => entry.GetProperty("opset").TryGetProperty("ai.onnx", out _) is false).Select(entry => entry.GetProperty("file").GetString()!)];

        Assert.All(
            entries.Where(entry => !refused.Contains(entry.GetProperty("file").GetString())),
            entry => Compare(ModelFiles.Wild!, entry));
        Assert.All(
            refused,
            file => Assert.Equal(NoOpset, Assert.Throws<InvalidDataException>(() => OnnxReader.Read(File.ReadAllBytes(Path.Combine(ModelFiles.Wild!, file)), external: null)).Message));
    }

    [Fact]
    public void Weights_in_another_file_are_read()
    {
        string path = Path.Combine(ModelFiles.Others, "burn-onnx", "external_data.onnx");
        byte[] data = File.ReadAllBytes(Path.ChangeExtension(path, "bin"));
        OnnxModel model = OnnxReader.Read(ModelFolder.ReadModel(path, 1 << 20), new ModelFolder(Path.GetDirectoryName(path)!, 1 << 20));

        double[] numbers = [.. model.Graph.Initializers["weight"].ToDoubles(), .. model.Graph.Initializers["bias"].ToDoubles()];

        Assert.Equal(Enumerable.Range(0, 20).Select(index => (double)BitConverter.ToSingle(data, index * sizeof(float))), numbers);
    }

    private static void Compare(string folder, JsonElement entry)
    {
        string path = Path.Combine(folder, entry.GetProperty("file").GetString()!);
        OnnxModel model = OnnxReader.Read(File.ReadAllBytes(path), new ModelFolder(Path.GetDirectoryName(path)!, 1 << 20));

        Assert.Equal(entry.GetProperty("ir_version").GetInt64(), model.IrVersion);
        Assert.Equal(entry.GetProperty("producer").GetString(), model.Producer);
        Assert.Equal(entry.GetProperty("nodes").GetInt32(), model.Graph.Nodes.Count);
        Assert.Equal(
            entry.GetProperty("opset").EnumerateObject().ToDictionary(opset => opset.Name == "ai.onnx" ? "" : opset.Name, opset => opset.Value.GetInt64()),
            model.Opsets);
        Assert.Equal(Values(entry.GetProperty("inputs")), model.Graph.TrueInputs.Select(Text));
        Assert.Equal(Values(entry.GetProperty("outputs")), model.Graph.Outputs.Select(Text));
        foreach (OnnxTensor tensor in model.Graph.Initializers.Values.Concat(Tensors(model)).Where(tensor => tensor.Type is not OnnxType.String))
        {
            Assert.Equal(tensor.Count, tensor.ToDoubles().Length);
        }
    }

    private static IEnumerable<OnnxTensor> Tensors(OnnxModel model) =>
        model.Graph.Nodes.SelectMany(node => node.Attributes.Values).Select(attribute => attribute.Tensor).OfType<OnnxTensor>();

    /// <summary>Inputs or outputs with their shapes; a dimension that is free and has no name is a question mark.</summary>
    private static string[] Values(JsonElement values) =>
    [
        .. values.EnumerateArray().Select(value => Text(
            value.GetProperty("name").GetString()!,
            value.GetProperty("shape") is { ValueKind: JsonValueKind.Array } shape ? shape.EnumerateArray().Select(size => size.ToString()) : [])),
    ];

    private static string Text(OnnxValue value) => Text(
        value.Name,
        (value.Shape ?? []).Select(dimension => dimension.Size?.ToString(CultureInfo.InvariantCulture) ?? dimension.Name));

    private static string Text(string name, IEnumerable<string> shape) => $"{name} [{string.Join(", ", shape.Select(size => size is "" or "-1" ? "?" : size))}]";
}
