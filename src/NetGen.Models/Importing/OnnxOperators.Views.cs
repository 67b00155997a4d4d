using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Onnx;

namespace NetGen.Models.Importing;

/// <summary>Operators that move elements and compute nothing.</summary>
internal sealed partial class OnnxOperators
{
    private void AddViews()
    {
        foreach (string same in new[] { "Identity", "Dropout" })
        {
            _known.Add(same, node => node.Tensor(0));
        }

        _known.Add("Cast", Cast);
        _known.Add("Flatten", Flatten);
        _known.Add("Reshape", node => Reshaping.Reshape(node.Tensor(0), NewShape(node), node.Integer("allowzero", 0) != 0));
        _known.Add("Squeeze", Squeeze);
        _known.Add("Unsqueeze", Unsqueeze);
        _known.Add("Transpose", Transpose);
        _known.Add("Concat", Concat);
        _known.Add("Slice", Slice);
        _known.Add("Gather", Gather);
        _known.Add("Expand", Expand);
        _known.Add("Tile", Tile);
    }

    private static IReadOnlyList<Number> NewShape(NodeReader node) =>
        node.Optional(1) is null && node.Has("shape")
            ? node.Integers("shape").Select(size => new Number(size)).ToArray()
            : Numbers(node.Known(1, "the shape"));

    private static Number[] Numbers(Tensor tensor) => Enumerable.Range(0, tensor.Count).Select(index => tensor[index]).ToArray();

    private static Tensor Cast(NodeReader node)
    {
        Tensor tensor = node.Tensor(0);
        var type = (OnnxType)node.Integer("to", 0);
        bool isInteger = !OnnxEncoding.IsReal(type);
        if (!isInteger || tensor.IsInteger)
        {
            return type == OnnxType.Bool && !tensor.IsKnown ? throw new ImportException("it makes truth values of values that are computed") : tensor.As(isInteger);
        }

        double[] values = tensor.Values ?? throw new ImportException("it makes whole numbers of values that are computed");
        return Tensor.Known(tensor.Dimensions, Array.ConvertAll(values, value => type != OnnxType.Bool ? Math.Truncate(value) : value != 0 ? 1 : 0), isInteger: true);
    }

    private static Tensor Flatten(NodeReader node)
    {
        Tensor tensor = node.Tensor(0);
        long given = node.Integer("axis", 1);
        int axis = given == tensor.Rank ? tensor.Rank : NodeReader.Axis(given, tensor.Rank);
        Dimension first = Merged(tensor.Dimensions.Take(axis).ToArray());
        Dimension second = Merged(tensor.Dimensions.Skip(axis).ToArray());
        return tensor.In(new[] { first, second });
    }

    /// <summary>Dimensions as one, along which samples lie outside of everything else if they are among them.</summary>
    private static Dimension Merged(IReadOnlyList<Dimension> dimensions)
    {
        int batch = dimensions.TakeWhile(dimension => !dimension.IsBatch).Count();
        return batch < dimensions.Count && dimensions.Take(batch).Any(dimension => dimension.Size != 1)
            ? throw new ImportException($"it mixes samples: it merges the dimensions {Dimension.Text(dimensions)}")
            : new Dimension(Dimension.Product(dimensions), batch < dimensions.Count);
    }

    private static Tensor Squeeze(NodeReader node)
    {
        Tensor tensor = node.Tensor(0);
        int[] axes = node.Wholes(1, "axes") is { } given
            ? given.Select(axis => NodeReader.Axis(axis, tensor.Rank)).ToArray()
            : Enumerable.Range(0, tensor.Rank).Where(axis => tensor.Dimensions[axis] is { Size: 1, IsBatch: false }).ToArray();
        return Array.Exists(axes, axis => tensor.Dimensions[axis].Size != 1)
            ? throw new ImportException($"it removes dimensions {string.Join(", ", axes)} of {tensor}")
            : tensor.In(tensor.Dimensions.Where((_, axis) => !axes.Contains(axis)).ToArray());
    }

    private static Tensor Unsqueeze(NodeReader node)
    {
        Tensor tensor = node.Tensor(0);
        long[] given = node.Wholes(1, "axes") ?? throw new ImportException("it does not say which dimensions it adds");
        int rank = tensor.Rank + given.Length;
        HashSet<int> axes = new(given.Select(axis => NodeReader.Axis(axis, rank)));
        var old = new Queue<Dimension>(tensor.Dimensions);
        return axes.Count == given.Length
            ? tensor.In(Enumerable.Range(0, rank).Select(axis => axes.Contains(axis) ? new Dimension(1) : old.Dequeue()).ToArray())
            : throw new ImportException("it adds a dimension twice");
    }

    private static Tensor Transpose(NodeReader node)
    {
        Tensor tensor = node.Tensor(0);
        int[] order = node.Has("perm") ? Array.ConvertAll(node.Integers("perm"), axis => NodeReader.Axis(axis, tensor.Rank)) : Enumerable.Range(0, tensor.Rank).Reverse().ToArray();
        return order.Length == tensor.Rank && order.Distinct().Count() == tensor.Rank
            ? Strides.Transpose(tensor, order)
            : throw new ImportException($"its order of dimensions is none of {tensor}");
    }

    private Tensor Concat(NodeReader node)
    {
        Tensor[] parts = Enumerable.Range(0, node.Count).Select(node.Tensor).ToArray();
        if (parts.Length == 1)
        {
            return parts[0];
        }

        if (parts.Length == 0)
        {
            throw new ImportException("it reads nothing");
        }

        int axis = node.Axis("axis", 1, parts[0].Rank);
        if (parts.Any(part => part.Rank != parts[0].Rank) || parts.Any(part => part.Dimensions.Where((dimension, at) => at != axis && dimension != parts[0].Dimensions[at]).Any()))
        {
            throw new ImportException($"its parts do not fit: {string.Join(", ", parts.Select(part => part.ToString()))}");
        }

        if (parts.Any(part => part.Dimensions[axis].IsBatch))
        {
            throw new ImportException("it puts samples one after another");
        }

        return Joined(parts, axis);
    }

    /// <summary>Tensors one after another along a dimension, those that are known as constants of the graph where others are not.</summary>
    private Tensor Joined(Tensor[] parts, int axis)
    {
        Dimension[] dimensions = parts[0].Dimensions.ToArray();
        dimensions[axis] = new Dimension(parts.Sum(part => part.Dimensions[axis].Size));
        Dimension.CheckCount(dimensions);
        var from = new (int Part, int Index)[Dimension.Product(dimensions)];
        int outer = dimensions.Take(axis).Aggregate(1, (product, dimension) => product * dimension.Size);
        int inner = dimensions.Skip(axis + 1).Aggregate(1, (product, dimension) => product * dimension.Size);
        int next = 0;
        for (int row = 0; row < outer; row++)
        {
            for (int part = 0; part < parts.Length; part++)
            {
                int width = parts[part].Dimensions[axis].Size * inner;
                for (int index = 0; index < width; index++)
                {
                    from[next++] = (part, row * width + index);
                }
            }
        }

        bool isInteger = parts.All(part => part.IsInteger);
        if (parts.All(part => part.IsKnown))
        {
            return Tensor.Known(dimensions, Array.ConvertAll(from, place => parts[place.Part][place.Index]), isInteger);
        }

        Tensor[] computed = Array.ConvertAll(parts, part => part.IsKnown && part.Count > 0 ? Tensor.All(part.Dimensions, _builder.Node(part)) : part);
        return Tensor.Of(dimensions, Array.ConvertAll(from, place => computed[place.Part].Places[place.Index]), isInteger);
    }

    private static Tensor Slice(NodeReader node)
    {
        Tensor tensor = node.Tensor(0);
        long[] starts = node.Wholes(1, "starts") ?? throw new ImportException("it does not say where it starts");
        long[] ends = node.Wholes(2, "ends") ?? throw new ImportException("it does not say where it ends");
        long[] axes = node.Wholes(3, "axes") ?? Enumerable.Range(0, starts.Length).Select(axis => (long)axis).ToArray();
        long[] steps = node.Wholes(4, "steps") ?? starts.Select(_ => 1L).ToArray();
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
        {
            throw new ImportException("its lists have different lengths");
        }

        for (int index = 0; index < axes.Length; index++)
        {
            tensor = Slice(tensor, NodeReader.Axis(axes[index], tensor.Rank), starts[index], ends[index], steps[index]);
        }

        return tensor;
    }

    private static Tensor Slice(Tensor tensor, int axis, long start, long end, long step)
    {
        Dimension dimension = tensor.Dimensions[axis];
        bool isAll = start == 0 && end >= dimension.Size && step == 1;
        if (dimension.IsBatch)
        {
            return isAll ? tensor : throw new ImportException("it takes some samples of the batch");
        }

        if (step == 0)
        {
            throw new ImportException("its step is 0");
        }

        int size = dimension.Size;
        long Counted(long index, long least, long most) => Math.Min(Math.Max(index < 0 ? index + size : index, least), most);
        long first = step > 0 ? Counted(start, 0, size) : Counted(start, -1, size - 1);
        long last = step > 0 ? Counted(end, 0, size) : end < -size ? -1 : Counted(end, -1, size - 1);
        var indices = new List<int>();
        for (long index = first; step > 0 ? index < last : index > last; index += step)
        {
            indices.Add((int)index);
        }

        return Strides.Take(tensor, axis, indices);
    }

    private static Tensor[] Split(NodeReader node)
    {
        Tensor tensor = node.Tensor(0);
        int axis = node.Axis("axis", 0, tensor.Rank);
        Dimension dimension = tensor.Dimensions[axis];
        int parts = node.Node.Outputs.Count;
        int part = (dimension.Size + parts - 1) / Math.Max(1, parts);
        long[] sizes = node.Wholes(1, "split") ?? Enumerable.Range(0, parts).Select(index => (long)Math.Max(0, Math.Min(part, dimension.Size - index * part))).ToArray();
        if (dimension.IsBatch || sizes.Length != parts || sizes.Sum(size => (double)size) != dimension.Size || sizes.Any(size => size < 0))
        {
            throw new ImportException(dimension.IsBatch ? "it splits the batch" : $"it splits {dimension.Size} values in parts of {string.Join(", ", sizes)}");
        }

        int start = 0;
        var results = new Tensor[parts];
        for (int index = 0; index < parts; index++)
        {
            results[index] = Strides.Take(tensor, axis, Enumerable.Range(start, (int)sizes[index]).ToArray());
            start += (int)sizes[index];
        }

        return results;
    }

    private static Tensor Gather(NodeReader node)
    {
        Tensor tensor = node.Tensor(0);
        Tensor indices = node.Known(1, "which values it takes");
        int axis = node.Axis("axis", 0, tensor.Rank);
        int size = tensor.Dimensions[axis].Size;
        int[] taken = Array.ConvertAll(node.Constants(1, "which values it takes"), index => index >= -size && index < size
            ? (int)(index < 0 ? index + size : index)
            : throw new ImportException($"it takes value {index} of {size}"));
        if (tensor.Dimensions[axis] is { IsBatch: true, Size: not 1 })
        {
            throw new ImportException("it takes some samples of the batch");
        }

        Tensor found = Strides.Take(tensor, axis, taken);
        return found.In(tensor.Dimensions.Take(axis).Concat(indices.Dimensions).Concat(tensor.Dimensions.Skip(axis + 1)).ToArray());
    }

    private static Tensor Expand(NodeReader node)
    {
        Tensor tensor = node.Tensor(0);
        Dimension[] shape = Array.ConvertAll(Numbers(node.Known(1, "the shape")), number => Reshaping.Size(number));
        Dimension[] recorded = shape.Length >= tensor.Rank && tensor.Batch >= 0 && shape[tensor.Batch + shape.Length - tensor.Rank] is { IsBatch: false }
            ? shape.Select((dimension, axis) => axis == tensor.Batch + shape.Length - tensor.Rank ? tensor.Dimensions[tensor.Batch] : dimension).ToArray()
            : shape;
        IReadOnlyList<Dimension> dimensions = Strides.Broadcast(tensor.Dimensions, recorded) ?? throw new ImportException($"it repeats {tensor} to {Dimension.Text(shape)}");
        return Strides.Expand(tensor, dimensions);
    }

    private static Tensor Tile(NodeReader node)
    {
        Tensor tensor = node.Tensor(0);
        double[] repeats = node.Constants(1, "how often it repeats");
        if (repeats.Length != tensor.Rank || repeats.Any(count => count is < 1 or > Dimension.MostElements))
        {
            throw new ImportException($"it repeats {tensor} {string.Join(", ", repeats)} times");
        }

        for (int axis = 0; axis < tensor.Rank; axis++)
        {
            int size = tensor.Dimensions[axis].Size;
            if (repeats[axis] != 1)
            {
                Dimension.CheckCount(new[] { new Dimension(tensor.Count), new Dimension((int)repeats[axis]) });
                tensor = tensor.Dimensions[axis].IsBatch
                    ? throw new ImportException("it repeats samples")
                    : Strides.Take(tensor, axis, Enumerable.Range(0, size * (int)repeats[axis]).Select(index => index % size).ToArray());
            }
        }

        return tensor;
    }
}
