using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>Gives each output a node of its own, which no other reads: there its loss and its activation are computed together.</summary>
internal static class OutputNodes
{
    /// <summary>Adds a node for each output that is an input, another output, or read by a layer.</summary>
    /// <param name="graph">A graph whose outputs may be any of its nodes.</param>
    public static NetworkGraph Apart(NetworkGraph graph)
    {
        var nodes = new List<GraphNode>(graph.Nodes);
        var outputs = new List<GraphOutput>();
        HashSet<int> read = new(graph.Nodes.SelectMany(node => node.Inputs));
        foreach (GraphOutput output in graph.Outputs)
        {
            int node = output.Node;
            if (graph.Nodes[node].Layer.IsInput || read.Contains(node) || graph.Outputs.Count(other => other.Node == node) > 1)
            {
                nodes.Add(new GraphNode(output.Name + ".output", new Concat(1), EquatableArray<int>.Of(node)));
                node = nodes.Count - 1;
            }

            outputs.Add(output with { Node = node });
        }

        return new NetworkGraph(new EquatableArray<GraphNode>(nodes), new EquatableArray<GraphOutput>(outputs));
    }
}
