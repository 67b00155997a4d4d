using System;
using System.Linq;

namespace NetGen.Models.Importing;

/// <summary>Operators over several values of a sample: normalisations, softmax, sums.</summary>
internal sealed partial class OnnxOperators
{
    private void AddNormalisations()
    {
        _known.Add("BatchNormalization", BatchNormalization);
        _known.Add("LayerNormalization", LayerNormalization);
        _known.Add("Softmax", node => Softmax(node, isLog: false));
        _known.Add("LogSoftmax", node => Softmax(node, isLog: true));
        _known.Add("ArgMax", ArgMax);
        _known.Add("ReduceMean", node => Reduce(node, isMean: true));
        _known.Add("ReduceSum", node => Reduce(node, isMean: false));
    }

    /// <summary>With the statistics of training: a factor and a term for each channel, the second dimension.</summary>
    private Tensor BatchNormalization(NodeReader node)
    {
        Tensor tensor = node.Tensor(0);
        double[][] constants = Enumerable.Range(1, 4).Select(input => node.Constants(input, "its parameter")).ToArray();
        if (node.Integer("training_mode", 0) != 0)
        {
            throw new ImportException("it is in training mode; export the model for inference, after model.eval()");
        }

        if (tensor.Rank < 2 || tensor.Dimensions[1].IsBatch || constants.Any(values => values.Length != tensor.Dimensions[1].Size))
        {
            throw new ImportException($"its parameters do not fit {tensor}");
        }

        double epsilon = node.Real("epsilon", 1e-5f);
        double[] scale = constants[0].Zip(constants[3], (gamma, variance) => gamma / Math.Sqrt(variance + epsilon)).ToArray();
        int[] channels = Strides.Map(tensor.Dimensions, (axis, index) => axis == 1 ? index : 0);
        double[] Spread(double[] values) => Array.ConvertAll(channels, channel => values[channel]);
        return tensor.IsKnown ? throw new ImportException("it normalises constants") : _builder.Affine(tensor, Spread(constants[2]), Spread(scale), Spread(constants[1]));
    }

    private Tensor LayerNormalization(NodeReader node)
    {
        Tensor tensor = node.Tensor(0);
        int axis = node.Axis("axis", -1, tensor.Rank);
        Dimension[] normalised = tensor.Dimensions.Skip(axis).ToArray();
        double[] weight = node.Constants(1, "the scale");
        double[]? bias = node.Optional(2) is null ? null : node.Constants(2, "the bias");
        int group = Dimension.Product(normalised);
        if (normalised.Any(dimension => dimension.IsBatch) || weight.Length != group || bias is not null && bias.Length != group || tensor.IsKnown)
        {
            throw new ImportException($"its parameters do not fit {tensor} from dimension {axis} on");
        }

        Tensor rows = tensor.In(tensor.Dimensions.Take(axis).Concat(new[] { new Dimension(group) }).ToArray());
        return _builder.LayerNorm(rows, node.Real("epsilon", 1e-5f), weight, bias).In(tensor.Dimensions);
    }

    private Tensor Softmax(NodeReader node, bool isLog)
    {
        Tensor tensor = Computed(node);

        // Before opset 13 over all dimensions from the axis on, then over that one.
        bool isMerged = _opset < 13;
        int axis = node.Axis("axis", isMerged ? Math.Min(1, tensor.Rank - 1) : -1, tensor.Rank);
        int[] axes = isMerged ? Enumerable.Range(axis, tensor.Rank - axis).ToArray() : new[] { axis };
        return Along(tensor, axes, rows => _builder.Softmax(rows, isLog), keeps: true);
    }

    private Tensor ArgMax(NodeReader node)
    {
        Tensor tensor = Computed(node);
        int axis = node.Axis("axis", 0, tensor.Rank);
        if (node.Integer("select_last_index", 0) != 0)
        {
            throw new ImportException("of equal values it gives the last one; the first is read");
        }

        Tensor result = Along(tensor, new[] { axis }, _builder.ArgMax, keeps: false);
        return node.Integer("keepdims", 1) == 0 ? result : result.In(tensor.Dimensions.Select((dimension, at) => at == axis ? new Dimension(1) : dimension).ToArray());
    }

    private Tensor Reduce(NodeReader node, bool isMean)
    {
        Tensor tensor = Computed(node);
        int[] axes = node.Wholes(1, "axes") is { Length: > 0 } given ? given.Select(axis => NodeReader.Axis(axis, tensor.Rank)).Distinct().OrderBy(axis => axis).ToArray()
            : node.Integer("noop_with_empty_axes", 0) != 0 ? Array.Empty<int>()
            : Enumerable.Range(0, tensor.Rank).ToArray();
        if (axes.Length == 0)
        {
            return tensor;
        }

        int group = Dimension.Product(axes.Select(axis => tensor.Dimensions[axis]));
        Tensor result = Along(tensor, axes, rows => _builder.Sum(rows, isMean ? 1.0 / group : 1), keeps: false);
        return node.Integer("keepdims", 1) == 0 ? result : result.In(tensor.Dimensions.Select((dimension, at) => axes.Contains(at) ? new Dimension(1) : dimension).ToArray());
    }

    private static Tensor Computed(NodeReader node)
    {
        Tensor tensor = node.Tensor(0);
        return tensor.IsKnown ? throw new ImportException("it computes with constants alone")
            : tensor.Count == 0 ? throw new ImportException("it is given no values")
            : tensor;
    }

    /// <summary>What is computed of the values along some dimensions, which are made the last one for it.</summary>
    private static Tensor Along(Tensor tensor, int[] axes, Func<Tensor, Tensor> compute, bool keeps)
    {
        if (axes.Any(axis => tensor.Dimensions[axis].IsBatch))
        {
            throw new ImportException("it goes over the batch, and so mixes samples");
        }

        int[] others = Enumerable.Range(0, tensor.Rank).Except(axes).ToArray();
        int[] order = others.Concat(axes).ToArray();
        Tensor moved = Strides.Transpose(tensor, order);
        Dimension[] kept = others.Select(axis => tensor.Dimensions[axis]).ToArray();
        Tensor result = compute(moved.In(kept.Concat(new[] { new Dimension(Dimension.Product(axes.Select(axis => tensor.Dimensions[axis]))) }).ToArray()));
        return !keeps ? result : Strides.Transpose(result.In(moved.Dimensions), Enumerable.Range(0, tensor.Rank).Select(axis => Array.IndexOf(order, axis)).ToArray());
    }
}
