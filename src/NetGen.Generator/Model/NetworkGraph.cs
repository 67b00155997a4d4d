using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Generator.Model;

/// <summary>
/// What a network computes: nodes in an order in which they can be, each reading earlier ones, and those of them that are outputs. It holds what was declared
/// and nothing that follows from it: sizes and parameters follow from the layers, whose kinds are in <c>Layers</c>.
/// </summary>
/// <param name="Nodes">The nodes. The inputs come first, of which there is at least one.</param>
/// <param name="Outputs">The outputs.</param>
internal sealed record NetworkGraph(EquatableArray<GraphNode> Nodes, EquatableArray<GraphOutput> Outputs)
{
    /// <summary>The name of the input of a network that has one.</summary>
    public const string OnlyInput = "input";

    /// <summary>The name of the output of a network that has one.</summary>
    public const string OnlyOutput = "output";

    /// <summary>The inputs, which a sample has one after another.</summary>
    public IEnumerable<GraphNode> Inputs => Nodes.TakeWhile(node => node.Layer.IsInput);

    /// <summary>The first input, which is the only one of most networks.</summary>
    public GraphNode Input => Nodes[0];

    /// <summary>The first output, which is the only one of most networks.</summary>
    public GraphOutput Output => Outputs[0];

    /// <summary>Whether it has several inputs or several outputs, which go by their names then.</summary>
    public bool HasNamedValues => Outputs.Count > 1 || Inputs.Skip(1).Any();

    /// <summary>Whether it is one input, layers one after another, and the output of the last.</summary>
    public bool IsChain => Nodes.Count > 1
        && Nodes.Select((node, index) => index == 0 ? node.Layer.IsInput : node.Inputs.Count == 1 && node.Inputs[0] == index - 1).All(follows => follows)
        && Outputs.Count == 1 && Outputs[0].Node == Nodes.Count - 1;

    /// <summary>Layers one after another, named by their places: <c>layers.0</c> is the first.</summary>
    /// <param name="input">What the first layer reads.</param>
    /// <param name="layers">The layers, first layer first; at least one.</param>
    /// <param name="loss">The loss of the last layer's output.</param>
    public static NetworkGraph Chain(LayerSpec input, IEnumerable<LayerSpec> layers, LossSpec loss)
    {
        var nodes = new List<GraphNode> { new(OnlyInput, input, default) };
        foreach (LayerSpec layer in layers)
        {
            nodes.Add(new GraphNode(LayerName(nodes.Count - 1), layer, new EquatableArray<int>(new[] { nodes.Count - 1 })));
        }

        return new NetworkGraph(
            new EquatableArray<GraphNode>(nodes), new EquatableArray<GraphOutput>(new[] { new GraphOutput(OnlyOutput, nodes.Count - 1, loss) }));
    }

    /// <summary>The name of a layer that was given none, by its place among the layers.</summary>
    public static string LayerName(int index) => "layers." + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where the values of each input lie in those of a sample.</summary>
    public IReadOnlyList<NamedValues> InputValues()
    {
        IReadOnlyList<int> sizes = Sizes();
        return NamedValues.InTurn(Inputs.Select((input, index) => (input.Name, sizes[index])));
    }

    /// <summary>Where the values of each output lie in those of a sample.</summary>
    public IReadOnlyList<NamedValues> OutputValues()
    {
        IReadOnlyList<int> sizes = Sizes();
        return NamedValues.InTurn(Outputs.Select(output => (output.Name, sizes[output.Node])));
    }

    /// <summary>Values of each node for a sample.</summary>
    public IReadOnlyList<int> Sizes()
    {
        var sizes = new List<int>();
        foreach (GraphNode node in Nodes)
        {
            sizes.Add(node.Layer.Size(node.Inputs.Select(input => sizes[input]).ToArray()));
        }

        return sizes;
    }

    /// <summary>
    /// The edges that lead from each node to those that read it, in the one order in which their gradients are added: the adjoint goes through the nodes from
    /// the last to the first, so that the last reader comes first; one that reads a node twice goes by its inputs.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<GraphEdge>> Readers()
    {
        List<GraphEdge>[] readers = Nodes.Select(_ => new List<GraphEdge>()).ToArray();
        for (int node = Nodes.Count - 1; node >= 0; node--)
        {
            EquatableArray<int> inputs = Nodes[node].Inputs;
            for (int input = 0; input < inputs.Count; input++)
            {
                readers[inputs[input]].Add(new GraphEdge(inputs[input], node, input));
            }
        }

        return readers;
    }
}

/// <summary>A node of a network.</summary>
/// <param name="Name">Its name, which no other node has: files have its parameters under it.</param>
/// <param name="Layer">What it computes.</param>
/// <param name="Inputs">The indices of the nodes that it reads, all smaller than its own, in the order in which the layer takes them.</param>
/// <param name="SharesWith">The index of the earlier node, with the same layer, whose parameters it has too, or null where they are its own.</param>
/// <param name="IsFrozen">Its parameters are not trained: they have no gradient, while that of what it reads is there.</param>
internal sealed record GraphNode(string Name, LayerSpec Layer, EquatableArray<int> Inputs, int? SharesWith = null, bool IsFrozen = false);

/// <summary>An edge: a node reads the values of another.</summary>
/// <param name="From">The index of the node that is read.</param>
/// <param name="To">The index of the one that reads it.</param>
/// <param name="Input">Which of its inputs that is, from 0.</param>
internal sealed record GraphEdge(int From, int To, int Input);

/// <summary>A result of a network.</summary>
/// <param name="Name">Its name, which no other output has.</param>
/// <param name="Node">The index of the node whose values it is.</param>
/// <param name="Loss">How far it is from what it should be.</param>
internal sealed record GraphOutput(string Name, int Node, LossSpec Loss);

/// <summary>The loss of an output.</summary>
/// <param name="Name">The enum member, <c>None</c>, or the name that stands for <see cref="Own"/>.</param>
/// <param name="SumOutputs">It sums over the outputs of a sample where it would otherwise average.</param>
/// <param name="Delta">Its parameter δ, or null for its default.</param>
/// <param name="Weight">What it is multiplied by in the loss of the network, which is the sum of those of its outputs.</param>
/// <param name="LabelSmoothing">The part of a target that is spread evenly over all classes.</param>
internal sealed record LossSpec(string Name, bool SumOutputs = false, double? Delta = null, double Weight = 1, double LabelSmoothing = 0)
{
    /// <summary>The enum member that is no loss.</summary>
    public const string None = "None";

    /// <summary>The loss of each value where the class itself has it.</summary>
    public OwnFormula? Own { get; init; }
}

/// <summary>Some of the values of a sample that go by a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Start">The first of them.</param>
/// <param name="Count">How many.</param>
internal sealed record NamedValues(string Name, int Start, int Count)
{
    /// <summary>Values one after another.</summary>
    public static IReadOnlyList<NamedValues> InTurn(IEnumerable<(string Name, int Count)> values)
    {
        var all = new List<NamedValues>();
        foreach ((string name, int count) in values)
        {
            all.Add(new NamedValues(name, all.Sum(before => before.Count), count));
        }

        return all;
    }
}
