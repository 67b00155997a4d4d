using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Importing;

/// <summary>Products with matrices, and what is computed for each row of a tensor by itself.</summary>
internal sealed partial class GraphBuilder
{
    /// <summary>Most rows of a sample that one layer is applied to, each a node of its own.</summary>
    private const int MostRows = 64;

    /// <summary>Most elements of a matrix that only chooses values.</summary>
    private const int MostChosen = 1 << 20;

    /// <summary>The product of a matrix with each row, the last dimension, of a tensor.</summary>
    /// <param name="tensor">The rows.</param>
    /// <param name="weight">The matrix, <c>[unit][input]</c>.</param>
    /// <param name="units">Its units.</param>
    /// <param name="name">What it is called in the file.</param>
    public Tensor Dense(Tensor tensor, double[] weight, int units, string name)
    {
        int? first = null;
        return ByRow(tensor, units, row =>
        {
            (int node, double[] scattered) = Reads(row, weight, units);
            if (!ReferenceEquals(scattered, weight))
            {
                // Columns that were moved for one row are no weights of another.
                return Add(new DenseNode(node, scattered, null, units) { Name = name });
            }

            int dense = Add(new DenseNode(node, weight, null, units) { Name = name, SharesWith = first });
            first ??= dense;
            return dense;
        });
    }

    /// <summary>Products with one matrix for several rows, with a term that is the same for each: it becomes their bias. Null for anything else.</summary>
    private Tensor? WithBias(Tensor tensor, double[] terms)
    {
        if (tensor.IsKnown || tensor.Count == 0 || _nodes[tensor.Places[0].Node] is not DenseNode { Bias: null, IsFixed: false } first || tensor.Count % first.Size != 0)
        {
            return null;
        }

        double[] bias = terms.Take(first.Size).ToArray();
        int shared = tensor.Places[0].Node;
        int[] rows = Enumerable.Range(0, tensor.Count / first.Size).Select(row => tensor.Places[row * first.Size].Node).ToArray();
        bool areRows = rows.Skip(1).All(row => _nodes[row] is DenseNode other && other.SharesWith == shared)
            && Enumerable.Range(0, tensor.Count).All(index => tensor.Places[index] == new Place(rows[index / first.Size], index % first.Size) && terms[index].Equals(bias[index % first.Size]));
        if (!areRows || first.SharesWith is not null)
        {
            return null;
        }

        int? with = null;
        var places = new Place[tensor.Count];
        for (int row = 0; row < rows.Length; row++)
        {
            int node = Add((DenseNode)_nodes[rows[row]] with { Bias = bias, SharesWith = with });
            with ??= node;
            for (int unit = 0; unit < first.Size; unit++)
            {
                places[row * first.Size + unit] = new Place(node, unit);
            }
        }

        return Tensor.Of(tensor.Dimensions, places);
    }

    /// <summary>Softmax, or its logarithm, of each row.</summary>
    public Tensor Softmax(Tensor tensor, bool isLog)
    {
        int group = tensor.Dimensions[tensor.Rank - 1].Size;
        return tensor.Count == 0 ? tensor : Tensor.All(tensor.Dimensions, Add(new SoftmaxNode(Node(tensor), group, isLog, tensor.Count)));
    }

    /// <summary>The index of the largest value of each row.</summary>
    public Tensor ArgMax(Tensor tensor)
    {
        int group = tensor.Dimensions[tensor.Rank - 1].Size;
        int node = Node(tensor);

        // The order of the values is that of what softmax and logarithm are taken of; comparing those themselves finds ties that rounding made.
        while (Monotone(node, group) is { } input)
        {
            node = input;
        }

        int rows = tensor.Count / group;
        return Tensor.All(tensor.Dimensions.Take(tensor.Rank - 1).ToArray(), Add(new ArgMaxNode(node, group, rows)), isInteger: true);
    }

    /// <summary>Layer normalisation of each row.</summary>
    public Tensor LayerNorm(Tensor tensor, double epsilon, double[]? weight, double[]? bias) =>
        ByRow(tensor, tensor.Dimensions[tensor.Rank - 1].Size, row => Add(new LayerNormNode(Node(row), epsilon, weight, bias, row.Count)));

    /// <summary>The sum of each row, times a factor.</summary>
    public Tensor Sum(Tensor tensor, double factor)
    {
        int group = tensor.Dimensions[tensor.Rank - 1].Size;
        int rows = tensor.Count / Math.Max(1, group);
        int input = Node(tensor);
        CheckChosen(rows, tensor.Count);
        var weight = new double[rows * tensor.Count];
        for (int index = 0; index < tensor.Count; index++)
        {
            weight[index / group * tensor.Count + index] = factor;
        }

        int sum = Add(new DenseNode(input, weight, null, rows) { IsFixed = true });
        if (factor == 1.0 / group)
        {
            _means.Add(sum, (input, group));
        }

        return Tensor.All(tensor.Dimensions.Take(tensor.Rank - 1).ToArray(), sum);
    }

    /// <summary>What one node computes of each row, the rows of the result in the place of those that it reads.</summary>
    private Tensor ByRow(Tensor tensor, int units, Func<Tensor, int> layer)
    {
        int size = tensor.Dimensions[tensor.Rank - 1].Size;
        int rows = size == 0 ? 0 : tensor.Count / size;
        if (rows > MostRows)
        {
            throw new ImportException($"it is applied to {rows} rows of each sample, allowed are {MostRows}");
        }

        Dimension[] dimensions = tensor.Dimensions.Take(tensor.Rank - 1).Concat(new[] { new Dimension(units) }).ToArray();
        var places = new Place[rows * units];
        for (int row = 0; row < rows; row++)
        {
            int from = row * size;
            Tensor one = tensor.Rearrange(new[] { new Dimension(size) }, Enumerable.Range(from, size).ToArray());
            int node = layer(one);
            for (int unit = 0; unit < units; unit++)
            {
                places[row * units + unit] = new Place(node, unit);
            }
        }

        return Tensor.Of(dimensions, places);
    }

    /// <summary>A node that a matrix can be multiplied with in the place of some values, and the matrix for it: its columns are moved where the values lie.</summary>
    private (int Node, double[] Weight) Reads(Tensor row, double[] weight, int units)
    {
        if (row.IsKnown)
        {
            return (Node(row), weight);
        }

        (int[] nodes, int[] columns, int count) = Joined(row.Places);

        // Only where nearly all of the nodes is read, or the values lie too scattered to be copied.
        if (Ranges(row.Places).Count <= (count <= row.Count ? nodes.Length : MostRanges) || (long)count * units > Dimension.MostElements)
        {
            return (Node(row), weight);
        }

        var moved = new double[units * count];
        for (int column = 0; column < row.Count; column++)
        {
            for (int unit = 0; unit < units; unit++)
            {
                moved[unit * count + columns[column]] += weight[unit * row.Count + column];
            }
        }

        return (Join(nodes, count), moved);
    }

    /// <summary>Values chosen by a product with zeros and ones.</summary>
    private int Chosen(Place[] places)
    {
        (int[] nodes, int[] columns, int count) = Joined(places);
        CheckChosen(places.Length, count);
        var weight = new double[places.Length * count];
        for (int row = 0; row < places.Length; row++)
        {
            weight[row * count + columns[row]] = 1;
        }

        return Add(new DenseNode(Join(nodes, count), weight, null, places.Length) { IsFixed = true });
    }

    private int Join(int[] nodes, int count) => nodes.Length == 1 ? nodes[0] : Add(new ConcatNode(new ValueList<int>(nodes), count));

    /// <summary>The nodes of some places, and where each place is when the nodes lie one after another.</summary>
    private (int[] Nodes, int[] Columns, int Count) Joined(Place[] places)
    {
        var starts = new Dictionary<int, int>();
        int count = 0;
        var columns = new int[places.Length];
        for (int index = 0; index < places.Length; index++)
        {
            int node = places[index].Node;
            if (!starts.TryGetValue(node, out int start))
            {
                start = count;
                starts.Add(node, start);
                count += _nodes[node].Size;
            }

            columns[index] = start + places[index].Index;
        }

        return (starts.OrderBy(start => start.Value).Select(start => start.Key).ToArray(), columns, count);
    }

    private static void CheckChosen(int units, int inputs)
    {
        if ((long)units * inputs > MostChosen)
        {
            throw new ImportException($"it moves or sums {inputs} values to {units} in an order that has no pattern; at most {MostChosen} pairs of them are read");
        }
    }

    /// <summary>What a node has the order of, or null.</summary>
    private int? Monotone(int node, int group) => _nodes[node] switch
    {
        SoftmaxNode softmax when softmax.Group == group => softmax.Input,
        ScalarNode { Formula: ScalarOperation { Operator: ScalarOperator.Log or ScalarOperator.Exp or ScalarOperator.Sigmoid or ScalarOperator.Tanh } operation } scalar
            when operation.Operands[0].IsVariable => scalar.Input,
        _ => null,
    };
}
