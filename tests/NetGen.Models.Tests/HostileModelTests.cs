using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Models.Onnx;
using Xunit;

namespace NetGen.Models.Tests;

/// <summary>Files that no exporter writes: each is refused with a message that says what is wrong and where.</summary>
public sealed class HostileModelTests
{
    private const int IrVersion = 1;
    private const int OpsetField = 8;
    private const int SparseInitializer = 15;
    private const int Functions = 25;

    private const string Huge = "nodes, names and attributes need more than 32 MB of memory; those of a network need far less";

    /// <summary>Files with the message for each.</summary>
    private static readonly Dictionary<string, (Func<byte[]> File, string Message)> Files = new()
    {
        // The bytes are no message of Protocol Buffers.
        ["length of 2^63"] = (() => [.. Net().ToBytes(), .. Field(2, 2).Varint(1UL << 63).ToBytes()], "it ends in the middle of a field, at byte 34"),
        ["varint of 11 bytes"] = (
            () => [.. Field(IrVersion, 0).Append([.. Enumerable.Repeat((byte)0x81, 10), 0]).ToBytes()],
            "the number at byte 1 has more than 64 bits"),
        ["varint of 65 bits"] = (
            () => [.. Field(IrVersion, 0).Append([.. Enumerable.Repeat((byte)0x80, 9), 2]).ToBytes()],
            "the number at byte 1 has more than 64 bits"),
        ["wire type 3"] = (() => [.. Net().ToBytes(), .. Field(2, 3).ToBytes()], "the field 2 of the model, at byte 23, has the wire type 3, which no field of ONNX has"),
        ["wire type 4"] = (() => [.. Net().ToBytes(), .. Field(2, 4).ToBytes()], "the field 2 of the model, at byte 23, has the wire type 4, which no field of ONNX has"),
        ["wire type 6"] = (() => [.. Net().ToBytes(), .. Field(2, 6).ToBytes()], "the field 2 of the model, at byte 23, has the wire type 6, which no field of ONNX has"),
        ["wire type 7"] = (() => [.. Net().ToBytes(), .. Field(2, 7).ToBytes()], "the field 2 of the model, at byte 23, has the wire type 7, which no field of ONNX has"),
        ["wire type of another field"] = (() => new ProtobufWriter().Text(IrVersion, "8").ToBytes(), "the field 1 of the model, at byte 0, has the wire type 2, expected 0"),
        ["field 0"] = (() => [.. Net().ToBytes(), .. Field(0, 0).Varint(0).ToBytes()], "the model has a field with the number 0 at byte 23"),
        ["field 2^29"] = (() => [.. Net().ToBytes(), .. Field(1 << 29, 0).Varint(0).ToBytes()], "the model has a field with the number 536870912 at byte 23"),
        ["cut in a varint"] = (() => Field(IrVersion, 0).Append(0x80).ToBytes(), "it ends in the middle of a field, at byte 2"),
        ["cut in a number of 32 bits"] = (() => Field(99, 5).Append(1, 2, 3).ToBytes(), "it ends in the middle of a field, at byte 5"),
        ["node longer than its graph"] = (
            () => [.. new OnnxBuilder().ToBytes()[..^2], .. Field(7, 2).Varint(2).Append(0x0A, 9).ToBytes(), .. new byte[20]],
            "the field 1 of the graph, at byte 10, has 9 bytes, but the graph ends at byte 12"),

        // Names.
        ["name that is not UTF-8"] = (
            () => Net().Node(new ProtobufWriter().Bytes(1, 0xC3, 0x28).Text(4, "Relu")).ToBytes(),
            "node 0: the field 1 of a node, at byte 25, is a text that is not UTF-8"),
        ["name with characters that control a terminal"] = (
            () => Net().Constant("w\u001b[31m\u202e\n", [2], 1f).ToBytes(),
            @"the tensor 'w\u001b[31m\u202e\u000a' has 4 bytes, its dimensions [2] of Float need 8"),
        ["long name"] = (
            () => Net().Constant(new string('w', 100_000), [2], 1f).ToBytes(),
            $"the tensor '{new string('w', 100)}…' has 4 bytes, its dimensions [2] of Float need 8"),
        ["two constants of one name"] = (() => Net().Constant("w", [1], 1f).Constant("w", [1], 2f).ToBytes(), "two constants (initializer) have the name 'w'"),
        ["constant without a name"] = (() => Net().Constant("", [1], 1f).ToBytes(), "a constant (initializer) has no name"),
        ["two inputs of one name"] = (() => Net().Input("x").ToBytes(), "two inputs of its graph have the name 'x'"),
        ["two outputs of one name"] = (() => Net().Output("y").Output("y").ToBytes(), "two outputs of its graph have the name 'y'"),
        ["output without a name"] = (() => Net().Output("").ToBytes(), "an input or an output of the graph has no name"),
        ["two nodes with one output"] = (
            () => Net().Node("Relu", ["x"], ["y"]).Node("Tanh", ["x"], ["y"]).ToBytes(),
            "node 1 (Tanh) computes 'y', which is also the name of a constant, an input or an output of another node"),
        ["node with one output twice"] = (
            () => Net().Node("Split", ["x"], ["y", "y"]).ToBytes(),
            "node 0 (Split) computes 'y', which is also the name of a constant, an input or an output of another node"),
        ["node that computes a constant"] = (
            () => Net().Constant("w", [1], 1f).Node("Relu", ["x"], ["w"]).ToBytes(),
            "node 0 (Relu) computes 'w', which is also the name of a constant, an input or an output of another node"),
        ["node that computes an input"] = (
            () => Net().Node("Relu", ["x"], ["x"]).ToBytes(),
            "node 0 (Relu) computes 'x', which is also the name of a constant, an input or an output of another node"),

        // Nodes and attributes.
        ["node without an operator"] = (() => Net().Node("", ["x"], ["y"]).ToBytes(), "node 0: it has no operator"),
        ["overload"] = (() => Net().Node(Node().Text(8, "fast")).ToBytes(), "node 0 (Elu): it has the overload 'fast', which only functions have"),
        ["attribute twice"] = (() => Net().Node("Elu", ["x"], ["y"], ("alpha", 1f), ("alpha", 2f)).ToBytes(), "node 0 (Elu): it has the attribute 'alpha' twice"),
        ["attribute of the wrong type"] = (
            () => WithAttribute(Attribute().Integer(3, 1).Integer(20, 1)),
            "node 0 (Elu): attribute 'alpha': it has the type 1, and its value in the field 3 instead of 2"),
        ["attribute of an unknown type"] = (() => WithAttribute(Attribute().Integer(20, 15)), "node 0 (Elu): attribute 'alpha': it has the unknown type 15"),
        ["attribute with two values"] = (
            () => WithAttribute(Attribute().Float(2, 1).Integer(3, 1)),
            "node 0 (Elu): attribute 'alpha': it has two values, in the fields 2 and 3"),
        ["attribute with two tensors"] = (
            () => WithAttribute(Attribute().Message(5, OnnxBuilder.Tensor("", [1], 1f)).Message(5, OnnxBuilder.Tensor("", [1], 1f))),
            "node 0 (Elu): attribute 'alpha': it has two tensors"),
        ["attribute of a tensor that is not there"] = (() => WithAttribute(Attribute().Integer(20, 4)), "node 0 (Elu): attribute 'alpha': it has no tensor"),
        ["attribute with a wrong tensor"] = (
            () => WithAttribute(Attribute().Message(5, OnnxBuilder.Tensor("", [2], 1f))),
            "node 0 (Elu): attribute 'alpha': the tensor has 4 bytes, its dimensions [2] of Float need 8"),
        ["attribute without a name"] = (() => WithAttribute(new ProtobufWriter().Float(2, 1)), "node 0 (Elu): attribute '': it has no name"),
        ["attribute that stands for a parameter"] = (
            () => WithAttribute(Attribute().Text(21, "slope").Integer(20, 1)),
            "node 0 (Elu): attribute 'alpha': it stands for the parameter 'slope' of a function, and the node is in none"),
        ["floats that are no multiple of 4 bytes"] = (
            () => WithAttribute(Attribute().Bytes(7, 1, 2, 3, 4, 5)),
            "node 0 (Elu): attribute 'alpha': the field 7 of an attribute, at byte 45, has 5 bytes, which is no multiple of 4"),

        // The model.
        ["no version of the format"] = (() => new OnnxBuilder(irVersion: null).Input("x").ToBytes(), "it is no model in ONNX: it does not say its ir_version"),
        ["two graphs"] = (() => [.. Net().ToBytes(), .. new ProtobufWriter().Text(7, "").ToBytes()], "it has two graphs"),
        ["no opset"] = (() => new OnnxBuilder(opset: null).Input("x").ToBytes(), "it does not say which version of ONNX's operators it has: opset_import has nothing"),
        ["opset of another domain alone"] = (
            () => new OnnxBuilder(opset: null).Opset("ai.onnx.ml", 2).ToBytes(),
            "it does not say which version of ONNX's operators it has: opset_import has ai.onnx.ml"),
        ["opset 99"] = (() => new OnnxBuilder(opset: 99).ToBytes(), "it has version 99 of ONNX's operators (opset_import), known are 1 to 25"),
        ["opset 0"] = (() => new OnnxBuilder(opset: 0).ToBytes(), "it has version 0 of ONNX's operators (opset_import), known are 1 to 25"),
        ["two opsets for one domain"] = (
            () => Net().Opset("ai.onnx", 16).ToBytes(),
            "it has two versions of the operators of ONNX (opset_import), 17 and 16"),
        ["functions"] = (() => Model(net => net.Model.Text(Functions, "")), "it has functions of its own, which NetGen does not read; export it with all of them inlined"),
        ["sparse tensors"] = (() => Model(net => net.Graph.Text(SparseInitializer, "")), "its graph has sparse tensors (sparse_initializer), which NetGen does not read"),
        ["input of an unknown type"] = (
            () => Model(net => net.Graph.Message(11, OnnxBuilder.Value("z", (OnnxType)77))),
            "the value 'z' has the unknown type 77"),

        // More small parts than a network has.
        ["a million nodes of 3 bytes"] = (() => Model(net => Repeat(net.Graph, 1_000_000, 0x0A, 1, 0)), "node 0: a node has a field with the number 0 at byte 28"),
        ["a million nodes"] = (() => Model(net => Repeat(net.Graph, 1_000_000, 0x0A, 3, 0x22, 1, (byte)'A')), Huge),
        ["a million attributes of a node"] = (() => Net().Node(Repeat(Node(), 1_000_000, 0x2A, 0)).ToBytes(), "node 0 (Elu): attribute '': it has no name"),
        ["a million inputs of a node"] = (() => Net().Node(Repeat(Node(), 1_000_000, 0x0A, 0)).ToBytes(), Huge),
        ["a million tensors"] = (() => Model(net => Repeat(net.Graph, 1_000_000, 0x2A, 2, 0x10, 1)), "the tensor has 0 bytes, its dimensions [] of Float need 4"),
        ["a million entries of metadata"] = (() => Model(net => Repeat(net.Model, 1_000_000, 0x72, 0)), Huge),
        ["a million dimensions of an input"] = (
            () => Model(net => net.Graph.Message(11, new ProtobufWriter().Message(2, new ProtobufWriter().Message(1, new ProtobufWriter().Message(2, Repeat(new(), 1_000_000, 0x0A, 0)))))),
            Huge),
        ["a million dimensions of a tensor"] = (() => Model(net => net.Graph.Message(5, Repeat(new(), 1_000_000, 0x08, 1))), Huge),
        ["twenty tensors of 64 MB in one file"] = (
            () => Model(net => Repeat(net.Graph, 20, new ProtobufWriter().Message(1, OnnxBuilder.NodeOf("Constant", [], [], ("value", External(1 << 24)))).ToBytes())),
            "node 16 (Constant): attribute 'value': its tensors have more than 1024 MB in other files"),
        ["8 million packed numbers"] = (() => WithAttribute(Attribute().Bytes(8, new byte[8_000_000])), Huge),
        ["a text of 20 MB"] = (() => WithAttribute(Attribute().Bytes(4, new byte[20_000_000])), Huge),
    };

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_file_is_refused(string name)
    {
        (Func<byte[]> make, string message) = Files[name];
        byte[] file = make();
        long before = GC.GetAllocatedBytesForCurrentThread();

        string said = Assert.Throws<InvalidDataException>(() => OnnxReader.Read(file, external: null)).Message;

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20, $"{GC.GetAllocatedBytesForCurrentThread() - before} bytes");
        if (message == Huge)
        {
            Assert.EndsWith(message, said, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(message, said);
        }
    }

    [Fact]
    public void Graphs_in_attributes_are_passed_over_however_deep()
    {
        var graph = new ProtobufWriter();
        for (int depth = 0; depth < 3_000; depth++)
        {
            graph = new ProtobufWriter().Message(1, Node().Message(5, Attribute().Message(6, graph)));
        }

        OnnxAttribute attribute = Net().Node(Node().Message(5, Attribute().Message(6, graph))).Read().Graph.Nodes[0].Attributes["alpha"];

        Assert.True(attribute.IsGraph);
    }

    [Fact]
    public void What_is_for_the_importer_to_judge_is_read()
    {
        OnnxModel model = Net().Opset("com.example", 3)
            .Node("Relu", ["later"], ["cycle"])
            .Node("Tanh", ["cycle"], ["later"])
            .Node("Split", ["x"], ["", ""])
            .Node(OnnxBuilder.NodeOf("Fancy", ["nowhere"], ["fancy"]).Text(7, "com.example"))
            .Output("nobody")
            .Read();

        Assert.Equal(["later", "cycle", "x", "nowhere"], model.Graph.Nodes.SelectMany(node => node.Inputs));
        Assert.Equal(["cycle", "later", "", "", "fancy"], model.Graph.Nodes.SelectMany(node => node.Outputs));
        Assert.Equal("com.example", model.Graph.Nodes[3].Domain);
        Assert.Equal(("nobody", 3), (model.Graph.Outputs[0].Name, model.Opsets["com.example"]));
    }

    private static OnnxBuilder Net() => new OnnxBuilder().Input("x");

    private static byte[] Model(Action<OnnxBuilder> add)
    {
        OnnxBuilder net = Net();
        add(net);
        return net.ToBytes();
    }

    private static ProtobufWriter Field(long number, int wireType) => new ProtobufWriter().Tag(number, wireType);

    private static ProtobufWriter Node() => OnnxBuilder.NodeOf("Elu", ["x"], ["y"]);

    private static ProtobufWriter External(int count) =>
        new ProtobufWriter().Integer(1, count).Integer(2, 1).Text(8, "w").Message(13, new ProtobufWriter().Text(1, "location").Text(2, "w.bin")).Integer(14, 1);

    private static ProtobufWriter Attribute() => new ProtobufWriter().Text(1, "alpha");

    private static byte[] WithAttribute(ProtobufWriter attribute) => Net().Node(Node().Message(5, attribute)).ToBytes();

    private static ProtobufWriter Repeat(ProtobufWriter writer, int count, params byte[] field)
    {
        for (int index = 0; index < count; index++)
        {
            writer.Append(field);
        }

        return writer;
    }
}
