using System;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Importing;

/// <summary>Operators that are products with matrices of weights.</summary>
internal sealed partial class OnnxOperators
{
    private void AddProducts()
    {
        _known.Add("Gemm", Gemm);
        _known.Add("MatMul", node => MatMul(node.Tensor(0), node.Tensor(1), LayerName(node)));
        _known.Add("Conv", Conv);
    }

    private static string LayerName(NodeReader node)
    {
        for (int input = 0; input < node.Count; input++)
        {
            if (node.Tensor(input).IsKnown)
            {
                return node.NameOf(input);
            }
        }

        return "";
    }

    /// <summary><c>alpha·A·B + beta·C</c>.</summary>
    private Tensor Gemm(NodeReader node)
    {
        Tensor Operand(int input, string transposed)
        {
            Tensor operand = node.Tensor(input);
            return operand.Rank != 2 ? throw new ImportException($"its input {input} has the dimensions {operand}; two are read")
                : node.Integer(transposed, 0) == 0 ? operand
                : Strides.Transpose(operand, new[] { 1, 0 });
        }

        double alpha = node.Real("alpha", 1);
        double beta = node.Real("beta", 1);
        Tensor product = Times(MatMul(Operand(0, "transA"), Operand(1, "transB"), node.NameOf(1)), alpha);
        return node.Optional(2) is { } addend && beta != 0 ? Combine(ScalarOperator.Add, product, Times(addend, beta)) : product;
    }

    private Tensor Times(Tensor tensor, double factor) => factor == 1 ? tensor : _builder.Map(tensor, value => Scalar.Apply(ScalarOperator.Multiply, value, Scalar.Number(factor)));

    private Tensor MatMul(Tensor left, Tensor right, string name)
    {
        if (right.Values is { } weight && !left.IsKnown)
        {
            return right.Rank == 2 ? Product(left, right.Dimensions[0].Size, right.Dimensions[1].Size, weight, name)
                : right.Rank == 1 ? Drop(Product(left, right.Count, 1, weight, name))
                : throw new ImportException($"its weights have the dimensions {right}; two are read");
        }

        if (left.Values is { } rows && !right.IsKnown && left.Rank == 2 && right.Rank == 1)
        {
            return right.Count == left.Dimensions[1].Size
                ? _builder.Dense(right, rows, left.Dimensions[0].Size, name)
                : throw new ImportException($"its weights '{name}' are for {left.Dimensions[1]} values, it is given {right}");
        }

        if (left.Values is not null && !right.IsKnown && left.Rank == 2 && right.Rank >= 2)
        {
            // W·x = (xᵀ·Wᵀ)ᵀ.
            return Transposed(MatMul(Transposed(right), Transposed(left), name));
        }

        throw new ImportException(left.IsKnown || right.IsKnown ? $"it multiplies {left} by {right}" : "both of its factors are computed, as in attention; a product with weights is read");
    }

    private static Tensor Transposed(Tensor tensor)
    {
        int[] order = Enumerable.Range(0, tensor.Rank).ToArray();
        (order[tensor.Rank - 1], order[tensor.Rank - 2]) = (order[tensor.Rank - 2], order[tensor.Rank - 1]);
        return Strides.Transpose(tensor, order);
    }

    private static Tensor Drop(Tensor tensor) => tensor.In(tensor.Dimensions.Take(tensor.Rank - 1).ToArray());

    /// <summary>The rows of a tensor times weights as the file has them, <c>[input][unit]</c>.</summary>
    private Tensor Product(Tensor tensor, int inputs, int units, double[] weight, string name)
    {
        if (tensor.Rank == 0 || tensor.Dimensions[tensor.Rank - 1].Size != inputs)
        {
            throw new ImportException($"its weights '{name}' are for {inputs} values, it is given {tensor}");
        }

        if (tensor.Dimensions[tensor.Rank - 1].IsBatch)
        {
            throw new ImportException("it mixes samples: its weights go over the batch");
        }

        var transposed = new double[weight.Length];
        for (int input = 0; input < inputs; input++)
        {
            for (int unit = 0; unit < units; unit++)
            {
                transposed[unit * inputs + input] = weight[input * units + unit];
            }
        }

        return _builder.Dense(tensor, transposed, units, name);
    }

    /// <summary>A convolution whose kernel is as large as what it reads, so that it has one place.</summary>
    private Tensor Conv(NodeReader node)
    {
        Tensor tensor = node.Tensor(0);
        Tensor kernel = node.Known(1, "the kernel");
        double[] weight = node.Constants(1, "the kernel");
        bool isWhole = kernel.Rank == tensor.Rank && kernel.Rank >= 3 && tensor.Batch is 0 or -1
            && tensor.Dimensions.Skip(1).SequenceEqual(kernel.Dimensions.Skip(1))
            && tensor.Dimensions[0].Size == 1
            && node.Integer("group", 1) == 1
            && (!node.Has("pads") || node.Integers("pads").All(pad => pad == 0))
            && node.Text("auto_pad", "NOTSET") is "NOTSET" or "VALID";
        if (!isWhole)
        {
            throw new ImportException($"networks here have no convolutions; one is read whose kernel is all that it reads, and this one has {kernel} over {tensor}");
        }

        int units = kernel.Dimensions[0].Size;
        Tensor row = tensor.In(new[] { tensor.Dimensions[0], new Dimension(tensor.Count) });
        Tensor product = _builder.Dense(row, weight, units, node.NameOf(1));
        Tensor sum = node.Optional(2) is { } bias ? Combine(ScalarOperator.Add, product, bias) : product;
        return sum.In(new[] { tensor.Dimensions[0], new Dimension(units) }.Concat(Enumerable.Repeat(new Dimension(1), tensor.Rank - 2)).ToArray());
    }
}
