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
        int inputs = graph.Inputs.Count();
        TensorMatch match = TensorMatch.Of(file.Header, TensorNetwork.Of(
            graph.Nodes.Select((node, index) => (Layer(node, sizes), sizes[node.Inputs.FirstOrDefault()], sizes[index])).Skip(inputs).ToArray(),
            graph.InputValues().Sum(value => value.Count),
            graph.OutputValues().Sum(value => value.Count)));
        if (match.Differences.Count > 0)
        {
            return (null, match.Differences.Select(difference => ModelFault.Differs(
                declaration.File, difference.InFile, difference.InNetwork, difference.Remedy ?? Remedy, difference.Layer)));
        }

        double[][] blocks = match.Blocks.Select(file.Values).ToArray();
        long count = blocks.Sum(block => (long)block.Length);
        return count > ModelReader.MostParameters
            ? throw new InvalidDataException($"it has {count} parameters, and a model in an assembly can have {ModelReader.MostParameters}")
            : (declared with { Weights = new ModelWeights(source.Hash, blocks) }, Enumerable.Empty<ModelFault>());
    }

    private static TensorLayer Layer(GraphNode node, IReadOnlyList<int> sizes) => new(
        node.Name,
        node.SharesWith is not null ? Array.Empty<TensorBlock>() : node.Layer.Parameters(node.Inputs.Select(input => sizes[input]).ToArray())
            .Select(block => new TensorBlock(block.Name, block.Shape.Select(size => (long)size).ToArray()))
            .ToArray());
}
