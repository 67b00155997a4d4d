using System;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using NetGen.Models.Onnx;

namespace NetGen.Models.Tests;

/// <summary>
/// Builds files of ONNX: <c>new OnnxBuilder().Input("x", 1, 4).Constant("w", [8, 4], numbers).Node("Gemm", ["x", "w"], ["y"], ("transB", 1)).Output("y", 1, 8)</c>.
/// What it has no method for, and what is wrong, is written with the writers of its messages.
/// </summary>
internal sealed class OnnxBuilder
{
    private readonly ProtobufWriter _model = new();

    /// <param name="opset">The version of ONNX's operators; null for none.</param>
    /// <param name="irVersion">The version of the format; null for none.</param>
    public OnnxBuilder(long? opset = 17, long? irVersion = 8)
    {
        if (irVersion is { } version)
        {
            _model.Integer(1, version);
        }

        if (opset is { } operators)
        {
            Opset("", operators);
        }
    }

    /// <summary>The fields of the model but the graph.</summary>
    public ProtobufWriter Model => _model;

    /// <summary>The fields of the graph.</summary>
    public ProtobufWriter Graph { get; } = new();

    /// <summary>The version of the operators of a domain.</summary>
    public OnnxBuilder Opset(string domain, long version)
    {
        _model.Message(8, new ProtobufWriter().Text(1, domain).Integer(2, version));
        return this;
    }

    /// <summary>An input of floats.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its dimensions: numbers, names, or null for one that is free.</param>
    public OnnxBuilder Input(string name, params object?[] shape)
    {
        Graph.Message(11, Value(name, OnnxType.Float, shape));
        return this;
    }

    /// <summary>An output of floats.</summary>
    public OnnxBuilder Output(string name, params object?[] shape)
    {
        Graph.Message(12, Value(name, OnnxType.Float, shape));
        return this;
    }

    /// <summary>A constant of floats, as bytes.</summary>
    public OnnxBuilder Constant(string name, long[] dimensions, params float[] numbers) => Constant(Tensor(name, dimensions, numbers));

    /// <summary>A constant of whole numbers of 64 bits, as bytes.</summary>
    public OnnxBuilder Constant(string name, long[] dimensions, params long[] numbers) => Constant(Tensor(name, dimensions, numbers));

    /// <summary>A constant.</summary>
    public OnnxBuilder Constant(ProtobufWriter tensor)
    {
        Graph.Message(5, tensor);
        return this;
    }

    /// <summary>A node.</summary>
    /// <param name="type">The operator.</param>
    /// <param name="inputs">The names of what it reads.</param>
    /// <param name="outputs">The names of what it computes.</param>
    /// <param name="attributes">Numbers, texts, lists of them, or tensors.</param>
    public OnnxBuilder Node(string type, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes) =>
        Node(NodeOf(type, inputs, outputs, attributes));

    /// <summary>A node.</summary>
    public OnnxBuilder Node(ProtobufWriter node)
    {
        Graph.Message(1, node);
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] ToBytes() => [.. _model.ToBytes(), .. new ProtobufWriter().Message(7, Graph).ToBytes()];

    /// <summary>The message of a node.</summary>
    public static ProtobufWriter NodeOf(string type, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        foreach (string output in outputs)
        {
            node.Text(2, output);
        }

        node.Text(4, type);
        foreach ((string name, object value) in attributes)
        {
            node.Message(5, Attribute(name, value));
        }

        return node;
    }

    /// <summary>The message of an attribute: of a number, a text, a list of them, or a tensor.</summary>
    public static ProtobufWriter Attribute(string name, object value)
    {
        ProtobufWriter attribute = new ProtobufWriter().Text(1, name);
        return value switch
        {
            float number => attribute.Float(2, number).Integer(20, 1),
            int number => attribute.Integer(3, number).Integer(20, 2),
            long number => attribute.Integer(3, number).Integer(20, 2),
            string text => attribute.Text(4, text).Integer(20, 3),
            ProtobufWriter tensor => attribute.Message(5, tensor).Integer(20, 4),
            float[] numbers => attribute.Packed(7, numbers).Integer(20, 6),
            long[] numbers => attribute.Packed(8, numbers).Integer(20, 7),
            string[] texts => texts.Aggregate(attribute, (all, text) => all.Text(9, text)).Integer(20, 8),
            _ => throw new ArgumentException($"An attribute is no {value.GetType().Name}.", nameof(value)),
        };
    }

    /// <summary>The message of a tensor of floats, as bytes.</summary>
    public static ProtobufWriter Tensor(string name, long[] dimensions, params float[] numbers) =>
        Tensor(name, OnnxType.Float, dimensions).Bytes(9, MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());

    /// <summary>The message of a tensor of whole numbers of 64 bits, as bytes.</summary>
    public static ProtobufWriter Tensor(string name, long[] dimensions, params long[] numbers) =>
        Tensor(name, OnnxType.Int64, dimensions).Bytes(9, MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());

    /// <summary>The message of a tensor without its numbers.</summary>
    public static ProtobufWriter Tensor(string name, OnnxType type, params long[] dimensions)
    {
        var tensor = new ProtobufWriter();
        foreach (long dimension in dimensions)
        {
            tensor.Integer(1, dimension);
        }

        return tensor.Integer(2, (long)type).Text(8, name);
    }

    /// <summary>The message of an input or an output.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of its numbers.</param>
    /// <param name="shape">Its dimensions: numbers, names, or null for one that is free.</param>
    public static ProtobufWriter Value(string name, OnnxType type, params object?[] shape)
    {
        var dimensions = new ProtobufWriter();
        foreach (object? size in shape)
        {
            var dimension = new ProtobufWriter();
            dimensions.Message(1, size switch
            {
                null => dimension,
                string free => dimension.Text(2, free),
                _ => dimension.Integer(1, Convert.ToInt64(size, CultureInfo.InvariantCulture)),
            });
        }

        ProtobufWriter tensor = new ProtobufWriter().Integer(1, (long)type).Message(2, dimensions);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }
}
