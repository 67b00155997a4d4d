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
        string last = Last(read.Graph).Activation;
        string[] losses = isLossInDoubt ? new[] { Labelled(last), nameof(HalfSquaredError), Catalogue.NoLoss } : new[] { read.Loss.Name };
        string? loss = losses.FirstOrDefault(name => !MemberConflicts.Find(type, MemberConflicts.Members(name, read.Number, read.SelfTest, read.Target.Dialect)).Any());
        return loss is null ? null : read with { Graph = Fitting(read.Graph, read.Loss with { Name = loss }) };
    }

    /// <summary>A loss that takes labels, and so has all members that any loss has, after an activation if there is one.</summary>
    private static string Labelled(string activation)
    {
        List<string> losses = Catalogue.LossNames.Where(name => Catalogue.Loss(name)!.HasLabels).ToList();
        return losses.FirstOrDefault(name => Catalogue.Loss(name)!.Accepts(activation)) ?? losses[0];
    }

    /// <summary>The network with a loss, and with another activation at the end where the loss needs one.</summary>
    private static NetworkGraph Fitting(NetworkGraph graph, LossSpec loss)
    {
        LayerSpec last = Last(graph);
        if (Catalogue.Loss(loss.Name) is { } formula && !formula.Accepts(last.Activation))
        {
            last = last with { Activation = Catalogue.ActivationNames.First(formula.Accepts), Alpha = null };
        }

        IEnumerable<LayerSpec> layers = graph.Nodes.Skip(1).Select(node => node.Layer).ToList();
        return NetworkGraph.Chain(graph.Input.Layer, layers.Take(graph.Nodes.Count - 2).Append(last), loss);
    }

    private static LayerSpec Last(NetworkGraph graph) => graph.Nodes[graph.Output.Node].Layer;
}
