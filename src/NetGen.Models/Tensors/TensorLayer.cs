using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Tensors;

/// <summary>The parameters of a layer, without their values: of a network, or of a file of tensors.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Blocks">What is in it.</param>
internal sealed record TensorLayer(string Name, IReadOnlyList<TensorBlock> Blocks)
{
    /// <summary>The layers of tensors by their names, in the order of the first of each: what stands before the last dot is the layer.</summary>
    public static IEnumerable<TensorLayer> Of(IEnumerable<(string Name, IReadOnlyList<long> Shape)> tensors) => tensors
        .Select(tensor => (Dot: tensor.Name.LastIndexOf('.'), tensor.Name, tensor.Shape))
        .GroupBy(tensor => tensor.Name.Substring(0, Math.Max(0, tensor.Dot)))
        .Select(layer => new TensorLayer(layer.Key, layer.Select(tensor => new TensorBlock(tensor.Name.Substring(tensor.Dot + 1), tensor.Shape)).ToArray()));

    /// <summary>What must agree for the layer of a file to be one of a network, in one order.</summary>
    public string Signature => string.Join(" and ", Blocks.OrderByDescending(block => block.Name, StringComparer.Ordinal).Select(block => $"{block.Name} of {block.Text}"));

    /// <summary>Some of its parameters; null if it has none of that name.</summary>
    public TensorBlock? Find(string name) => Blocks.FirstOrDefault(block => block.Name == name);
}

/// <summary>Parameters of a layer that belong together.</summary>
/// <param name="Name">Their name within the layer.</param>
/// <param name="Shape">Their sizes.</param>
internal sealed record TensorBlock(string Name, IReadOnlyList<long> Shape)
{
    /// <summary>The sizes, as messages have them.</summary>
    public string Text => Shape.Count == 0 ? "a single number" : string.Join("×", Shape);
}
