using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Networks as graphs: what follows from their nodes and edges, and when two of them are equal.</summary>
[Trait("Category", "Quick")]
public sealed class GraphTests
{
    private static readonly LossSpec Loss = new("Huber", SumOutputs: true, 0.5);

    /// <summary>A trunk that three nodes read: the first head, another layer twice over it, and that layer's head.</summary>
    private static readonly NetworkGraph Fan = new(
        new EquatableArray<GraphNode>(
        [
            new("State", new Input(4), default),
            Node("trunk", 8, 0),
            Node("Action", 2, 1),
            Node("again", 8, 1),
            Node("Value", 1, 3),
            Node("Late", 3, 1),
        ]),
        new EquatableArray<GraphOutput>([new("Action", 2, Loss), new("Value", 4, Loss), new("Late", 5, Loss)]));

    public static TheoryData<string> Changes => [.. All.Keys];

    private static readonly Dictionary<string, Func<NetworkGraph, NetworkGraph>> All = new()
    {
        ["a node's name"] = graph => With(graph, 1, node => node with { Name = "body" }),
        ["a layer"] = graph => With(graph, 1, node => node with { Layer = new Dense(8, "Relu") }),
        ["a layer's kind"] = graph => With(graph, 1, node => node with { Layer = new Input(8) }),
        ["an edge"] = graph => With(graph, 5, node => node with { Inputs = new EquatableArray<int>([3]) }),
        ["another edge"] = graph => With(graph, 5, node => node with { Inputs = new EquatableArray<int>([1, 1]) }),
        ["a node"] = graph => graph with { Nodes = new EquatableArray<GraphNode>(graph.Nodes.Append(Node("more", 1, 1))) },
        ["whose parameters a node has"] = graph => With(graph, 3, node => node with { SharesWith = 1 }),
        ["whether a node is trained"] = graph => With(graph, 1, node => node with { IsFrozen = true }),
        ["an output's name"] = graph => With(graph, output => output with { Name = "Critic" }),
        ["an output's node"] = graph => With(graph, output => output with { Node = 3 }),
        ["an output's loss"] = graph => With(graph, output => output with { Loss = Loss with { Name = "SquaredError" } }),
        ["an output's reduction"] = graph => With(graph, output => output with { Loss = Loss with { SumOutputs = false } }),
        ["an output's parameter"] = graph => With(graph, output => output with { Loss = Loss with { Delta = null } }),
        ["an output's label smoothing"] = graph => With(graph, output => output with { Loss = Loss with { LabelSmoothing = 0.5 } }),
        ["an output's weight"] = graph => With(graph, output => output with { Loss = Loss with { Weight = 0.5 } }),
        ["the order of outputs"] = graph => graph with { Outputs = new EquatableArray<GraphOutput>(graph.Outputs.Reverse()) },
        ["an output"] = graph => graph with { Outputs = new EquatableArray<GraphOutput>(graph.Outputs.Take(2)) },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Graphs_are_equal_when_all_in_them_is(string change)
    {
        NetworkGraph same = All[change](Fan);
        Assert.NotEqual(Fan, same);
        Assert.NotEqual(Fan.GetHashCode(), same.GetHashCode());
        NetworkGraph again = All[change](new NetworkGraph(new EquatableArray<GraphNode>(Fan.Nodes), new EquatableArray<GraphOutput>(Fan.Outputs)));
        Assert.Equal(same, again);
        Assert.Equal(same.GetHashCode(), again.GetHashCode());
    }

    [Fact]
    public void Gradients_of_a_node_are_added_from_its_last_reader_to_its_first()
    {
        NetworkGraph twice = With(Fan, 5, node => node with { Inputs = new EquatableArray<int>([1, 3, 1]) });
        IReadOnlyList<IReadOnlyList<GraphEdge>> readers = twice.Readers();
        Assert.Equal([new GraphEdge(0, 1, 0)], readers[0]);
        Assert.Equal([new GraphEdge(1, 5, 0), new GraphEdge(1, 5, 2), new GraphEdge(1, 3, 0), new GraphEdge(1, 2, 0)], readers[1]);
        Assert.Equal([new GraphEdge(3, 5, 1), new GraphEdge(3, 4, 0)], readers[3]);
        Assert.All(new[] { 2, 4, 5 }, output => Assert.Empty(readers[output]));
        Assert.Equal([4, 8, 2, 8, 1, 3], twice.Sizes());
    }

    [Fact]
    public void A_list_of_layers_is_a_chain()
    {
        NetworkGraph chain = NetworkGraph.Chain(new Input(4), [new Dense(8, "Tanh"), new Dense(2, "Identity", UseBias: false)], Loss);
        Assert.True(chain.IsChain);
        Assert.Equal(["input", "layers.0", "layers.1"], chain.Nodes.Select(node => node.Name));
        Assert.Equal([4, 8, 2], chain.Sizes());
        Assert.Equal(new GraphOutput("output", 2, Loss), chain.Output);
        Assert.Equal(4, ((Input)chain.Input.Layer).Values);

        // One step off the chain each.
        Assert.False(Fan.IsChain);
        Assert.False(With(chain, 2, node => node with { Inputs = new EquatableArray<int>([0]) }).IsChain);
        Assert.False(With(chain, 2, node => node with { Inputs = new EquatableArray<int>([1, 1]) }).IsChain);
        Assert.False(With(chain, 1, node => node with { Inputs = default }).IsChain);
        Assert.False(With(chain, output => output with { Node = 1 }).IsChain);
        Assert.False((chain with { Outputs = new EquatableArray<GraphOutput>(chain.Outputs.Concat(chain.Outputs)) }).IsChain);
        Assert.False((chain with { Nodes = new EquatableArray<GraphNode>(chain.Nodes.Take(1)) }).IsChain);
    }

    /// <summary>What cannot be planned is refused, rather than planned as something else.</summary>
    [Fact]
    public void Other_graphs_than_those_that_can_be_planned_are_refused()
    {
        NetworkGraph two = Graph(Node("first", 3, 0), Node("second", 3, 0), new GraphNode("sum", new Add(), new EquatableArray<int>([1, 2])));
        Assert.Equal(3, Planner.Plan(Spec(two)).Layers.Count);
        Refused("Two outputs are one node", two with { Outputs = new EquatableArray<GraphOutput>(two.Outputs.Concat(two.Outputs)) });
        Refused("at least one output", two with { Outputs = default });
        Refused("The node 'first' is an output and read by another", With(two, output => output with { Node = 1 }));
        Refused("The input 'second' comes after a layer", With(two, 2, node => node with { Layer = new Input(3), Inputs = default }));
        Refused("at least one input", With(two, 0, node => node with { Layer = new Dense(3, "Tanh") }));
        Refused("reads two nodes of one size, given 3 and 2 values", With(two, 2, node => node with { Layer = new Dense(2, "Tanh") }));
        Refused("reads two nodes, given 1", With(With(two, 2, node => node with { Inputs = new EquatableArray<int>([1]) }), 3, node => node with { Inputs = new EquatableArray<int>([2]) }));
        Refused("Dense(3, tanh) reads one node, given 2", With(two, 2, node => node with { Inputs = new EquatableArray<int>([0, 1]) }));
        Refused("Nothing reads the node 'first'", With(two, 3, node => node with { Inputs = new EquatableArray<int>([2, 2]) }));

        NetworkGraph shared = Graph(Node("first", 4, 0), Node("second", 4, 1) with { SharesWith = 1 }, Node("third", 4, 2) with { SharesWith = 1 });
        Refused("'third' has the parameters of 'second', which has those of another", With(shared, 3, node => node with { SharesWith = 2 }));
        Refused("'second' has the parameters of 'first', which is another layer", With(shared, 2, node => node with { Layer = new Dense(4, "Relu") }));
        Refused("'first' has the parameters of 'input', which is another layer", With(shared, 1, node => node with { SharesWith = 0 }));
        Refused("'third' has the parameters of 'first', of which one is frozen", With(shared, 3, node => node with { IsFrozen = true }));

        static void Refused(string message, NetworkGraph graph) => Assert.Contains(message, Assert.Throws<ArgumentException>(() => Planner.Plan(Spec(graph))).Message);
    }

    [Fact]
    public void Shared_parameters_are_there_once()
    {
        NetworkPlan plan = Planner.Plan(Spec(Graph(Node("first", 4, 0), Node("second", 4, 1) with { SharesWith = 1 }, Node("third", 4, 2) with { SharesWith = 1 })));
        Assert.Equal(["first.weight", "first.bias"], plan.Blocks.Select(block => block.Name));
        Assert.Equal((20, 32), (plan.ParameterCount, plan.BufferLength));
        Assert.All(plan.Layers, layer => Assert.Equal(plan.Layers[0].Blocks, layer.Blocks));
    }

    private static NetworkGraph Graph(params GraphNode[] layers) => new(
        new EquatableArray<GraphNode>(layers.Prepend(new GraphNode("input", new Input(4), default))), new EquatableArray<GraphOutput>([new("output", layers.Length, Loss)]));

    private static NetworkSpec Spec(NetworkGraph graph) => new(
        new TypeSpec("Demo", default, "Net", "Demo.Net.g.cs"),
        graph,
        NumberType.Single,
        IsFused: false,
        Unrolling.Auto,
        new TargetSpec(Dialect.Modern, Contract.Static, AggressiveOptimization: true));

    private static GraphNode Node(string name, int units, int input) => new(name, new Dense(units, "Tanh"), new EquatableArray<int>([input]));

    private static NetworkGraph With(NetworkGraph graph, int index, Func<GraphNode, GraphNode> change) =>
        graph with { Nodes = new EquatableArray<GraphNode>(graph.Nodes.Select((node, place) => place == index ? change(node) : node)) };

    private static NetworkGraph With(NetworkGraph graph, Func<GraphOutput, GraphOutput> change) =>
        graph with { Outputs = new EquatableArray<GraphOutput>(graph.Outputs.Select((output, place) => place == 0 ? change(output) : output)) };
}
