using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Onnx;

namespace NetGen.Models.Importing;

/// <summary>A node with the tensors that it reads: what it has, by name or place, or what is wrong with it.</summary>
/// <param name="node">The node.</param>
/// <param name="inputs">What it reads.</param>
internal sealed class NodeReader(OnnxNode node, IReadOnlyList<Tensor?> inputs)
{
    /// <summary>The node.</summary>
    public OnnxNode Node => node;

    /// <summary>How many tensors it reads, those that are left out included.</summary>
    public int Count => inputs.Count;

    /// <summary>The name of a tensor that it reads; empty if it is left out.</summary>
    public string NameOf(int input) => input < node.Inputs.Count ? node.Inputs[input] : "";

    /// <summary>A tensor that it reads, or null if it is left out.</summary>
    public Tensor? Optional(int input) => input < inputs.Count ? inputs[input] : null;

    /// <summary>A tensor that it must read.</summary>
    public Tensor Tensor(int input) => Optional(input) ?? throw new ImportException($"its input {input} is missing");

    /// <summary>The numbers of a tensor that must be known.</summary>
    /// <param name="input">Which.</param>
    /// <param name="what">What it is, for messages.</param>
    public Tensor Known(int input, string what)
    {
        Tensor tensor = Tensor(input);
        return tensor.IsKnown ? tensor : throw new ImportException($"{what}, its input {input}, is computed at run time; constants are read");
    }

    /// <summary>Numbers of which none may be a multiple of the batch.</summary>
    public double[] Constants(int input, string what) => Known(input, what).Values ?? throw new ImportException($"{what}, its input {input}, depends on the size of the batch");

    /// <summary>Whole numbers of a tensor or, in older files, of an attribute; null for neither.</summary>
    public long[]? Wholes(int input, string attribute) =>
        Optional(input) is not null ? Array.ConvertAll(Constants(input, "the list '" + attribute + "'"), Whole)
        : node.Attributes.ContainsKey(attribute) ? Integers(attribute)
        : null;

    /// <summary>Whether an attribute is there.</summary>
    public bool Has(string attribute) => node.Attributes.ContainsKey(attribute);

    /// <summary>A number.</summary>
    public double Real(string attribute, double otherwise) => !node.Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? otherwise
        : found.Float is { } value ? value
        : throw Wrong(attribute, "a number");

    /// <summary>A whole number.</summary>
    public long Integer(string attribute, long otherwise) => !node.Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? otherwise
        : found.Integer ?? throw Wrong(attribute, "a whole number");

    /// <summary>A text.</summary>
    public string Text(string attribute, string otherwise) => !node.Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? otherwise
        : found.Text ?? throw Wrong(attribute, "a text");

    /// <summary>Whole numbers.</summary>
    public long[] Integers(string attribute) => node.Attributes.TryGetValue(attribute, out OnnxAttribute? found) && found.Integers is { } values
        ? values.ToArray()
        : throw Wrong(attribute, "whole numbers");

    /// <summary>A dimension of a tensor that an attribute names, perhaps from the end.</summary>
    public int Axis(string attribute, long otherwise, int rank) => Axis(Integer(attribute, otherwise), rank);

    /// <summary>A dimension that is counted from the end where it is negative.</summary>
    public static int Axis(long axis, int rank)
    {
        long counted = axis < 0 ? axis + rank : axis;
        return counted >= 0 && counted < rank ? (int)counted : throw new ImportException($"it names dimension {axis} of {rank}");
    }

    private ImportException Wrong(string attribute, string expected) => new($"its attribute '{attribute}' is not {expected}, which it should be");

    private static long Whole(double value) => value >= long.MaxValue ? long.MaxValue : value <= long.MinValue ? long.MinValue : (long)value;
}
