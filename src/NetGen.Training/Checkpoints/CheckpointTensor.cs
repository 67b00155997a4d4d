using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Training;

/// <summary>Numbers of the caller's own in a checkpoint, such as the means of the inputs: single or double precision, with a shape. It never changes.</summary>
public sealed class CheckpointTensor
{
    internal const int MaximumDimensions = 8;

    private readonly float[]? _singles;
    private readonly double[]? _doubles;

    /// <summary>A tensor in single precision (F32).</summary>
    /// <param name="values">The numbers, the last dimension fastest. They are copied.</param>
    /// <param name="shape">The dimensions, 8 at most; none for as many numbers as there are, in one dimension.</param>
    /// <exception cref="ArgumentException">The shape does not have so many numbers, or a number is NaN or infinite.</exception>
    public CheckpointTensor(float[] values, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        Shape = CheckedShape(values.Length, shape);
        CheckFinite(Array.TrueForAll(values, float.IsFinite));
        _singles = (float[])values.Clone();
    }

    /// <summary>A tensor in double precision (F64).</summary>
    /// <param name="values">The numbers, the last dimension fastest. They are copied.</param>
    /// <param name="shape">The dimensions, 8 at most; none for as many numbers as there are, in one dimension.</param>
    /// <exception cref="ArgumentException">The shape does not have so many numbers, or a number is NaN or infinite.</exception>
    public CheckpointTensor(double[] values, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        Shape = CheckedShape(values.Length, shape);
        CheckFinite(Array.TrueForAll(values, double.IsFinite));
        _doubles = (double[])values.Clone();
    }

    private CheckpointTensor(int[] shape, float[]? singles, double[]? doubles)
    {
        Shape = Array.AsReadOnly(shape);
        _singles = singles;
        _doubles = doubles;
    }

    /// <summary>The dimensions.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Whether the numbers are in single precision.</summary>
    public bool IsSingle => _singles is not null;

    /// <summary>How many numbers it has.</summary>
    public int Count => _singles?.Length ?? _doubles!.Length;

    /// <summary>The numbers in single precision.</summary>
    /// <exception cref="OverflowException">One of them is in double precision and too large.</exception>
    public float[] ToSingles() => _singles is not null
        ? (float[])_singles.Clone()
        : Array.ConvertAll(_doubles!, value => float.IsFinite((float)value) ? (float)value : throw new OverflowException($"{value} is too large for a float."));

    /// <summary>The numbers in double precision, which has all of single precision exactly.</summary>
    public double[] ToDoubles() => _singles is not null ? Array.ConvertAll(_singles, value => (double)value) : (double[])_doubles!.Clone();

    /// <summary>A tensor of one dimension.</summary>
    /// <param name="values">The numbers.</param>
    public static implicit operator CheckpointTensor(float[] values) => new(values);

    /// <summary>A tensor of one dimension.</summary>
    /// <param name="values">The numbers.</param>
    public static implicit operator CheckpointTensor(double[] values) => new(values);

    /// <summary>Of numbers that nobody else has and that are finite.</summary>
    internal static CheckpointTensor Of(int[] shape, float[] values) => new(shape, values, null);

    /// <summary>Of numbers that nobody else has and that are finite.</summary>
    internal static CheckpointTensor Of(int[] shape, double[] values) => new(shape, null, values);

    internal void AddTo<T>(SafetensorsWriter<T> writer, string name)
        where T : unmanaged
    {
        long[] shape = Shape.Select(dimension => (long)dimension).ToArray();
        if (_singles is not null)
        {
            writer.AddOther<float>(name, _singles, shape);
        }
        else
        {
            writer.AddOther<double>(name, _doubles, shape);
        }
    }

    private static IReadOnlyList<int> CheckedShape(int count, int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        int[] dimensions = shape.Length == 0 ? [count] : (int[])shape.Clone();
        if (dimensions.Length > MaximumDimensions || Array.Exists(dimensions, dimension => dimension < 0))
        {
            throw new ArgumentException($"Expected {MaximumDimensions} dimensions at most, none of them negative.", nameof(shape));
        }

        // Of at most 8 dimensions below 2³¹ the product is exact, or so large that rounding does not matter.
        double product = dimensions.Aggregate(1.0, (result, dimension) => result * dimension);
        return product == count ? Array.AsReadOnly(dimensions) : throw new ArgumentException(
            $"The shape [{string.Join(", ", dimensions)}] does not have {count} numbers.", nameof(shape));
    }

    private static void CheckFinite(bool areFinite)
    {
        if (!areFinite)
        {
            throw new ArgumentException("A number is NaN or infinite. It could not be loaded.", "values");
        }
    }
}
