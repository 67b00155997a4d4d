using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Tensors;

/// <summary>The parameters of a layer, without their values: of a network, or of a file of tensors.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Blocks">What is in it.</param>
internal sealed record TensorLayer(string Name, IReadOnlyList<TensorBlock> Blocks)
{
    /// <summary>What must agree for the layer of a file to be one of a network, in one order.</summary>
    public string Signature => string.Join(" and ", Blocks.OrderByDescending(block => block.Name, System.StringComparer.Ordinal).Select(block => $"{block.Name} of {block.Text}"));

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
