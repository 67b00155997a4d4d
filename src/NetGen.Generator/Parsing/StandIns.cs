using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Losses;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Completes what could be read of a wrong declaration to a network that could be planned and has the members which the class would have: sizes that are
/// not known are 1.
/// </summary>
internal static class StandIns
{
    /// <summary>Completes a network.</summary>
    /// <param name="type">The class.</param>
    /// <param name="read">What could be read, with the loss that was declared.</param>
    /// <param name="isLossInDoubt">The loss is missing or wrong: another one may have more members.</param>
    /// <returns>The network, or null where each that comes into question has a member that the class has already.</returns>
    public static NetworkSpec? Complete(INamedTypeSymbol type, NetworkSpec read, bool isLossInDoubt)
    {
        string last = read.Graph.Nodes[read.Graph.Output.Node].Layer.Activation;
        string[] losses = isLossInDoubt ? new[] { Labelled(last), nameof(HalfSquaredError), Catalogue.NoLoss } : new[] { read.Loss.Name };
        return losses.Select(name => read with { Graph = Fitting(read.Graph, name) })
            .FirstOrDefault(spec => !MemberConflicts.Find(type, MemberConflicts.Members(spec.Graph, spec.Number, spec.SelfTest, spec.Target.Dialect, spec.BatchTerms)).Any());
    }

    /// <summary>A loss that takes labels, and so has all members that any loss has, after an activation if there is one.</summary>
    private static string Labelled(string activation)
    {
        List<string> losses = Catalogue.LossNames.Where(name => Catalogue.Loss(name)!.HasLabels).ToList();
        return losses.FirstOrDefault(name => Catalogue.Loss(name)!.Accepts(activation)) ?? losses[0];
    }

    /// <summary>The network with a loss of its first output, and with another activation where the loss of an output needs one.</summary>
    private static NetworkGraph Fitting(NetworkGraph graph, string loss)
    {
        GraphOutput[] outputs = graph.Outputs.Select((output, index) => index == 0 ? output with { Loss = output.Loss with { Name = loss } } : output).ToArray();
        GraphNode[] nodes = graph.Nodes.ToArray();
        foreach (GraphOutput output in outputs)
        {
            LayerSpec layer = nodes[output.Node].Layer;
            if (Catalogue.Loss(output.Loss.Name) is { } formula && !formula.Accepts(layer.Activation))
            {
                layer = layer with { Activation = Catalogue.ActivationNames.First(formula.Accepts), Alpha = null };
                nodes[output.Node] = nodes[output.Node] with { Layer = layer };
            }
        }

        return new NetworkGraph(EquatableArray<GraphNode>.Of(nodes), EquatableArray<GraphOutput>.Of(outputs));
    }
}
