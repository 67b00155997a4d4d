using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>The sizes that the constants of a class tell.</summary>
internal sealed record NetworkSizes(int Inputs, int Outputs, int Parameters, int Trace)
{
    public static NetworkSizes Of(NetworkPlan plan) => new(plan.Spec.Inputs, plan.Last.Units, plan.ParameterCount, plan.TraceLength);
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
        LayerSpec last = graph.Nodes[graph.Output.Node].Layer;
        NetworkPlan plan = Planner.Plan(stub.StandIn with { Graph = NetworkGraph.Chain(graph.Input.Layer.WithSize(1), new[] { last.WithSize(1) }, graph.Output.Loss) });
        return new StubPlan(plan, new NetworkSizes(stub.StandIn.Inputs, graph.Sizes()[graph.Output.Node], 1, 1), stub.Reason);
    }
}
