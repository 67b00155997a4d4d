using System;
using System.Linq;
using NetGen.Models.Tensors;

namespace NetGen.Models.Loading;

/// <summary>A compiled network as files of tensors know it.</summary>
internal static class NetworkLayers
{
    /// <summary>The layers of a layout, with the names that its parameters have; one without parameters has none.</summary>
    public static TensorNetwork Of(ParameterLayout layout)
    {
        ILookup<int, ParameterBlock> blocks = layout.Blocks.ToLookup(block => block.Layer);
        return TensorNetwork.Of(layout.Layers.Select((layer, index) => (Layer([.. blocks[index]]), layer.Inputs, layer.Units)).ToArray(), layout.InputCount, layout.OutputCount);
    }

    private static TensorLayer Layer(ParameterBlock[] blocks) => new(
        blocks.Length == 0 ? "" : blocks[0].Name.Substring(0, Math.Max(0, blocks[0].Name.LastIndexOf('.'))),
        Array.ConvertAll(blocks, block => new TensorBlock(block.Name.Substring(block.Name.LastIndexOf('.') + 1), block.Shape.Select(size => (long)size).ToArray())));
}
