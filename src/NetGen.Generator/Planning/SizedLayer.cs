using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>A layer with what follows from its place in the graph.</summary>
/// <param name="Node">The index of its node. The input comes first, so that this is the number of the layer too.</param>
/// <param name="Name">The name of its node.</param>
/// <param name="Spec">The layer as it is declared.</param>
/// <param name="Reads">The nodes that it reads, in the order in which it takes them.</param>
/// <param name="Units">Values that it computes.</param>
/// <param name="Blocks">Its parameters.</param>
/// <param name="Readers">The nodes that read what it computes, in the order in which their gradients are added.</param>
/// <param name="IsKept">Whether the adjoint of one of them reads it again.</param>
internal sealed record SizedLayer(
    int Node,
    string Name,
    LayerSpec Spec,
    IReadOnlyList<ReadPlan> Reads,
    int Units,
    IReadOnlyList<BlockSpec> Blocks,
    IReadOnlyList<int> Readers,
    bool IsKept)
{
    /// <summary>Values of the first node that it reads.</summary>
    public int Inputs => Reads[0].Values;

    /// <summary>Whether what it reads is computed by another layer.</summary>
    public bool ReadsHidden => Reads.Any(read => !read.IsInput);

    /// <summary>Multiply-adds of its forward pass for a sample. Any sizes may be asked about; nothing overflows.</summary>
    public long MultiplyAdds => Spec.MultiplyAdds(Inputs, Units);

    /// <summary>The layers of a network, in order.</summary>
    /// <exception cref="NotSupportedException">The network has not one input and one output, of which the one comes first and the other last.</exception>
    /// <exception cref="ArgumentException">Something is wrong with the network.</exception>
    public static IReadOnlyList<SizedLayer> Of(NetworkGraph graph)
    {
        if (graph.Nodes.Count < 2 || graph.Nodes.Count(node => node.Inputs.Count == 0) != 1 || graph.Nodes[0].Inputs.Count > 0
            || graph.Outputs.Count != 1 || graph.Outputs[0].Node != graph.Nodes.Count - 1)
        {
            throw new NotSupportedException("A network of one input, which is its first node, and one output, which is its last, can be planned; this is another graph.");
        }

        IReadOnlyList<int> sizes = graph.Sizes();
        IReadOnlyList<IReadOnlyList<GraphEdge>> readers = graph.Readers();
        var layers = new List<SizedLayer>();
        for (int index = 1; index < graph.Nodes.Count; index++)
        {
            GraphNode node = graph.Nodes[index];
            int[] inputs = node.Inputs.Select(input => sizes[input]).ToArray();
            string? mistake = node.Layer.Mistake(inputs)
                ?? (readers[index - 1].Count == 0 ? $"Nothing reads the node '{graph.Nodes[index - 1].Name}'" : null);
            layers.Add(mistake is not null ? throw new ArgumentException(mistake + ".", nameof(graph)) : new SizedLayer(
                index,
                node.Name,
                node.Layer,
                node.Inputs.Select((source, input) => Read(source, new GraphEdge(source, index, input))).ToArray(),
                sizes[index],
                node.Layer.Parameters(inputs),
                readers[index].Select(edge => edge.To).ToArray(),
                readers[index].Any(edge => graph.Nodes[edge.To].Layer.AdjointReads(Formulas.Quantity.Input(edge.Input)))));
        }

        return layers;

        ReadPlan Read(int source, GraphEdge edge) => new(
            source, sizes[source], IsFirstPart: readers[source][0] == edge, IsLastPart: readers[source][readers[source].Count - 1] == edge);
    }
}

/// <summary>A node that a layer reads.</summary>
/// <param name="Node">Its index; 0 for the input of the network.</param>
/// <param name="Values">Values that it has.</param>
/// <param name="IsFirstPart">Whether the gradient that comes from here is the first of those that are added up to that of the node.</param>
/// <param name="IsLastPart">Whether it is the last of them.</param>
internal sealed record ReadPlan(int Node, int Values, bool IsFirstPart, bool IsLastPart)
{
    /// <summary>Whether it is the input of the network.</summary>
    public bool IsInput => Node == 0;
}
