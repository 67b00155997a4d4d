using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Onnx;

/// <summary>A file of ONNX as far as a network needs it (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, <c>ModelProto</c>). It never changes.</summary>
/// <param name="IrVersion">The version of the format.</param>
/// <param name="Producer">The program that wrote it, with its version; empty if it does not say so.</param>
/// <param name="Opsets">The versions of the operators, by domain; that of ONNX itself is the empty one.</param>
/// <param name="Metadata">What the producer wrote beside the graph.</param>
/// <param name="Graph">What it computes.</param>
internal sealed record OnnxModel(
    long IrVersion, string Producer, IReadOnlyDictionary<string, long> Opsets, IReadOnlyList<KeyValuePair<string, string>> Metadata, OnnxGraph Graph);

/// <summary>What a model computes (<c>GraphProto</c>).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Nodes">The nodes in the order of the file, which need not be one in which they can be computed.</param>
/// <param name="Initializers">The constants, by name.</param>
/// <param name="Inputs">The inputs; old files list the constants among them.</param>
/// <param name="Outputs">The outputs.</param>
internal sealed record OnnxGraph(
    string Name, IReadOnlyList<OnnxNode> Nodes, IReadOnlyDictionary<string, OnnxTensor> Initializers, IReadOnlyList<OnnxValue> Inputs, IReadOnlyList<OnnxValue> Outputs)
{
    /// <summary>The inputs that are none of the constants.</summary>
    public IEnumerable<OnnxValue> TrueInputs => Inputs.Where(input => !Initializers.ContainsKey(input.Name));
}

/// <summary>An operation (<c>NodeProto</c>).</summary>
/// <param name="Index">Its place in the file.</param>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="Operator">The name of the operator.</param>
/// <param name="Domain">Whose operator it is; empty for ONNX itself.</param>
/// <param name="Inputs">The names of the values that it reads; an empty name for one that is left out.</param>
/// <param name="Outputs">The names of those that it computes; an empty name for one that nobody reads.</param>
/// <param name="Attributes">Its attributes, by name.</param>
internal sealed record OnnxNode(
    int Index,
    string Name,
    string Operator,
    string Domain,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyDictionary<string, OnnxAttribute> Attributes)
{
    /// <summary>As messages name it.</summary>
    public override string ToString() => Name.Length > 0 ? $"node '{Name}' ({Operator})" : $"node {Index} ({Operator})";
}

/// <summary>
/// An attribute of a node (<c>AttributeProto</c>). Which of the values is there says its type; old files do not say it otherwise. One that has nothing and does
/// not say its type is a zero that its writer left out: it has a value of each of the types but a tensor.
/// </summary>
/// <param name="Name">Its name.</param>
internal sealed record OnnxAttribute(string Name)
{
    /// <summary>A number.</summary>
    public float? Float { get; init; }

    /// <summary>A whole number.</summary>
    public long? Integer { get; init; }

    /// <summary>A text.</summary>
    public string? Text { get; init; }

    /// <summary>A tensor.</summary>
    public OnnxTensor? Tensor { get; init; }

    /// <summary>Numbers.</summary>
    public IReadOnlyList<float>? Floats { get; init; }

    /// <summary>Whole numbers.</summary>
    public IReadOnlyList<long>? Integers { get; init; }

    /// <summary>Texts.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>It is a graph, which a node of control flow has; it is not read.</summary>
    public bool IsGraph { get; init; }

    /// <summary>It is of a type that only operators outside of networks have: a sparse tensor, a list of tensors or graphs, a type. It is not read.</summary>
    public bool IsOther { get; init; }
}

/// <summary>An input or an output of a graph (<c>ValueInfoProto</c>).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its numbers; <see cref="OnnxType.Undefined"/> if it does not say so, or is no tensor.</param>
/// <param name="Shape">Its dimensions; null if it does not say how many there are.</param>
internal sealed record OnnxValue(string Name, OnnxType Type, IReadOnlyList<OnnxDimension>? Shape);

/// <summary>A dimension of an input or an output: a number, or a name, or neither.</summary>
/// <param name="Size">The number; null where it is free, which some writers say with one below 0.</param>
/// <param name="Name">The name; empty if it has none.</param>
internal readonly record struct OnnxDimension(long? Size, string Name);
