using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using NetGen.Generator.Model;

namespace NetGen.Generator.Importing;

/// <summary>Says how the network of a file differs from one that is declared, layer by layer in their order; <see cref="ModelOrder"/> finds those that do not.</summary>
internal static class ModelComparison
{
    /// <summary>How far numbers of a declaration may be from those of a file, which has them in single precision.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>All differences, at least one, each with the declared layer that it is about, from 0, or -1.</summary>
    /// <param name="declared">What is declared.</param>
    /// <param name="file">What the file has.</param>
    public static IEnumerable<(int Layer, string InFile, string Declared)> Of(NetworkGraph declared, NetworkGraph file)
    {
        int[] wanted = declared.InputValues().Select(input => input.Count).ToArray();
        int[] given = file.InputValues().Select(input => input.Count).ToArray();
        if (!wanted.SequenceEqual(given))
        {
            yield return (-1, Inputs(given), Inputs(wanted));
            yield break;
        }

        bool areAlike = true;
        GraphNode[] ours = declared.Nodes.Skip(wanted.Length).ToArray();
        GraphNode[] theirs = file.Nodes.Skip(given.Length).ToArray();
        for (int layer = 0; layer < Math.Max(ours.Length, theirs.Length); layer++)
        {
            if (layer >= ours.Length || layer >= theirs.Length)
            {
                yield return (Math.Min(layer, ours.Length - 1), Count(theirs), Count(ours));
                yield break;
            }

            if (!AreSame(ours[layer].Layer, theirs[layer].Layer) || !ours[layer].Inputs.Equals(theirs[layer].Inputs) || ours[layer].SharesWith != theirs[layer].SharesWith)
            {
                areAlike = false;
                bool isSame = ours[layer].Layer.Text == theirs[layer].Layer.Text;
                yield return (layer, Text(theirs[layer], isSame), Text(ours[layer], isSame));
            }
        }

        if (areAlike || !declared.Outputs.Select(output => output.Node).SequenceEqual(file.Outputs.Select(output => output.Node)))
        {
            yield return (-1, Named(file), Named(declared));
        }
    }

    /// <summary>Whether two layers compute the same, but for their parameters.</summary>
    public static bool AreSame(LayerSpec one, LayerSpec other) => one.GetType() == other.GetType() && Properties(one).All(property =>
        property.Name == "InitialValue" || (property.GetValue(one), property.GetValue(other)) switch
        {
            (double x, double y) => Math.Abs(x - y) <= Tolerance * Math.Max(Math.Abs(x), Math.Abs(y)),
            (OwnFormula x, OwnFormula y) => x.Nodes.Equals(y.Nodes),
            var (x, y) => Equals(x, y),
        });

    private static string Inputs(int[] sizes) => $"{(sizes.Length == 1 ? "an input" : "inputs")} of {string.Join(" and ", sizes)} values";

    private static string Count(GraphNode[] layers) => $"{layers.Length} layers";

    private static string Named(NetworkGraph graph) =>
        (graph.Inputs.Skip(1).Any() ? $"inputs {string.Join(", ", graph.Inputs.Select(input => $"'{input.Name}'"))} and " : "")
        + $"as outputs {string.Join(", ", graph.Outputs.Select(output => $"'{output.Name}' of layer {output.Node - graph.Inputs.Count() + 1}"))}";

    /// <summary>A layer as users know it; with all that is said of it where that is the same.</summary>
    private static string Text(GraphNode node, bool withDetails) => !withDetails ? node.Layer.Text
        : $"{node.Layer.Text} ({string.Join(", ", Properties(node.Layer).Select(property => $"{property.Name} = {property.GetValue(node.Layer) ?? "default"}").Append($"of node {string.Join(", ", node.Inputs)}").Concat(node.SharesWith is { } shared ? new[] { $"with the parameters of node {shared}" } : Array.Empty<string>()))})";

    private static IEnumerable<PropertyInfo> Properties(LayerSpec layer) => layer.GetType().GetProperties().Where(property => property.CanWrite);
}
