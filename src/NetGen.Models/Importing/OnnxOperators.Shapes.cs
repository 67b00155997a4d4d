using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;
using NetGen.Models.Onnx;

namespace NetGen.Models.Importing;

/// <summary>Constants, dimensions as numbers, and what files compute with them: all of it is known while the model is read.</summary>
internal sealed partial class OnnxOperators
{
    private void AddShapes()
    {
        _known.Add("Constant", ConstantOf);
        _known.Add("ConstantOfShape", ConstantOfShape);
        _known.Add("Shape", Shape);
        _known.Add("Size", node => Tensor.Known(Array.Empty<Dimension>(), new[] { new Number(node.Tensor(0).Count, node.Tensor(0).Batch >= 0) }, isInteger: true));
        _known.Add("Range", Range);
        _known.Add("Where", Where);
        _known.Add("Not", node => KnownAlone(node, (x, _) => x.Value == 0));
        _known.Add("And", node => KnownAlone(node, (x, y) => x.Value != 0 && y.Value != 0));
        _known.Add("Or", node => KnownAlone(node, (x, y) => x.Value != 0 || y.Value != 0));
        _known.Add("Equal", node => KnownAlone(node, (x, y) => x == y));
        _known.Add("Less", node => KnownAlone(node, (x, y) => Comparable(x, y) && x.Value < y.Value));
        _known.Add("Greater", node => KnownAlone(node, (x, y) => Comparable(x, y) && x.Value > y.Value));
        _known.Add("ReduceProd", node => Known(node, (x, y) => Multiply(x, y), new Number(1)));
    }

    private static Tensor ConstantOf(NodeReader node)
    {
        if (node.Node.Attributes.TryGetValue("value", out OnnxAttribute? value) && value.Tensor is { } tensor)
        {
            return Constant(tensor);
        }

        Dimension[] none = Array.Empty<Dimension>();
        return node.Has("value_float") ? Tensor.Known(none, new[] { node.Real("value_float", 0) }, isInteger: false)
            : node.Has("value_int") ? Tensor.Known(none, new double[] { node.Integer("value_int", 0) }, isInteger: true)
            : node.Has("value_ints") ? Tensor.Known(new[] { new Dimension(node.Integers("value_ints").Length) }, Array.ConvertAll(node.Integers("value_ints"), number => (double)number), isInteger: true)
            : node.Node.Attributes.TryGetValue("value_floats", out OnnxAttribute? floats) && floats.Floats is { } numbers
                ? Tensor.Known(new[] { new Dimension(numbers.Count) }, numbers.Select(number => (double)number).ToArray(), isInteger: false)
            : throw new ImportException("it has no numbers");
    }

    private static Tensor ConstantOfShape(NodeReader node)
    {
        Dimension[] dimensions = Array.ConvertAll(Numbers(node.Known(0, "the shape")), Reshaping.Size);
        OnnxTensor? value = node.Node.Attributes.TryGetValue("value", out OnnxAttribute? found) ? found.Tensor : null;
        Tensor filling = value is null ? Tensor.Known(Array.Empty<Dimension>(), new double[1], isInteger: false) : Constant(value);
        return filling.Count == 1 ? Filled(dimensions, filling[0].Value, filling.IsInteger) : throw new ImportException("its value is not one number");
    }

    private static Tensor Shape(NodeReader node)
    {
        IReadOnlyList<Dimension> dimensions = node.Tensor(0).Dimensions;
        long Place(long index) => Math.Min(Math.Max(index < 0 ? index + dimensions.Count : index, 0), dimensions.Count);
        int start = (int)Place(node.Integer("start", 0));
        int end = (int)Place(node.Integer("end", dimensions.Count));
        Number[] numbers = dimensions.Skip(start).Take(Math.Max(0, end - start)).Select(dimension => new Number(dimension.Size, dimension.IsBatch)).ToArray();
        return Tensor.Known(new[] { new Dimension(numbers.Length) }, numbers, isInteger: true);
    }

    private static Tensor Range(NodeReader node)
    {
        double[] limits = Enumerable.Range(0, 3).Select(input => node.Constants(input, "a limit")).Select(values => values.Length == 1 ? values[0] : throw new ImportException("a limit is not one number")).ToArray();
        double count = Math.Max(0, Math.Ceiling((limits[1] - limits[0]) / limits[2]));
        var dimension = new Dimension(count <= Dimension.MostElements ? (int)count : throw new ImportException("it has too many numbers"));
        return Tensor.Known(new[] { dimension }, Enumerable.Range(0, dimension.Size).Select(index => limits[0] + index * limits[2]).ToArray(), node.Tensor(0).IsInteger);
    }

    /// <summary>A choice that is known, value by value.</summary>
    private Tensor Where(NodeReader node)
    {
        Tensor condition = node.Known(0, "the condition");
        Tensor one = node.Tensor(1);
        Tensor other = node.Tensor(2);
        IReadOnlyList<Dimension> dimensions = Dimensions(Dimensions(condition, one), other);
        condition = Strides.Expand(condition, dimensions);
        Tensor[] both = { Strides.Expand(one, dimensions), Strides.Expand(other, dimensions) };
        if (both.All(tensor => tensor.IsKnown))
        {
            return Tensor.Known(dimensions, Enumerable.Range(0, condition.Count).Select(index => both[condition[index].Value != 0 ? 0 : 1][index]).ToArray(), one.IsInteger);
        }

        Place[][] places = Array.ConvertAll(both, tensor => tensor.IsKnown ? Tensor.All(dimensions, _builder.Node(tensor)).Places : tensor.Places);
        return Tensor.Of(dimensions, Enumerable.Range(0, condition.Count).Select(index => places[condition[index].Value != 0 ? 0 : 1][index]).ToArray());
    }

    private static Tensor KnownAlone(NodeReader node, Func<Number, Number, bool> truth)
    {
        if (!Enumerable.Range(0, node.Count).All(input => node.Tensor(input).IsKnown))
        {
            throw new ImportException("it compares values that are computed; a choice between them is not read");
        }

        return Combine(node.Tensor(0), node.Tensor(node.Count - 1), (x, y) => new Number(truth(x, y) ? 1 : 0), isInteger: true);
    }

    /// <summary>All elements of a tensor that is known as one.</summary>
    private static Tensor Known(NodeReader node, Func<Number, Number, Number> combine, Number start)
    {
        Tensor tensor = node.Known(0, "what it reduces");
        bool keeps = node.Integer("keepdims", 1) != 0;
        return node.Wholes(1, "axes") is { Length: > 0 } axes && axes.Length != tensor.Rank
            ? throw new ImportException("it reduces some dimensions and not others")
            : Tensor.Known(keeps ? tensor.Dimensions.Select(_ => new Dimension(1)).ToArray() : Array.Empty<Dimension>(), new[] { Numbers(tensor).Aggregate(start, combine) }, tensor.IsInteger);
    }

    /// <summary>Numbers that are known, two by two.</summary>
    private static Tensor Combine(Tensor left, Tensor right, Func<Number, Number, Number> combine, bool isInteger)
    {
        IReadOnlyList<Dimension> dimensions = Dimensions(left, right);
        left = Strides.Expand(left, dimensions);
        right = Strides.Expand(right, dimensions);
        return Tensor.Known(dimensions, Enumerable.Range(0, left.Count).Select(index => combine(left[index], right[index])).ToArray(), isInteger);
    }

    private static IReadOnlyList<Dimension> Dimensions(Tensor left, Tensor right) => Dimensions(left.Dimensions, right);

    private static IReadOnlyList<Dimension> Dimensions(IReadOnlyList<Dimension> left, Tensor right) =>
        Strides.Broadcast(left, right.Dimensions) ?? throw new ImportException($"dimensions {Dimension.Text(left)} and {right} do not fit");

    private static bool Comparable(Number x, Number y) => x.IsOfBatch == y.IsOfBatch ? true : throw new ImportException("it compares with the size of the batch");

    private static Number Multiply(Number x, Number y) => x.IsOfBatch && y.IsOfBatch
        ? throw new ImportException("it computes the square of the size of the batch")
        : new Number(x.Value * y.Value, x.IsOfBatch || y.IsOfBatch);

    /// <summary>Arithmetic with numbers of which some are multiples of the batch.</summary>
    private static Number Compute(ScalarOperator operation, Number x, Number y, bool isInteger) => (operation, x.IsOfBatch, y.IsOfBatch) switch
    {
        (ScalarOperator.Multiply, _, _) => Multiply(x, y),
        (ScalarOperator.Divide, true, true) => new Number(x.Value / y.Value),
        (ScalarOperator.Divide, true, false) => new Number(x.Value / y.Value, IsOfBatch: true),
        (ScalarOperator.Divide, false, false) when isInteger => y.Value == 0 ? throw new ImportException("it divides by 0") : new Number(Math.Truncate(x.Value / y.Value)),
        (ScalarOperator.Add or ScalarOperator.Subtract, true, true) => new Number(ScalarFunctions.Value(operation, 0, new[] { x.Value, y.Value }), IsOfBatch: true),
        (_, false, false) => new Number(ScalarFunctions.Value(operation, 0, new[] { x.Value, y.Value })),
        _ => throw new ImportException("it computes with the size of the batch"),
    };
}
