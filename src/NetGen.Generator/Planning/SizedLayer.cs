using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>A layer with what follows from its place in the graph.</summary>
/// <param name="Number">Its number: from 1, in the order of the nodes.</param>
/// <param name="Name">The name of its node.</param>
/// <param name="Spec">The layer as it is declared.</param>
/// <param name="Reads">The nodes that it reads, in the order in which it takes them.</param>
/// <param name="Units">Values that it computes.</param>
/// <param name="Blocks">Its parameters.</param>
/// <param name="Readers">The numbers of the layers that read what it computes, in the order in which their gradients are added.</param>
/// <param name="IsKept">Whether the adjoint of one of them reads it again.</param>
internal sealed record SizedLayer(
    int Number,
    string Name,
    LayerSpec Spec,
    IReadOnlyList<ReadPlan> Reads,
    int Units,
    IReadOnlyList<BlockSpec> Blocks,
    IReadOnlyList<int> Readers,
    bool IsKept)
{
    /// <summary>The number of the earlier layer whose parameters it has, or null where they are its own.</summary>
    public int? SharesWith { get; init; }

    /// <summary>Its parameters, where no earlier layer has them too.</summary>
    public IReadOnlyList<BlockSpec> OwnBlocks => SharesWith is null ? Blocks : new BlockSpec[0];

    /// <summary>Values of the first node that it reads; 0 where it reads none.</summary>
    public int Inputs => Reads.Count > 0 ? Reads[0].Values : 0;

    /// <summary>Whether what it reads is computed by another layer.</summary>
    public bool ReadsHidden => Reads.Any(read => !read.IsInput);

    /// <summary>Multiply-adds of its forward pass for a sample. Any sizes may be asked about; nothing overflows.</summary>
    public long MultiplyAdds => Spec.MultiplyAdds(Inputs, Units);

    /// <summary>The layers of a network, in order.</summary>
    /// <exception cref="ArgumentException">Something is wrong with the network.</exception>
    public static IReadOnlyList<SizedLayer> Of(NetworkGraph graph)
    {
        int inputs = graph.Inputs.Count();
        IReadOnlyList<int> sizes = graph.Sizes();
        IReadOnlyList<IReadOnlyList<GraphEdge>> readers = graph.Readers();
        IReadOnlyList<NamedValues> given = graph.InputValues();
        var layers = new List<SizedLayer>();
        if (Mistake() is { } wrong)
        {
            throw new ArgumentException(wrong + ".", nameof(graph));
        }

        for (int index = inputs; index < graph.Nodes.Count; index++)
        {
            GraphNode node = graph.Nodes[index];
            int[] read = node.Inputs.Select(input => sizes[input]).ToArray();
            string? mistake = node.Layer.Mistake(read) ?? NodeMistake(index) ?? (node.SharesWith is { } owner ? SharingMistake(node, read, owner) : null);
            layers.Add(mistake is not null ? throw new ArgumentException(mistake + ".", nameof(graph)) : new SizedLayer(
                Number(index),
                node.Name,
                node.Layer,
                node.Inputs.Select((source, input) => Read(source, new GraphEdge(source, index, input))).ToArray(),
                sizes[index],
                node.Layer.Parameters(read).Select(block => Placed(block, node)).ToArray(),
                readers[index].Select(edge => Number(edge.To)).ToArray(),
                readers[index].Any(edge => graph.Nodes[edge.To].Layer.AdjointReads(Formulas.Quantity.Input(edge.Input))))
            {
                SharesWith = node.SharesWith is { } shared ? Number(shared) : null,
            });
        }

        return layers;

        int Number(int node) => Math.Max(0, node - inputs + 1);

        BlockSpec Placed(BlockSpec block, GraphNode node) => block with
        {
            IsTrained = block.IsTrained && !node.IsFrozen,
            InitialBound = node.Inputs.Any(input => input < inputs) ? block.FirstInitialBound ?? block.InitialBound : block.InitialBound,
            FirstInitialBound = null,
        };

        string? Mistake() => inputs == 0 ? "A network has at least one input, which is its first node"
            : graph.Nodes.Count == inputs ? "A network has at least one layer"
            : graph.Outputs.Count == 0 ? "A network has at least one output"
            : graph.Outputs.Select(output => output.Node).Distinct().Count() < graph.Outputs.Count ? "Two outputs are one node"
            : null;

        string? NodeMistake(int index)
        {
            string name = graph.Nodes[index].Name;
            bool isOutput = graph.Outputs.Any(output => output.Node == index);
            return graph.Nodes[index].Layer.IsInput ? $"The input '{name}' comes after a layer"
                : !isOutput && readers[index].Count == 0 ? $"Nothing reads the node '{name}'"
                : isOutput && readers[index].Count > 0 ? $"The node '{name}' is an output and read by another"
                : null;
        }

        string? SharingMistake(GraphNode node, int[] read, int owner)
        {
            GraphNode other = graph.Nodes[owner];
            return other.SharesWith is not null ? $"The node '{node.Name}' has the parameters of '{other.Name}', which has those of another"
                : other.Layer != node.Layer || !read.SequenceEqual(other.Inputs.Select(input => sizes[input])) ? $"The node '{node.Name}' has the parameters of '{other.Name}', which is another layer"
                : other.IsFrozen != node.IsFrozen ? $"The node '{node.Name}' has the parameters of '{other.Name}', of which one is frozen"
                : null;
        }

        ReadPlan Read(int source, GraphEdge edge) => new(
            Number(source),
            sizes[source],
            IsFirstPart: readers[source][0] == edge,
            IsLastPart: readers[source][readers[source].Count - 1] == edge,
            source < inputs ? new GivenValues(inputs > 1 ? source + 1 : null, given[source].Start) : null);
    }
}

/// <summary>A node that a layer reads.</summary>
/// <param name="Layer">The number of its layer; 0 for an input of the network.</param>
/// <param name="Values">Values that it has.</param>
/// <param name="IsFirstPart">Whether the gradient that comes from here is the first of those that are added up to that of the node.</param>
/// <param name="IsLastPart">Whether it is the last of them.</param>
/// <param name="Given">Which input it is, or null for a layer.</param>
internal sealed record ReadPlan(int Layer, int Values, bool IsFirstPart, bool IsLastPart, GivenValues? Given)
{
    /// <summary>Whether it is an input of the network.</summary>
    public bool IsInput => Given is not null;
}

/// <summary>An input of a network.</summary>
/// <param name="Number">Which of several, from 1; null for the only one.</param>
/// <param name="Start">Where its values begin among those of a sample.</param>
internal sealed record GivenValues(int? Number, int Start);
