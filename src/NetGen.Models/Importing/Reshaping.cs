using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Importing;

/// <summary>
/// New dimensions for the same elements, where the batch stays what it is. Files have it in many ways: as its size when the model was exported, as −1, as 0, which copies it, or computed
/// from the dimensions of another tensor.
/// </summary>
internal static class Reshaping
{
    private const int Infer = -1;

    /// <summary>A tensor in other dimensions.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="shape">The dimensions as the file has them.</param>
    /// <param name="isZeroSize">A 0 is a dimension without elements rather than a copied one.</param>
    public static Tensor Reshape(Tensor tensor, IReadOnlyList<Number> shape, bool isZeroSize)
    {
        var sizes = new Dimension?[shape.Count];
        int inferred = -1;
        for (int axis = 0; axis < shape.Count; axis++)
        {
            if (shape[axis] is { Value: Infer, IsOfBatch: false })
            {
                inferred = inferred < 0 ? axis : throw Misfit(tensor, shape);
            }
            else
            {
                sizes[axis] = shape[axis] is { Value: 0, IsOfBatch: false } && !isZeroSize
                    ? axis < tensor.Rank ? tensor.Dimensions[axis] : throw Misfit(tensor, shape)
                    : Size(shape[axis]);
            }
        }

        double known = sizes.Aggregate(1.0, (product, dimension) => product * (dimension?.Size ?? 1));
        if (tensor.Batch >= 0 && !sizes.Any(dimension => dimension is { IsBatch: true }))
        {
            inferred = FindBatch(tensor, sizes, inferred, ref known);
        }

        if (inferred >= 0)
        {
            double size = tensor.Count / known;
            sizes[inferred] = known > 0 && size == Math.Floor(size) ? new Dimension((int)size) : throw Misfit(tensor, shape);
            known *= size;
        }

        Dimension[] dimensions = Array.ConvertAll(sizes, dimension => dimension!.Value);
        if (known != tensor.Count)
        {
            throw Misfit(tensor, shape);
        }

        CheckBatch(tensor, dimensions);
        return tensor.In(dimensions);
    }

    /// <summary>A dimension of a shape.</summary>
    public static Dimension Size(Number number) => number.Value is >= 0 and <= Dimension.MostElements && number.Value == Math.Floor(number.Value)
        ? new Dimension((int)number.Value, number.IsOfBatch)
        : throw new ImportException($"it has a dimension of {number.Value}");

    /// <summary>Finds the batch in a shape that does not name it.</summary>
    /// <returns>The dimension that is still to be inferred, or -1.</returns>
    private static int FindBatch(Tensor tensor, Dimension?[] sizes, int inferred, ref double known)
    {
        if (inferred >= 0 && known == tensor.Count)
        {
            sizes[inferred] = Dimension.Batch;
            return -1;
        }

        // The first dimension is the number of samples with which the model was exported, whatever that was.
        if (sizes.Length > 0 && inferred != 0 && sizes[0] is { } first && (inferred >= 0 ? first.Size > 0 && tensor.Count % (known / first.Size) == 0 : known / first.Size == tensor.Count))
        {
            known /= first.Size;
            sizes[0] = Dimension.Batch;
            return inferred;
        }

        double merged = tensor.Count / known;
        if (inferred >= 0 && merged == Math.Floor(merged))
        {
            sizes[inferred] = new Dimension((int)merged, IsBatch: true);
            known *= merged;
            return -1;
        }

        return inferred;
    }

    /// <summary>Samples must lie outside of all that is merged or split with them; where the batch is a single sample, it may be left out.</summary>
    private static void CheckBatch(Tensor tensor, Dimension[] dimensions)
    {
        int batch = Array.FindIndex(dimensions, dimension => dimension.IsBatch);
        int before = tensor.Dimensions.Take(Math.Max(0, tensor.Batch)).Aggregate(1, (product, dimension) => product * dimension.Size);
        int now = dimensions.Take(Math.Max(0, batch)).Aggregate(1, (product, dimension) => product * dimension.Size);
        if (dimensions.Count(dimension => dimension.IsBatch) > 1 || before != now)
        {
            throw new ImportException($"it mixes samples: it makes {Dimension.Text(dimensions)} of {tensor}");
        }
    }

    private static ImportException Misfit(Tensor tensor, IReadOnlyList<Number> shape) =>
        new($"it makes dimensions [{string.Join(", ", shape.Select(size => size.IsOfBatch ? size.Value == 1 ? "batch" : $"batch·{size.Value}" : size.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)))}] of {tensor}");
}
