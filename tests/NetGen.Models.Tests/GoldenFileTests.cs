using System.IO;
using System.Linq;
using NetGen.Models.Onnx;
using Xunit;

namespace NetGen.Models.Tests;

/// <summary>The files that were made for tests of importers: what is no file is refused with one message, what is no network for other reasons can be read.</summary>
public sealed class GoldenFileTests
{
    public static TheoryData<string> Valid => [.. ModelIndex.Names(ModelFiles.Golden)];

    /// <summary>Files that are no model, with why not; null where they are one, and it is for the importer to say that it makes no network.</summary>
    public static TheoryData<string, string?> Invalid => new()
    {
        { "empty", "it is empty" },
        { "truncated", "it ends in the middle of a field, at byte 557" },
        { "no_graph", "it has no graph" },
        { "raw_data_short", "the tensor 'W0' has 252 bytes, its dimensions [16, 4] of Float need 256" },
        { "dims_huge", "the tensor 'W0' has the dimension 1099511627776, expected 0 to 2147483647" },
        { "dims_negative", "the tensor 'W0' has the dimension -1, expected 0 to 2147483647" },
        { "not_protobuf", "it is a web page: perhaps one about the file was downloaded, or an error or a log-in, and not the file itself" },
        { "external_data_missing", null },
        { "external_data_traversal", null },
        { "missing_initializer", null },
        { "shape_mismatch", null },
        { "unsupported_conv", null },
        { "residual", null },
        { "two_inputs", null },
        { "unsupported_activation", null },
        { "softmax_axis0", null },
        { "unsupported_prelu", null },
        { "nan_weight", null },
    };

    [Fact]
    public void All_files_are_here()
    {
        Assert.Equal(40, Valid.Count);
        Assert.Equal(ModelIndex.Names(ModelFiles.Golden, "invalid").Order(), Invalid.Select(row => $"invalid/{row[0]}.onnx").Order());
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_valid_file_is_read_with_all_its_numbers(string file)
    {
        OnnxGraph graph = OnnxReader.Read(File.ReadAllBytes(Path.Combine(ModelFiles.Golden, file)), external: null).Graph;

        Assert.NotEmpty(graph.Nodes);
        Assert.Single(graph.TrueInputs);
        Assert.All(graph.Initializers.Values, tensor => Assert.All(tensor.ToDoubles(), number => Assert.True(double.IsFinite(number))));
        Assert.All(
            graph.Nodes.SelectMany(node => node.Inputs).Where(name => name.Length > 0),
            name => Assert.True(graph.Initializers.ContainsKey(name) || graph.Inputs.Any(input => input.Name == name) || graph.Nodes.Any(node => node.Outputs.Contains(name))));
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_invalid_file_is_refused_or_left_to_the_importer(string file, string? message)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(ModelFiles.Golden, "invalid", file + ".onnx"));
        if (message is null)
        {
            Assert.NotEmpty(OnnxReader.Read(bytes, external: null).Graph.Nodes);
        }
        else
        {
            Assert.Equal(message, Assert.Throws<InvalidDataException>(() => OnnxReader.Read(bytes, external: null)).Message);
        }
    }
}
