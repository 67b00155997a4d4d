using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>A layer with what follows from its place in the graph.</summary>
/// <param name="Node">The index of its node. Where an input comes first, that is the number of the layer too.</param>
/// <param name="Name">The name of its node.</param>
/// <param name="Spec">The layer as it is declared.</param>
/// <param name="Source">The index of the node that it reads.</param>
/// <param name="Inputs">Values that it reads.</param>
/// <param name="Units">Values that it computes.</param>
/// <param name="Blocks">Its parameters.</param>
/// <param name="ReadsHidden">Whether what it reads is computed by another layer.</param>
/// <param name="Readers">The nodes that read what it computes, in the order in which their gradients are added.</param>
/// <param name="IsKept">Whether the adjoint of one of them reads it again.</param>
internal sealed record SizedLayer(
    int Node,
    string Name,
    LayerSpec Spec,
    int Source,
    int Inputs,
    int Units,
    IReadOnlyList<BlockSpec> Blocks,
    bool ReadsHidden,
    IReadOnlyList<int> Readers,
    bool IsKept)
{
    /// <summary>Multiply-adds of its forward pass for a sample. Any sizes may be asked about; nothing overflows.</summary>
    public long MultiplyAdds => Spec.MultiplyAdds(Inputs, Units);

    /// <summary>The layers of a network, in order.</summary>
    /// <exception cref="NotSupportedException">The network is not one input, layers one after another, and the output of the last.</exception>
    public static IReadOnlyList<SizedLayer> Of(NetworkGraph graph)
    {
        if (!graph.IsChain)
        {
            throw new NotSupportedException("A network of one input, layers one after another, and one output can be planned; this is another graph.");
        }

        IReadOnlyList<int> sizes = graph.Sizes();
        IReadOnlyList<IReadOnlyList<GraphEdge>> readers = graph.Readers();
        var layers = new List<SizedLayer>();
        for (int index = 0; index < graph.Nodes.Count; index++)
        {
            GraphNode node = graph.Nodes[index];
            if (node.Inputs.Count == 0)
            {
                continue;
            }

            int source = node.Inputs[0];
            layers.Add(new SizedLayer(
                index,
                node.Name,
                node.Layer,
                source,
                sizes[source],
                sizes[index],
                node.Layer.Parameters(node.Inputs.Select(input => sizes[input]).ToArray()),
                graph.Nodes[source].Inputs.Count > 0,
                readers[index].Select(edge => edge.To).ToArray(),
                readers[index].Any(edge => graph.Nodes[edge.To].Layer.Adjoint.Any(einsum => einsum.Reads(TensorName.Input)))));
        }

        return layers;
    }
}
