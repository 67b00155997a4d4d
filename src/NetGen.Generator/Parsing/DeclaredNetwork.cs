using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>A network as it was declared, by attributes or by a method: its graph with the places of all that there is to say something about.</summary>
/// <param name="Nodes">The nodes, inputs first.</param>
/// <param name="Outputs">The outputs; at least one.</param>
/// <param name="IsComplete">Whether all of it could be read.</param>
/// <param name="IsLossMisplaced">Whether the attribute of the network has a loss, and the outputs have theirs.</param>
internal sealed record DeclaredNetwork(
    IReadOnlyList<DeclaredNode> Nodes, IReadOnlyList<DeclaredOutput> Outputs, bool IsComplete, bool IsLossMisplaced = false)
{
    /// <summary>The loss that says which members the class has: that of the only output, or one of several.</summary>
    public DeclaredLoss Loss => (Outputs.FirstOrDefault(output => output.Loss.Name is { } name && name != Catalogue.NoLoss) ?? Outputs[0]).Loss;

    /// <summary>The graph without places, in which no layer reads an output.</summary>
    public NetworkGraph Graph => OutputNodes.Apart(new NetworkGraph(
        new EquatableArray<GraphNode>(Nodes.Select(node => new GraphNode(node.Name, node.Layer.Spec, node.Inputs, node.SharesWith, node.Layer.IsFrozen))),
        new EquatableArray<GraphOutput>(Outputs.Select(output => new GraphOutput(output.Name, output.Node, output.Loss.Spec)))));

    /// <summary>The number of the first layer among the nodes.</summary>
    public int FirstLayer => Nodes.TakeWhile(node => node.IsInput).Count();

    /// <summary>Values of each node, or null where they are not known.</summary>
    public IReadOnlyList<int?> Sizes()
    {
        var sizes = new List<int?>();
        foreach (DeclaredNode node in Nodes)
        {
            int?[] inputs = node.Inputs.Select(input => sizes[input]).ToArray();
            bool isKnown = node.Layer.IsComplete && inputs.All(size => size is not null);
            sizes.Add(node.Layer.Units ?? (isKnown ? node.Layer.Spec.Size(inputs.Select(size => size!.Value).ToArray()) : null));
        }

        return sizes;
    }
}

/// <summary>A node of a declared network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">The indices of the nodes that it reads.</param>
/// <param name="SharesWith">The index of the node whose parameters it has too, or null.</param>
internal sealed record DeclaredNode(string Name, DeclaredLayer Layer, EquatableArray<int> Inputs, int? SharesWith = null)
{
    /// <summary>Whether it is what the network is given.</summary>
    public bool IsInput => Layer.Spec.IsInput;
}

/// <summary>An output of a declared network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Node">The index of the node whose values it is.</param>
/// <param name="Loss">Its loss.</param>
internal sealed record DeclaredOutput(string Name, int Node, DeclaredLoss Loss);
