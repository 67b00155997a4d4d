using System;
using System.Linq;
using NetGen.Models.Onnx;

namespace NetGen.Models.Tests;

/// <summary>The steps that move values and compute nothing.</summary>
internal sealed partial class RandomModel
{
    private Value? Reshape(Value value)
    {
        long rows = Pick([1L, 2, 3]);
        if (value.Count % rows != 0)
        {
            return null;
        }

        bool isFlat = value.Shape.Length > 1;
        long[] shape = isFlat ? [value.Count] : [rows, value.Count / rows];
        string size = _random.Next(3) switch
        {
            // The size of the batch, as exporters compute it.
            0 => Batch(value, shape),
            1 => Wholes([-1, .. shape]),
            _ => Wholes([value.Shape.Length == 0 ? -1 : 0, .. shape[..^1], value.Shape.Length == 0 ? shape[^1] : -1]),
        };
        return value with { Name = Emit("Reshape", [value.Name, size]), Shape = shape };
    }

    private string Batch(Value value, long[] shape)
    {
        string batch = Emit("Gather", [Emit("Shape", [value.Name]), Whole(0)], ("axis", 0));
        return Emit("Concat", [ByVersion("Unsqueeze", batch, 13, ("axes", [0])), Wholes(shape)], ("axis", 0));
    }

    private Value? Flatten(Value value) => value.Shape.Length == 0 ? null
        : value with { Name = Emit("Flatten", [value.Name], _random.Next(2) == 0 ? [] : [("axis", 1)]), Shape = [value.Count] };

    private Value? Transpose(Value value) => value.Shape is not [var rows, var columns] ? null
        : value with { Name = Emit("Transpose", [value.Name], ("perm", new long[] { 0, 2, 1 })), Shape = [columns, rows] };

    /// <summary>A dimension of 1 comes or goes.</summary>
    private Value? Squeeze(Value value)
    {
        int one = Array.IndexOf(value.Shape, 1);
        if (one >= 0 && value.Shape.Length > 1)
        {
            return value with { Name = ByVersion("Squeeze", value.Name, 13, ("axes", [one + 1])), Shape = [.. value.Shape.Where((_, axis) => axis != one)] };
        }

        if (value.Shape.Length > 1)
        {
            return null;
        }

        int at = _random.Next(1, value.Shape.Length + 2);
        return value with { Name = ByVersion("Unsqueeze", value.Name, 13, ("axes", [at])), Shape = [.. value.Shape[..(at - 1)], 1, .. value.Shape[(at - 1)..]] };
    }

    private Value? Slice(Value value)
    {
        if (value.Shape.Length == 0)
        {
            return null;
        }

        int axis = _random.Next(value.Shape.Length);
        long size = value.Shape[axis];
        long start = _random.NextInt64(size);
        long stop = _random.NextInt64(start, size) + 1;
        long step = Opset >= 10 && _random.Next(3) == 0 ? 2 : 1;
        bool isReversed = Opset >= 10 && _random.Next(4) == 0;
        long[] starts = [isReversed ? stop - 1 : _random.Next(2) == 0 ? start : start - size];
        long[] ends = [isReversed ? start == 0 ? -End : start - 1 : stop == size ? End : stop];
        long[] axes = [_random.Next(2) == 0 ? axis + 1 : axis - value.Shape.Length];
        string name = Opset < 10 ? Emit("Slice", [value.Name], ("starts", starts), ("ends", ends), ("axes", new long[] { axis + 1 }))
            : Emit("Slice", [value.Name, Wholes(starts), Wholes(ends), Wholes(axes), Wholes(isReversed ? -step : step)]);
        return value with { Name = name, Shape = With(value.Shape, axis, (stop - start + step - 1) / step) };
    }

    private Value? Split(Value value)
    {
        if (value.Shape.Length == 0 || value.Shape[^1] < 2)
        {
            return null;
        }

        long size = value.Shape[^1];
        long first = _random.NextInt64(1, size);
        bool isEven = size % 2 == 0 && _random.Next(2) == 0;
        string[] parts = [Name(), Name()];
        int axis = Pick([-1, value.Shape.Length]);
        long[] sizes = isEven ? [size / 2, size / 2] : [first, size - first];
        if (isEven && _random.Next(2) == 0)
        {
            Emit("Split", [value.Name], parts, Opset >= 18 ? [("axis", axis), ("num_outputs", 2)] : [("axis", axis)]);
        }
        else if (Opset < 13)
        {
            Emit("Split", [value.Name], parts, ("axis", axis), ("split", sizes));
        }
        else
        {
            Emit("Split", [value.Name, Wholes(sizes)], parts, ("axis", axis));
        }

        // Both are there to be read.
        _values.Add(value with { Name = parts[0], Shape = With(value.Shape, value.Shape.Length - 1, sizes[0]) });
        return value with { Name = parts[1], Shape = With(value.Shape, value.Shape.Length - 1, sizes[1]) };
    }

    private Value? Gather(Value value)
    {
        if (value.Shape.Length == 0)
        {
            return null;
        }

        int axis = _random.Next(value.Shape.Length);
        long size = value.Shape[axis];
        if (value.Shape.Length > 1 && _random.Next(2) == 0)
        {
            return value with { Name = Emit("Gather", [value.Name, Whole(_random.NextInt64(-size, size))], ("axis", axis + 1)), Shape = [.. value.Shape.Where((_, at) => at != axis)] };
        }

        long[] indices = [.. Enumerable.Range(0, _random.Next(1, 7)).Select(_ => _random.NextInt64(-size, size))];
        return value with { Name = Emit("Gather", [value.Name, Wholes(indices)], ("axis", axis + 1)), Shape = With(value.Shape, axis, indices.Length) };
    }

    private Value? Concat(Value value)
    {
        if (value.Shape.Length == 0)
        {
            return null;
        }

        int axis = _random.Next(value.Shape.Length);
        Value[] fitting =
        [
            .. _values.Where(other => other.Shape.Length == value.Shape.Length && other.Shape.Select((size, at) => at == axis || size == value.Shape[at]).All(fits => fits)),
        ];
        Value[] parts = [value, .. Enumerable.Range(0, _random.Next(3)).Select(_ => Pick(fitting))];
        string name = Emit("Concat", [.. parts.Select(part => part.Name)], ("axis", _random.Next(2) == 0 ? axis + 1 : axis - value.Shape.Length));
        return new Value(name, With(value.Shape, axis, parts.Sum(part => part.Shape[axis])), parts.Max(part => part.Bound));
    }

    private Value? Expand(Value value) => value.Shape is not [.., 1] ? null
        : value with { Name = Emit("Expand", [value.Name, Wholes([1, .. value.Shape[..^1], 3])]), Shape = With(value.Shape, value.Shape.Length - 1, 3) };

    private Value? Tile(Value value) => value.Shape.Length == 0 ? null
        : value with { Name = Emit("Tile", [value.Name, Wholes([1, .. value.Shape[..^1].Select(_ => 1L), 2])]), Shape = With(value.Shape, value.Shape.Length - 1, value.Shape[^1] * 2) };

    /// <summary>A choice that the file has made.</summary>
    private Value? Masked(Value value)
    {
        if (value.Shape.Length == 0)
        {
            return null;
        }

        long units = value.Shape[^1];
        string condition = Name();
        _builder.Constant(OnnxBuilder.Tensor(condition, OnnxType.Bool, units).Bytes(9, [.. Enumerable.Range(0, (int)units).Select(_ => (byte)_random.Next(2))]));
        string other = Constant([units], Numbers(units, 1));
        return value with { Name = Emit("Where", _random.Next(2) == 0 ? [condition, value.Name, other] : [condition, other, value.Name]), Bound = Math.Max(1, value.Bound) };
    }

    private Value? Same(Value value) => _random.Next(3) switch
    {
        0 => Node("Identity", value, value.Bound),
        1 => Node("Dropout", value, value.Bound, Opset < 12 ? [("ratio", 0.5f)] : []),
        _ => Node("Cast", value, value.Bound, ("to", (int)OnnxType.Float)),
    };

    private static long[] With(long[] shape, int axis, long size) => [.. shape.Select((old, at) => at == axis ? size : old)];
}
