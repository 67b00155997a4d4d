using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Models.Importing;

/// <summary>
/// A tensor of a file while it is read: numbers that are known, or places among the values of a sample. A dimension may be the batch, which a tensor has one of at most and
/// which is free, whatever number the file has. Views move elements and compute nothing: <see cref="Rearrange"/>.
/// </summary>
internal sealed class Tensor
{
    private readonly double[]? _values;
    private readonly bool[]? _areOfBatch;
    private readonly Place[]? _places;

    private Tensor(IReadOnlyList<Dimension> dimensions, double[]? values, bool[]? areOfBatch, Place[]? places, bool isInteger)
    {
        Dimensions = dimensions;
        _values = values;
        _areOfBatch = areOfBatch;
        _places = places;
        IsInteger = isInteger;
    }

    /// <summary>The dimensions.</summary>
    public IReadOnlyList<Dimension> Dimensions { get; }

    /// <summary>Whether its numbers are whole ones.</summary>
    public bool IsInteger { get; }

    /// <summary>How many there are.</summary>
    public int Rank => Dimensions.Count;

    /// <summary>Whether all of it is known.</summary>
    public bool IsKnown => _values is not null;

    /// <summary>Elements of a sample.</summary>
    public int Count => _values?.Length ?? _places!.Length;

    /// <summary>The dimension that is the batch, or -1.</summary>
    public int Batch
    {
        get
        {
            for (int axis = 0; axis < Dimensions.Count; axis++)
            {
                if (Dimensions[axis].IsBatch)
                {
                    return axis;
                }
            }

            return -1;
        }
    }

    /// <summary>The places, where it is not known.</summary>
    public Place[] Places => _places!;

    /// <summary>The numbers, where they are known and none is a multiple of the batch.</summary>
    public double[]? Values => _areOfBatch is null ? _values : null;

    /// <summary>A number that is known.</summary>
    public Number this[int index] => new(_values![index], _areOfBatch?[index] ?? false);

    /// <summary>Numbers that are known.</summary>
    public static Tensor Known(IReadOnlyList<Dimension> dimensions, double[] values, bool isInteger) => new(dimensions, values, null, null, isInteger);

    /// <summary>Numbers that are known, or multiples of the batch.</summary>
    public static Tensor Known(IReadOnlyList<Dimension> dimensions, IReadOnlyList<Number> numbers, bool isInteger) => new(
        dimensions,
        numbers.Select(number => number.Value).ToArray(),
        numbers.Any(number => number.IsOfBatch) ? numbers.Select(number => number.IsOfBatch).ToArray() : null,
        null,
        isInteger);

    /// <summary>Values of a sample.</summary>
    public static Tensor Of(IReadOnlyList<Dimension> dimensions, Place[] places, bool isInteger = false) => new(dimensions, null, null, places, isInteger);

    /// <summary>Single numbers of a sample, all values of a node.</summary>
    public static Tensor All(IReadOnlyList<Dimension> dimensions, int node, bool isInteger = false)
    {
        var places = new Place[Dimension.Product(dimensions)];
        for (int index = 0; index < places.Length; index++)
        {
            places[index] = new Place(node, index);
        }

        return Of(dimensions, places, isInteger);
    }

    /// <summary>The same elements in other dimensions.</summary>
    public Tensor In(IReadOnlyList<Dimension> dimensions) => new(dimensions, _values, _areOfBatch, _places, IsInteger);

    /// <summary>The same with its numbers as whole ones, or not.</summary>
    public Tensor As(bool isInteger) => new(Dimensions, _values, _areOfBatch, _places, isInteger);

    /// <summary>Elements in another order, some of them several times or not at all.</summary>
    /// <param name="dimensions">The dimensions of the result.</param>
    /// <param name="from">For each element of the result, the index of the one that it is.</param>
    public Tensor Rearrange(IReadOnlyList<Dimension> dimensions, int[] from) =>
        new(dimensions, Rearranged(_values, from), Rearranged(_areOfBatch, from), Rearranged(_places, from), IsInteger);

    /// <summary>As messages have it: <c>[batch, 3, 8]</c>.</summary>
    public override string ToString() => Dimension.Text(Dimensions);

    private static T[]? Rearranged<T>(T[]? elements, int[] from) => elements is null ? null : Array.ConvertAll(from, index => elements[index]);
}

/// <summary>A number that is known, or a multiple of the size of the batch, which shapes are made of.</summary>
/// <param name="Value">The number, or the factor.</param>
/// <param name="IsOfBatch">Whether it is a multiple of the batch.</param>
internal readonly record struct Number(double Value, bool IsOfBatch = false);

/// <summary>A value of a sample.</summary>
/// <param name="Node">The node of the graph.</param>
/// <param name="Index">Which of its values.</param>
internal readonly record struct Place(int Node, int Index);

/// <summary>A dimension of a tensor.</summary>
/// <param name="Size">Its size; for the batch, how many elements of a sample lie along it, which is 1 unless others were merged with it.</param>
/// <param name="IsBatch">Whether samples lie along it, outside of those elements.</param>
internal readonly record struct Dimension(int Size, bool IsBatch = false)
{
    /// <summary>The batch.</summary>
    public static readonly Dimension Batch = new(1, IsBatch: true);

    /// <summary>Most elements of a tensor: far more than a network has that is written as code.</summary>
    public const int MostElements = 1 << 24;

    /// <summary>Elements of a sample, which are known to be few enough.</summary>
    public static int Product(IEnumerable<Dimension> dimensions) => dimensions.Aggregate(1, (product, dimension) => product * dimension.Size);

    /// <summary>Checks that a tensor has not too many elements.</summary>
    /// <exception cref="ImportException">It has.</exception>
    public static void CheckCount(IEnumerable<Dimension> dimensions)
    {
        double count = dimensions.Aggregate(1.0, (product, dimension) => product * dimension.Size);
        if (count > MostElements)
        {
            throw new ImportException($"its result of dimensions {Text(dimensions)} has more than {MostElements} elements");
        }
    }

    /// <summary>As messages have it.</summary>
    public static string Text(IEnumerable<Dimension> dimensions) => "[" + string.Join(", ", dimensions.Select(dimension => dimension.ToString())) + "]";

    /// <summary>As messages have it.</summary>
    public override string ToString()
    {
        string size = Size.ToString(CultureInfo.InvariantCulture);
        return !IsBatch ? size : Size == 1 ? "batch" : "batch·" + size;
    }
}
