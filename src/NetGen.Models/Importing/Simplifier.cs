using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Importing;

/// <summary>Brings a graph to its normal form: no node that no output needs, no factor or term that fits into the weights beside it.</summary>
internal sealed class Simplifier
{
    /// <summary>
    /// A normalisation goes into the weights behind it only where its mean is at most so many deviations from 0: the terms that cancel are larger by this factor, and so are the errors of
    /// rounding them, 2⁻²⁴ each in single precision, which so stay below 10⁻⁶.
    /// </summary>
    private const double MostCancellation = 16;

    private readonly List<ModelNode> _nodes;
    private readonly List<ModelOutput> _outputs;

    private readonly List<string> _inputs;

    /// <summary>The nodes whose weights others have too.</summary>
    private readonly HashSet<int> _owners = new();
    private readonly bool _keepsNormalisation;

    private Simplifier(ModelGraph graph, List<string> inputs, bool keepsNormalisation)
    {
        _keepsNormalisation = keepsNormalisation;
        _nodes = graph.Nodes.ToList();
        _outputs = graph.Outputs.ToList();
        _inputs = inputs;
    }

    /// <summary>A graph in normal form.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">The names of the inputs, in the order that they shall have.</param>
    /// <param name="keepsNormalisation">Factors and terms of an input stay by themselves.</param>
    public static ModelGraph Simplify(ModelGraph graph, List<string> inputs, bool keepsNormalisation)
    {
        var simplifier = new Simplifier(graph, inputs, keepsNormalisation);
        simplifier.Rewrite();
        return simplifier.Used();
    }

    private void Rewrite()
    {
        SplitLines();

        _owners.UnionWith(_nodes.OfType<DenseNode>().Select(dense => dense.SharesWith).OfType<int>());

        // In the order of the nodes: what a node reads is in its final form.
        int[] readers = Readers();
        for (int node = 0; node < _nodes.Count; node++)
        {
            if (_nodes[node] is AffineNode affine && readers[node] > 0)
            {
                Merge(node, affine, readers);
            }
        }

        for (int node = 0; node < _nodes.Count; node++)
        {
            if (_nodes[node] is SliceNode { Input: var input } slice && _nodes[input] is DenseNode dense && IsAlone(input) && readers[input] == 1)
            {
                _nodes[node] = Rows(dense, slice.Start, slice.Size);
            }
        }

        ILookup<int, int> reading = Enumerable.Range(0, _nodes.Count).SelectMany(reader => _nodes[reader].Inputs.Distinct().Select(input => (input, reader))).ToLookup(edge => edge.input, edge => edge.reader);
        HashSet<int> outputs = new(_outputs.Select(output => output.Node));
        for (int node = 0; node < _nodes.Count; node++)
        {
            if (_nodes[node] is AffineNode affine && !outputs.Contains(node))
            {
                MergeIntoReaders(affine, reading[node].ToArray());
            }
        }
    }

    /// <summary>Factors and terms in formulas as nodes of their own, which may go into weights; what has a name of its own, by that.</summary>
    private void SplitLines()
    {
        var moved = new int[_nodes.Count];
        var nodes = new List<ModelNode>();
        for (int node = 0; node < _nodes.Count; node++)
        {
            ModelNode next = _nodes[node].Moved(input => moved[input]);
            if (next is ScalarNode scalar)
            {
                Scalar line = scalar.Formula.InnerLine();
                Scalar rest = ScalarNames.Known(scalar.Formula.Without(line));
                if (line.Line() is { } known && !line.IsVariable)
                {
                    nodes.Add(new AffineNode(scalar.Input, new double[scalar.Size], AffineNode.Same(scalar.Size, known.Slope), AffineNode.Same(scalar.Size, known.Intercept)));
                    next = new ScalarNode(nodes.Count - 1, rest, scalar.Size);
                }
                else
                {
                    next = scalar with { Formula = rest };
                }

                if (rest.IsVariable)
                {
                    moved[node] = nodes.Count - 1;
                    continue;
                }
            }

            moved[node] = nodes.Count;
            nodes.Add(next);
        }

        _nodes.Clear();
        _nodes.AddRange(nodes);
        for (int output = 0; output < _outputs.Count; output++)
        {
            _outputs[output] = _outputs[output] with { Node = moved[_outputs[output].Node] };
        }
    }

    /// <summary>A factor and a term behind weights, or behind another factor and term, go into those.</summary>
    private void Merge(int node, AffineNode affine, int[] readers)
    {
        int input = affine.Input;
        double[] Combined(Func<int, double> value) => Enumerable.Range(0, affine.Size).Select(value).ToArray();
        if (readers[input] != 1)
        {
            return;
        }

        switch (_nodes[input])
        {
            case DenseNode { IsFixed: false } dense when IsAlone(input):
                int inputs = dense.Weight.Length / dense.Size;
                _nodes[node] = dense with
                {
                    Weight = Enumerable.Range(0, dense.Weight.Length).Select(index => dense.Weight[index] * affine.Scale[index / inputs]).ToArray(),
                    Bias = Combined(unit => ((dense.Bias?[unit] ?? 0) - affine.Center[unit]) * affine.Scale[unit] + affine.Offset[unit]),
                };
                readers[input] = 0;
                break;
            case LayerNormNode norm when affine.Center.All(value => value == 0):
                _nodes[node] = norm with
                {
                    Weight = Combined(unit => (norm.Weight?[unit] ?? 1) * affine.Scale[unit]),
                    Bias = Combined(unit => (norm.Bias?[unit] ?? 0) * affine.Scale[unit] + affine.Offset[unit]),
                };
                readers[input] = 0;
                break;
            case AffineNode first:
                // A term alone is a centre, so that x − mean stays a difference of numbers of one size.
                bool isShift = first.Scale.All(scale => scale == 1);
                double[] center = isShift ? Combined(unit => first.Center[unit] - first.Offset[unit] + affine.Center[unit]) : first.Center;
                _nodes[node] = new AffineNode(
                    first.Input,
                    center,
                    Combined(unit => first.Scale[unit] * affine.Scale[unit]),
                    isShift ? affine.Offset : Combined(unit => (first.Offset[unit] - affine.Center[unit]) * affine.Scale[unit] + affine.Offset[unit]));
                readers[input] = 0;
                break;
        }
    }

    /// <summary>A factor and a term before weights go into all that read them, or stay.</summary>
    private void MergeIntoReaders(AffineNode affine, int[] readers)
    {
        bool fits = readers.Length > 0
            && !(_keepsNormalisation && _nodes[affine.Input] is InputNode)
            && readers.All(reader => _nodes[reader] is DenseNode { IsFixed: false } && IsAlone(reader))
            && Enumerable.Range(0, affine.Size).All(index => Math.Abs(Intercept(affine, index)) <= MostCancellation && !double.IsInfinity(affine.Scale[index]));
        if (!fits)
        {
            return;
        }

        foreach (int reader in readers)
        {
            var dense = (DenseNode)_nodes[reader];
            int inputs = affine.Size;
            var bias = new double[dense.Size];
            for (int unit = 0; unit < dense.Size; unit++)
            {
                bias[unit] = dense.Bias?[unit] ?? 0;
                for (int index = 0; index < inputs; index++)
                {
                    bias[unit] += dense.Weight[unit * inputs + index] * Intercept(affine, index);
                }
            }

            _nodes[reader] = dense with
            {
                Input = affine.Input,
                Weight = Enumerable.Range(0, dense.Weight.Length).Select(index => dense.Weight[index] * affine.Scale[index % inputs]).ToArray(),
                Bias = bias,
            };
        }
    }

    /// <summary>Whether a node has weights that no other has.</summary>
    private bool IsAlone(int node) => _nodes[node] is DenseNode { SharesWith: null } && !_owners.Contains(node);

    private static double Intercept(AffineNode affine, int index) => affine.Offset[index] - affine.Center[index] * affine.Scale[index];

    private static DenseNode Rows(DenseNode dense, int start, int count)
    {
        int inputs = dense.Weight.Length / dense.Size;
        return dense with
        {
            Size = count,
            Weight = dense.Weight.Skip(start * inputs).Take(count * inputs).ToArray(),
            Bias = dense.Bias?.Skip(start).Take(count).ToArray(),
        };
    }

    /// <summary>How many nodes and outputs read each node, those that no output needs left out.</summary>
    private int[] Readers()
    {
        var readers = new int[_nodes.Count];
        foreach (ModelOutput output in _outputs)
        {
            readers[output.Node]++;
        }

        for (int node = _nodes.Count - 1; node >= 0; node--)
        {
            if (readers[node] > 0)
            {
                foreach (int input in _nodes[node].Inputs)
                {
                    readers[input]++;
                }
            }
        }

        return readers;
    }

    /// <summary>Weights whose first node no output needs belong to the next one that has them.</summary>
    private void HandOver(int[] readers)
    {
        var heirs = new Dictionary<int, int>();
        for (int node = 0; node < _nodes.Count; node++)
        {
            if (readers[node] > 0 && _nodes[node] is DenseNode { SharesWith: { } owner } dense && readers[owner] == 0)
            {
                bool isHeir = !heirs.TryGetValue(owner, out int heir);
                _nodes[node] = dense with { SharesWith = isHeir ? null : heir };
                if (isHeir)
                {
                    heirs.Add(owner, node);
                }
            }
        }
    }

    /// <summary>The nodes that the outputs need, inputs first.</summary>
    private ModelGraph Used()
    {
        int[] readers = Readers();
        HandOver(readers);
        int[] order = Enumerable.Range(0, _nodes.Count).Where(node => readers[node] > 0).OrderBy(node => _nodes[node] is InputNode input ? _inputs.IndexOf(input.InputName) : int.MaxValue).ThenBy(node => node).ToArray();
        int[] places = new int[_nodes.Count];
        for (int index = 0; index < order.Length; index++)
        {
            places[order[index]] = index;
        }

        return new ModelGraph(
            order.Select(node => _nodes[node].Moved(input => places[input])).ToArray(),
            _outputs.Select(output => output with { Node = places[output.Node] }).ToArray());
    }
}
