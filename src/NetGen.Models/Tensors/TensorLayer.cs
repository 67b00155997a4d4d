using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Safetensors;

namespace NetGen.Models.Tensors;

/// <summary>The parameters of a layer, without their values: of a network, or of a file of tensors.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Blocks">What is in it.</param>
internal sealed record TensorLayer(string Name, IReadOnlyList<TensorBlock> Blocks)
{
    /// <summary>What must agree for the layer of a file to be one of a network, in one order.</summary>
    public string Signature => string.Join(" and ", Blocks.OrderByDescending(block => block.Name, StringComparer.Ordinal).Select(block => $"{block.Name} of {block.Text}"));

    /// <summary>Whether a layer has weights. In a file, other tensors, such as a count of batches, belong to nobody who does not ask for them by their names.</summary>
    public bool HasWeight => Find(TensorName.Weight) is not null;

    /// <summary>Whether it is a parameter by itself.</summary>
    public bool IsValue => Blocks.Count == 1 && Blocks[0].Name == TensorName.Value;

    /// <summary>The layers of a file, in its order: often that of the network.</summary>
    public static TensorLayer[] Of(SafetensorsHeader header) => header.Tensors.Values
        .OrderBy(tensor => tensor.Begin)
        .Select(tensor => (Name: TensorName.Of(tensor.Name), Tensor: tensor))
        .GroupBy(tensor => tensor.Name.Layer)
        .Select(layer => new TensorLayer(layer.Key, layer.Select(tensor => TensorBlock.Of(tensor.Name, tensor.Tensor)).ToArray()))
        .ToArray();

    /// <summary>Some of its parameters; null if it has none of that name.</summary>
    public TensorBlock? Find(string name) => Blocks.FirstOrDefault(block => block.Name == name);

    /// <summary>The name in a file of parameters that belong to it.</summary>
    public string Tensor(string block) => Name.Length == 0 ? block : Name + (Blocks.Count > 0 && Blocks[0].Tensor.Length > Name.Length ? Blocks[0].Tensor[Name.Length] : '.') + block;
}

/// <summary>Parameters of a layer that belong together.</summary>
/// <param name="Name">Their name within the layer, in the words of PyTorch and NetGen.</param>
/// <param name="Shape">Their sizes, of weights of a product <c>[units][inputs]</c>.</param>
internal sealed record TensorBlock(string Name, IReadOnlyList<long> Shape)
{
    /// <summary>The sizes, as messages have them.</summary>
    public string Text => TextOf(Shape);

    /// <summary>The name of the tensor in a file.</summary>
    public string Tensor { get; private init; } = "";

    /// <summary>Whether the file has a matrix the other way round.</summary>
    public bool IsTransposed { get; private init; }

    /// <summary>What a file has under a name.</summary>
    public static TensorBlock Of(TensorName name, TensorHeader tensor)
    {
        bool isTransposed = name.IsTransposed && tensor.Shape.Count == 2;
        return new TensorBlock(name.Block, isTransposed ? tensor.Shape.Reverse().ToArray() : tensor.Shape) { Tensor = tensor.Name, IsTransposed = isTransposed };
    }

    /// <summary>Sizes the way round that a file has this block.</summary>
    public string InFile(IReadOnlyList<long> shape) => TextOf(IsTransposed ? shape.Reverse() : shape);

    /// <summary>The numbers of the tensor in the order of a network.</summary>
    public T[] InOrder<T>(T[] numbers)
    {
        if (!IsTransposed)
        {
            return numbers;
        }

        (int units, int inputs) = ((int)Shape[0], (int)Shape[1]);
        var ordered = new T[numbers.Length];
        for (int index = 0; index < ordered.Length; index++)
        {
            ordered[index] = numbers[(index % inputs * units) + (index / inputs)];
        }

        return ordered;
    }

    private static string TextOf(IEnumerable<long> shape) => shape.Any() ? string.Join("×", shape) : "a single number";
}
