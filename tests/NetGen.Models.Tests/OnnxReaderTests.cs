using System.IO;
using System.Linq;
using System.Text;
using NetGen.Models.Onnx;
using Xunit;

namespace NetGen.Models.Tests;

/// <summary>What a file says, in each of the ways in which it may say it.</summary>
public sealed class OnnxReaderTests
{
    [Fact]
    public void A_model_is_read()
    {
        var builder = new OnnxBuilder(opset: null, irVersion: 7);
        builder.Model.Text(2, "pytorch").Text(3, "2.9").Message(14, new ProtobufWriter().Text(1, "version").Text(2, "3"));
        builder.Graph.Text(2, "main").Message(13, OnnxBuilder.Value("hidden", OnnxType.Float)).Integer(99, 1);
        OnnxModel model = builder.Opset("ai.onnx", 13).Opset("ai.onnx.ml", 2)
            .Input("x", "batch", null, -1, 0, 4)
            .Input("w", 2)
            .Constant("w", [2], 1f, 2f)
            .Node(OnnxBuilder.NodeOf("Gemm", ["x", "", "w"], ["y", ""], ("transB", 1)).Text(3, "fc1").Text(7, "ai.onnx").Text(6, "for people"))
            .Output("y")
            .Read();

        Assert.Equal((7, "pytorch 2.9", "main"), (model.IrVersion, model.Producer, model.Graph.Name));
        Assert.Equal([("", 13L), ("ai.onnx.ml", 2L)], model.Opsets.Select(opset => (opset.Key, opset.Value)));
        Assert.Equal([("version", "3")], model.Metadata.Select(entry => (entry.Key, entry.Value)));
        Assert.Equal(["x", "w"], model.Graph.Inputs.Select(input => input.Name));
        OnnxValue input = Assert.Single(model.Graph.TrueInputs);
        Assert.Equal(OnnxType.Float, input.Type);
        Assert.Equal([new(null, "batch"), new(null, ""), new(null, ""), new(0, ""), new(4, "")], input.Shape!);
        Assert.Equal([], Assert.Single(model.Graph.Outputs).Shape!);
        OnnxNode node = Assert.Single(model.Graph.Nodes);
        Assert.Equal(("fc1", "Gemm", "", 0), (node.Name, node.Operator, node.Domain, node.Index));
        Assert.Equal(["x", "", "w"], node.Inputs);
        Assert.Equal(["y", ""], node.Outputs);
        Assert.Equal("node 'fc1' (Gemm)", node.ToString());
    }

    [Fact]
    public void A_value_may_have_no_shape_and_be_no_tensor()
    {
        var builder = new OnnxBuilder();
        builder.Graph.Message(11, new ProtobufWriter().Text(1, "nothing"));
        builder.Graph.Message(11, new ProtobufWriter().Text(1, "type").Message(2, new ProtobufWriter().Message(1, new ProtobufWriter().Integer(1, 7))));
        builder.Graph.Message(11, new ProtobufWriter().Text(1, "sequence").Message(2, new ProtobufWriter().Text(4, "")));

        Assert.Equal(
            [("nothing", OnnxType.Undefined, null), ("type", OnnxType.Int64, null), ("sequence", OnnxType.Undefined, null)],
            builder.Read().Graph.Inputs.Select(input => (input.Name, input.Type, input.Shape)));
    }

    [Fact]
    public void Attributes_are_read_with_their_type_and_without()
    {
        var attributes = new OnnxBuilder().Node(
            "Any",
            [],
            [],
            ("float", 0.5f),
            ("integer", -3),
            ("text", "GRÜN"),
            ("tensor", OnnxBuilder.Tensor("", [2], 1f, 2f)),
            ("floats", new[] { 1f, -2f }),
            ("integers", new[] { 1L, -1 }),
            ("texts", new[] { "a", "" })).Read().Graph.Nodes[0].Attributes;
        var untyped = new OnnxBuilder().Node(With(
            Attribute("float").Float(2, 0.5f),
            Attribute("integer").Integer(3, -3),
            Attribute("text").Text(4, "GRÜN"),
            Attribute("tensor").Message(5, OnnxBuilder.Tensor("", [2], 1f, 2f)),
            Attribute("floats").Float(7, 1f).Packed(7, -2f),
            Attribute("integers").Packed(8, 1L).Packed(8, System.Array.Empty<long>()).Integer(8, -1),
            Attribute("texts").Text(9, "a").Text(9, ""))).Read().Graph.Nodes[0].Attributes;

        foreach (var each in new[] { attributes, untyped })
        {
            Assert.Equal((0.5f, -3L, "GRÜN"), (each["float"].Float, each["integer"].Integer, each["text"].Text));
            Assert.Equal([1.0, 2.0], each["tensor"].Tensor!.ToDoubles());
            Assert.Equal([1f, -2f], each["floats"].Floats!);
            Assert.Equal([1L, -1L], each["integers"].Integers!);
            Assert.Equal(["a", ""], each["texts"].Texts!);
            Assert.Null(each["float"].Integer);
            Assert.Null(each["integer"].Float);
        }
    }

    [Fact]
    public void A_zero_that_a_writer_leaves_out_is_there()
    {
        var attributes = new OnnxBuilder().Node(With(
            Attribute("float").Integer(20, 1),
            Attribute("integer").Integer(20, 2),
            Attribute("text").Integer(20, 3),
            Attribute("floats").Integer(20, 6),
            Attribute("integers").Integer(20, 7),
            Attribute("texts").Integer(20, 8),
            Attribute("any"))).Read().Graph.Nodes[0].Attributes;

        Assert.Equal((0f, 0L, ""), (attributes["float"].Float, attributes["integer"].Integer, attributes["text"].Text));
        Assert.Equal((0, 0, 0), (attributes["floats"].Floats!.Count, attributes["integers"].Integers!.Count, attributes["texts"].Texts!.Count));
        Assert.Null(attributes["integer"].Float);
        Assert.Equal((0f, 0L, ""), (attributes["any"].Float, attributes["any"].Integer, attributes["any"].Text));
    }

    [Fact]
    public void What_only_other_operators_have_is_named_and_not_read()
    {
        var attributes = new OnnxBuilder().Node(With(
            Attribute("body").Text(6, "not a graph").Integer(20, 5),
            Attribute("bodies").Text(11, ""),
            Attribute("sparse").Text(22, ""),
            Attribute("tensors").Text(10, "").Integer(20, 9),
            Attribute("type").Integer(20, 13))).Read().Graph.Nodes[0].Attributes;

        Assert.Equal(["bodies", "body"], attributes.Values.Where(attribute => attribute.IsGraph).Select(attribute => attribute.Name).Order());
        Assert.Equal(["sparse", "tensors", "type"], attributes.Values.Where(attribute => attribute.IsOther).Select(attribute => attribute.Name).Order());
    }

    /// <summary>Files of other formats under the name of a model; the list of all is that of checkpoints, which know them by the same code.</summary>
    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:", "it is the pointer that Git LFS keeps in place of a large file: fetch the file itself with git lfs pull")]
    [InlineData("PK\u0003\u0004\0\0archive/data.pkl", "it is a file of PyTorch's: export it, in Python, where the model is loaded: torch.onnx.export(model, (example_input,), \"x.onnx\")")]
    [InlineData("\u0089HDF\r\n\u001a\n\0", "it is an HDF5 file, as Keras saves them: export the model, in Python, where the model is loaded: model.export(\"x.onnx\", format=\"onnx\")")]
    [InlineData("\u0008\u0002\0\0\0\0\0\0{\"w\":{\"dtype\":", "it is a file of safetensors: it has weights alone; export the model that they are of")]
    [InlineData("{\"layers\": []}", "it is a text in JSON: export the model as ONNX")]
    [InlineData("1.5,2.5\n", "it is a text, such as a table of numbers (CSV): give the path of the model")]
    public void A_file_of_another_format_is_named_with_what_to_do(string start, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => OnnxReader.Read(Encoding.Latin1.GetBytes(start), external: null)).Message);

    private static ProtobufWriter Attribute(string name) => new ProtobufWriter().Text(1, name);

    private static ProtobufWriter With(params ProtobufWriter[] attributes) =>
        attributes.Aggregate(OnnxBuilder.NodeOf("Any", [], []), (node, attribute) => node.Message(5, attribute));
}
