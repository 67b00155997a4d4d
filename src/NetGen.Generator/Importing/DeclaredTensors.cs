using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Generator.Model;
using NetGen.Models.Tensors;

namespace NetGen.Generator.Importing;

/// <summary>The parameters of declared layers in a file that has tensors and no graph.</summary>
internal static class DeclaredTensors
{
    private const string Remedy = "change the sizes of the declaration, or give its layers the names of the file";

    /// <summary>Finds them by the rule of <see cref="TensorMatch"/>.</summary>
    /// <param name="declaration">The class.</param>
    /// <param name="source">The file.</param>
    /// <param name="file">What is in it.</param>
    /// <returns>The network with its parameters, or all that is wrong.</returns>
    /// <exception cref="InvalidDataException">The class declares no layers, or the tensors have other numbers than networks.</exception>
    public static (NetworkSpec? Spec, IEnumerable<ModelFault> Faults) Read(ModelDeclaration declaration, ModelSource source, TensorFile file)
    {
        if (declaration.Declared is not { } declared)
        {
            throw new InvalidDataException(file.NoGraph());
        }

        if (declaration.Outputs is not null)
        {
            throw new InvalidDataException("it is a file of safetensors, which has no outputs to choose; leave Outputs out");
        }

        NetworkGraph graph = declared.Graph;
        IReadOnlyList<int> sizes = graph.Sizes();
        (int Node, TensorLayer Layer)[] layers = graph.Nodes
            .Select((node, index) => (index, Layer: new TensorLayer(node.Name, node.SharesWith is not null ? Array.Empty<TensorBlock>() : Blocks(node, sizes))))
            .Where(node => node.Layer.Blocks.Count > 0)
            .ToArray();
        TensorMatch match = TensorMatch.Of(file.Layers, layers.Select(layer => layer.Layer).ToArray());
        if (match.Differences.Count > 0)
        {
            int inputs = graph.Inputs.Count();
            return (null, match.Differences.Select(difference => ModelFault.Differs(
                declaration.File, difference.InFile, difference.InNetwork, Remedy, difference.Layer < 0 ? -1 : layers[difference.Layer].Node - inputs)));
        }

        double[][] blocks = match.Tensors.Select(file.Values).ToArray();
        long count = blocks.Sum(block => (long)block.Length);
        return count > ModelReader.MostParameters
            ? throw new InvalidDataException($"it has {count} parameters, and a model in an assembly can have {ModelReader.MostParameters}")
            : (declared with { Weights = new ModelWeights(source.Hash, blocks) }, Enumerable.Empty<ModelFault>());
    }

    private static TensorBlock[] Blocks(GraphNode node, IReadOnlyList<int> sizes) => node.Layer.Parameters(node.Inputs.Select(input => sizes[input]).ToArray())
        .Select(block => new TensorBlock(block.Name, block.Shape.Select(size => (long)size).ToArray()))
        .ToArray();
}
