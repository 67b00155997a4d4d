using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Tests;

/// <summary>Computes a graph in double precision, node by node as each is defined.</summary>
internal static class GraphValues
{
    /// <summary>The values of an output for the inputs of one sample.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="output">One of its outputs.</param>
    /// <param name="inputs">The values of all inputs.</param>
    /// <param name="round">What becomes of each value that is computed; nothing unless given.</param>
    public static double[] Of(ModelGraph graph, ModelOutput output, IReadOnlyDictionary<string, double[]> inputs, Func<double, double>? round = null)
    {
        var values = new double[graph.Nodes.Count][];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = Of(graph, graph.Nodes[index], values, inputs);
            values[index] = round is null || graph.Nodes[index] is SourceNode ? values[index] : Array.ConvertAll(values[index], value => round(value));
            Assert(graph.Nodes[index].Inputs.All(input => input < index), "A node reads a later one.");
            Assert(values[index].Length == graph.Nodes[index].Size, "A node has another size.");
        }

        return values[output.Node];
    }

    private static double[] Of(ModelGraph graph, ModelNode node, double[][] values, IReadOnlyDictionary<string, double[]> inputs) => node switch
    {
        InputNode input => inputs[input.InputName],
        ConstantNode constant => constant.Values,
        DenseNode dense => Dense(dense.SharesWith is { } shared ? (DenseNode)graph.Nodes[shared] : dense, values[dense.Input]),
        AffineNode affine => [.. values[affine.Input].Select((x, unit) => (x - affine.Center[unit]) * affine.Scale[unit] + affine.Offset[unit])],
        ScalarNode scalar => [.. values[scalar.Input].Select(scalar.Formula.At)],
        PairNode pair => [.. values[pair.Left].Zip(values[pair.Right], (x, y) => ScalarFunctions.Value(pair.Operator, 0, [x, y]))],
        SliceNode slice => values[slice.Input][slice.Start..(slice.Start + slice.Size)],
        ConcatNode concat => [.. concat.Parts.SelectMany(part => values[part])],
        SoftmaxNode softmax => [.. values[softmax.Input].Chunk(softmax.Group).SelectMany(group => Softmax(group, softmax.IsLog))],
        LayerNormNode norm => LayerNorm(norm, values[norm.Input]),
        ArgMaxNode choice => [.. values[choice.Input].Chunk(choice.Group).Select(group => (double)Array.IndexOf(group, group.Max()))],
        _ => throw new ArgumentException($"A {node.GetType().Name} has no values.", nameof(node)),
    };

    private static double[] Dense(DenseNode dense, double[] x)
    {
        double[] z = dense.Bias is null ? new double[dense.Size] : [.. dense.Bias];
        for (int unit = 0; unit < z.Length; unit++)
        {
            for (int input = 0; input < x.Length; input++)
            {
                z[unit] += dense.Weight[unit * x.Length + input] * x[input];
            }
        }

        return z;
    }

    private static IEnumerable<double> Softmax(double[] x, bool isLog)
    {
        double most = x.Max();
        double sum = x.Sum(value => Math.Exp(value - most));
        return x.Select(value => isLog ? value - most - Math.Log(sum) : Math.Exp(value - most) / sum);
    }

    private static double[] LayerNorm(LayerNormNode norm, double[] x)
    {
        double mean = x.Average();
        double deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + norm.Epsilon);
        return [.. x.Select((value, unit) => (value - mean) / deviation * (norm.Weight?[unit] ?? 1) + (norm.Bias?[unit] ?? 0))];
    }

    private static void Assert(bool isTrue, string message)
    {
        if (!isTrue)
        {
            throw new InvalidOperationException(message);
        }
    }
}
