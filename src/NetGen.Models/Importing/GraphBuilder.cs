using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Importing;

/// <summary>The graph of a model as it grows: operations on values of a sample become nodes. A view of a node, such as a transposition, stays one as long as it can.</summary>
internal sealed partial class GraphBuilder
{
    /// <summary>Most ranges that are copied one by one; more of them are chosen by a product with a matrix of zeros and ones.</summary>
    private const int MostRanges = 16;

    private readonly List<ModelNode> _nodes = new();
    private readonly Dictionary<ModelNode, int> _known = new();

    /// <summary>The nodes so far.</summary>
    public IReadOnlyList<ModelNode> Nodes => _nodes;

    /// <summary>Adds a node, unless the same is there already.</summary>
    /// <returns>Its index.</returns>
    public int Add(ModelNode node)
    {
        if (_known.TryGetValue(node, out int index))
        {
            return index;
        }

        if (node.Constants.Any(constants => Array.Exists(constants, constant => double.IsNaN(constant) || double.IsInfinity(constant))))
        {
            throw new ImportException("its weights have NaN or an infinity among them, which no trained network has");
        }

        _nodes.Add(node);
        _known.Add(node, _nodes.Count - 1);
        return _nodes.Count - 1;
    }

    /// <summary>A node with some values one after another.</summary>
    public int Node(Tensor tensor) => Node(tensor.IsKnown ? new[] { Constant(tensor) } : Ranges(tensor.Places), tensor);

    /// <summary>A formula of each value.</summary>
    public Tensor Map(Tensor tensor, Func<Scalar, Scalar> formula)
    {
        if (tensor.Values is { } values)
        {
            Scalar known = formula(Scalar.Variable);
            return Tensor.Known(tensor.Dimensions, Array.ConvertAll(values, known.At), tensor.IsInteger);
        }

        // What only moves values is put off, unless it leaves some of them out.
        if (OnlyNode(tensor) is { } node && IsAll(tensor.Places, _nodes[node].Size))
        {
            int mapped = Map(node, formula);
            return Tensor.Of(tensor.Dimensions, Array.ConvertAll(tensor.Places, place => new Place(mapped, place.Index)));
        }

        return Tensor.All(tensor.Dimensions, Map(Node(tensor), formula));
    }

    /// <summary>Two tensors of the same dimensions, value by value.</summary>
    public Tensor Combine(ScalarOperator operation, Tensor left, Tensor right)
    {
        if (right.Values is { Length: > 0 } constants)
        {
            return operation == ScalarOperator.Add && WithBias(left, constants) is { } biased ? biased : Array.TrueForAll(constants, constant => constant.Equals(constants[0]))
                ? Map(left, value => Scalar.Apply(operation, value, Scalar.Number(constants[0])))
                : WithConstants(operation, left, constants);
        }

        if (left.Values is { Length: > 0 } firsts)
        {
            return Array.TrueForAll(firsts, constant => constant.Equals(firsts[0]))
                ? Map(right, value => Scalar.Apply(operation, Scalar.Number(firsts[0]), value))
                : WithConstants(operation, firsts, right);
        }

        if (Fused(operation, left, right) is { } fused)
        {
            return fused;
        }

        if (operation == ScalarOperator.Divide)
        {
            return LayerNorm(left, right) ?? Combine(ScalarOperator.Multiply, left, Map(right, value => Scalar.Apply(ScalarOperator.Divide, Scalar.Number(1), value)));
        }

        if (operation is not (ScalarOperator.Add or ScalarOperator.Subtract or ScalarOperator.Multiply))
        {
            throw new ImportException("its operands are both computed; that is read of Add, Sub, Mul and Div alone");
        }

        int one = Node(left);
        int other = Node(right);
        int pair = Fused(operation, one, other) ?? Add(new PairNode(operation, one, other, left.Count));
        NoteCentering(operation, pair, one, right);
        return Tensor.All(left.Dimensions, pair);
    }

    /// <summary>Each value times a number of its own, plus another: <c>(x − centre) ⊙ scale + offset</c>.</summary>
    public Tensor Affine(Tensor tensor, double[] center, double[] scale, double[] offset)
    {
        int node;
        int[] order;
        if (OnlyNode(tensor) is { } only && tensor.Count == _nodes[only].Size && IsAll(tensor.Places, tensor.Count))
        {
            node = only;
            order = Array.ConvertAll(tensor.Places, place => place.Index);
        }
        else
        {
            node = Node(tensor);
            order = Enumerable.Range(0, tensor.Count).ToArray();
        }

        double[] Ordered(double[] values)
        {
            var ordered = new double[values.Length];
            for (int index = 0; index < values.Length; index++)
            {
                ordered[order[index]] = values[index];
            }

            return ordered;
        }

        int affine = Add(new AffineNode(node, Ordered(center), Ordered(scale), Ordered(offset)));
        return Tensor.Of(tensor.Dimensions, Array.ConvertAll(order, index => new Place(affine, index)));
    }

    private Tensor WithConstants(ScalarOperator operation, Tensor tensor, double[] constants)
    {
        double[] zeros = new double[constants.Length];
        double[] ones = AffineNode.Same(constants.Length, 1);
        return operation switch
        {
            ScalarOperator.Add => Affine(tensor, zeros, ones, constants),
            ScalarOperator.Subtract => Affine(tensor, constants, ones, zeros),
            ScalarOperator.Multiply => Affine(tensor, zeros, constants, zeros),
            ScalarOperator.Divide => Affine(tensor, zeros, Array.ConvertAll(constants, constant => 1 / constant), zeros),
            _ => throw new ImportException("its constants differ from value to value; that is read of Add, Sub, Mul and Div alone"),
        };
    }

    private Tensor WithConstants(ScalarOperator operation, double[] constants, Tensor tensor) => operation switch
    {
        ScalarOperator.Add or ScalarOperator.Multiply => WithConstants(operation, tensor, constants),
        ScalarOperator.Subtract => Affine(tensor, constants, AffineNode.Same(constants.Length, -1), new double[constants.Length]),
        ScalarOperator.Divide => WithConstants(ScalarOperator.Multiply, Map(tensor, value => Scalar.Apply(ScalarOperator.Divide, Scalar.Number(1), value)), constants),
        _ => throw new ImportException("its constants differ from value to value; that is read of Add, Sub, Mul and Div alone"),
    };

    private int Map(int node, Func<Scalar, Scalar> formula)
    {
        (int input, Scalar first) = FormulaOf(node);
        Scalar second = formula(first);
        if (second.Operations > Scalar.MostOperations && !first.IsVariable)
        {
            input = node;
            second = formula(Scalar.Variable);
        }

        return second.IsVariable ? input : Add(new ScalarNode(input, second, _nodes[node].Size));
    }

    /// <summary>What a node is a formula of.</summary>
    private (int Input, Scalar Formula) FormulaOf(int node) => _nodes[node] is ScalarNode scalar ? (scalar.Input, scalar.Formula) : (node, Scalar.Variable);

    /// <summary>Two tensors as one formula, where they are the same values of formulas of one node.</summary>
    private Tensor? Fused(ScalarOperator operation, Tensor left, Tensor right)
    {
        if (OnlyNode(left) is not { } one || OnlyNode(right) is not { } other || !IsAll(left.Places, _nodes[one].Size))
        {
            return null;
        }

        for (int index = 0; index < left.Count; index++)
        {
            if (left.Places[index].Index != right.Places[index].Index)
            {
                return null;
            }
        }

        return Fused(operation, one, other) is { } fused ? Tensor.Of(left.Dimensions, Array.ConvertAll(left.Places, place => new Place(fused, place.Index))) : null;
    }

    private int? Fused(ScalarOperator operation, int left, int right)
    {
        (int input, Scalar one) = FormulaOf(left);
        (int otherInput, Scalar other) = FormulaOf(right);
        Scalar formula = Scalar.Apply(operation, one, other);
        return input != otherInput || _nodes[left].Size != _nodes[right].Size || formula.Operations > Scalar.MostOperations ? null
            : formula.IsVariable ? input
            : Add(new ScalarNode(input, formula, _nodes[left].Size));
    }

    /// <summary>The node that all of a tensor is of, or null.</summary>
    private static int? OnlyNode(Tensor tensor)
    {
        if (tensor.IsKnown || tensor.Count == 0)
        {
            return null;
        }

        int node = tensor.Places[0].Node;
        return Array.TrueForAll(tensor.Places, place => place.Node == node) ? node : null;
    }

    /// <summary>Whether places of one node are all of its values, in any order, some of them perhaps several times.</summary>
    private static bool IsAll(Place[] places, int size)
    {
        var seen = new bool[size];
        int count = 0;
        foreach (Place place in places)
        {
            count += seen[place.Index] ? 0 : 1;
            seen[place.Index] = true;
        }

        return count == size;
    }

    private SliceNode Constant(Tensor tensor)
    {
        if (tensor.Values is not { } values)
        {
            throw new ImportException("it computes with the size of the batch");
        }

        return new SliceNode(Add(new ConstantNode(values)), 0, tensor.Count);
    }

    private int Node(IReadOnlyList<SliceNode> ranges, Tensor tensor)
    {
        if (ranges.Count > MostRanges)
        {
            return Chosen(tensor.Places);
        }

        int[] parts = ranges.Select(Range).ToArray();
        return parts.Length == 1 ? parts[0] : Add(new ConcatNode(new ValueList<int>(parts), tensor.Count));
    }

    private int Range(SliceNode range) => range.Start == 0 && range.Size == _nodes[range.Input].Size ? range.Input : Add(range);

    /// <summary>Neighbouring places as ranges of nodes.</summary>
    private static List<SliceNode> Ranges(Place[] places)
    {
        var ranges = new List<SliceNode>();
        for (int start = 0; start < places.Length;)
        {
            int end = start + 1;
            while (end < places.Length && places[end].Node == places[start].Node && places[end].Index == places[end - 1].Index + 1)
            {
                end++;
            }

            ranges.Add(new SliceNode(places[start].Node, places[start].Index, end - start));
            start = end;
        }

        return ranges;
    }
}
