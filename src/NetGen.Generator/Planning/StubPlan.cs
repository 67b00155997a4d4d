using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>The sizes that the constants of a class tell.</summary>
/// <param name="InputValues">The inputs of a sample.</param>
/// <param name="OutputValues">Its outputs.</param>
/// <param name="Parameters">Number of parameters.</param>
/// <param name="Trace">Values in a trace.</param>
internal sealed record NetworkSizes(IReadOnlyList<NamedValues> InputValues, IReadOnlyList<NamedValues> OutputValues, int Parameters, int Trace)
{
    /// <summary>Values of all inputs.</summary>
    public int Inputs => InputValues.Sum(values => values.Count);

    /// <summary>Values of all outputs.</summary>
    public int Outputs => OutputValues.Sum(values => values.Count);

    /// <summary>The sizes of a network.</summary>
    public static NetworkSizes Of(NetworkPlan plan) => Of(plan.Spec.Graph, plan.ParameterCount, plan.TraceLength);

    /// <summary>Those of a graph, with what a plan would say.</summary>
    public static NetworkSizes Of(NetworkGraph graph, int parameters, int trace) => new(graph.InputValues(), graph.OutputValues(), parameters, trace);
}

/// <summary>What is written in place of a network that is wrong: members of a plan, which throw.</summary>
/// <param name="Plan">A network with the same members.</param>
/// <param name="Sizes">What the constants tell.</param>
/// <param name="Reason">What is wrong.</param>
internal sealed record StubPlan(NetworkPlan Plan, NetworkSizes Sizes, string Reason)
{
    /// <summary>Plans a stub. A network too large for a plan keeps the sizes of its ends; what follows from a plan is 1.</summary>
    public static StubPlan Of(StubSpec stub)
    {
        if (Planner.FirstTooLarge(stub.StandIn.Graph) is not null)
        {
            return Smallest(stub);
        }

        NetworkPlan plan = Planner.Plan(stub.StandIn);
        return new StubPlan(plan, NetworkSizes.Of(plan), stub.Reason);
    }

    /// <summary>Plans the smallest network with the members of a stub.</summary>
    public static StubPlan Smallest(StubSpec stub)
    {
        NetworkGraph graph = stub.StandIn.Graph;
        GraphNode[] inputs = graph.Inputs.Select(input => input with { Layer = input.Layer.WithSize(1) }).ToArray();
        IEnumerable<GraphNode> outputs = graph.Outputs.Select(output => graph.Nodes[output.Node])
            .Select(node => node with { Layer = node.Layer.WithSize(1), Inputs = new EquatableArray<int>(node.Inputs.Select(_ => 0)) });
        var smallest = new NetworkGraph(
            new EquatableArray<GraphNode>(inputs.Concat(outputs)),
            new EquatableArray<GraphOutput>(graph.Outputs.Select((output, index) => output with { Node = inputs.Length + index })));
        return new StubPlan(Planner.Plan(stub.StandIn with { Graph = smallest }), NetworkSizes.Of(graph, 1, 1), stub.Reason);
    }
}
