using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Tensors;

/// <summary>The layers of a network as far as a file of tensors knows them.</summary>
/// <param name="Layers">All of them in their order, those without parameters of their own too.</param>
/// <param name="IsChain">Whether each reads the one before it and nothing else, so that there is one order in which a file can mean them.</param>
internal sealed record TensorNetwork(IReadOnlyList<TensorLayer> Layers, bool IsChain)
{
    /// <summary>
    /// A network of layers and their sizes. It is a chain if these follow each other from the inputs to the outputs, and no layer is a parameter by itself or one without parameters, which could
    /// read several, as a sum does: what the layout of a compiled network tells as well, so that all who read files decide alike.
    /// </summary>
    /// <param name="layers">Each layer with how many values it reads, of the first node that it reads, and computes.</param>
    /// <param name="inputs">Values of all inputs.</param>
    /// <param name="outputs">Values of all outputs.</param>
    public static TensorNetwork Of(IReadOnlyList<(TensorLayer Layer, int Inputs, int Units)> layers, int inputs, int outputs)
    {
        bool isChain = layers.Count > 0 && layers[layers.Count - 1].Units == outputs;
        int size = inputs;
        foreach ((TensorLayer layer, int read, int units) in layers)
        {
            isChain &= layer.Blocks.Count > 0 && !layer.IsValue && read == size;
            size = units;
        }

        return new TensorNetwork(layers.Select(layer => layer.Layer).ToArray(), isChain);
    }

    /// <summary>Whether a name is one that a layer is given by its place.</summary>
    public static bool IsNumber(string name)
    {
        const string Start = "layers.";
        return name.Length > Start.Length && name.StartsWith(Start, StringComparison.Ordinal) && name.Skip(Start.Length).All(char.IsDigit);
    }
}
