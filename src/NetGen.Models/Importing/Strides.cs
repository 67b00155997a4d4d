using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Importing;

/// <summary>Which element of a tensor an element of another one is: the index arithmetic of views and of broadcasting.</summary>
internal static class Strides
{
    /// <summary>The distance of neighbours along each dimension, last dimension fastest.</summary>
    public static int[] Of(IReadOnlyList<Dimension> dimensions)
    {
        var strides = new int[dimensions.Count];
        int stride = 1;
        for (int axis = dimensions.Count - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= dimensions[axis].Size;
        }

        return strides;
    }

    /// <summary>For each element of a result, last dimension fastest, the sum of what each of its indices adds.</summary>
    /// <param name="dimensions">The dimensions of the result.</param>
    /// <param name="offset">What an index along a dimension adds.</param>
    /// <exception cref="ImportException">There would be too many.</exception>
    public static int[] Map(IReadOnlyList<Dimension> dimensions, Func<int, int, int> offset)
    {
        Dimension.CheckCount(dimensions);
        var map = new int[] { 0 };
        for (int axis = 0; axis < dimensions.Count; axis++)
        {
            int size = dimensions[axis].Size;
            var added = new int[size];
            for (int index = 0; index < size; index++)
            {
                added[index] = offset(axis, index);
            }

            var next = new int[map.Length * size];
            for (int element = 0; element < map.Length; element++)
            {
                for (int index = 0; index < size; index++)
                {
                    next[element * size + index] = map[element] + added[index];
                }
            }

            map = next;
        }

        return map;
    }

    /// <summary>The dimensions that two tensors are brought to where they meet value by value; null where they cannot be.</summary>
    public static IReadOnlyList<Dimension>? Broadcast(IReadOnlyList<Dimension> left, IReadOnlyList<Dimension> right)
    {
        int rank = Math.Max(left.Count, right.Count);
        var dimensions = new Dimension[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            Dimension one = At(left, axis - rank + left.Count);
            Dimension other = At(right, axis - rank + right.Count);
            bool isOneBroad = one is { Size: 1, IsBatch: false };
            bool isOtherBroad = other is { Size: 1, IsBatch: false };
            if (one != other && !isOneBroad && !isOtherBroad)
            {
                return null;
            }

            dimensions[axis] = isOneBroad ? other : one;
        }

        return dimensions.Count(dimension => dimension.IsBatch) <= 1 ? dimensions : null;
    }

    /// <summary>A tensor in dimensions that it is repeated to.</summary>
    public static Tensor Expand(Tensor tensor, IReadOnlyList<Dimension> dimensions)
    {
        if (tensor.Dimensions.SequenceEqual(dimensions))
        {
            return tensor;
        }

        int[] strides = Of(tensor.Dimensions);
        int skipped = dimensions.Count - tensor.Rank;
        return tensor.Rearrange(dimensions, Map(dimensions, (axis, index) => axis < skipped || tensor.Dimensions[axis - skipped].Size == 1 ? 0 : index * strides[axis - skipped]));
    }

    /// <summary>A tensor with its dimensions in another order.</summary>
    public static Tensor Transpose(Tensor tensor, IReadOnlyList<int> order)
    {
        int[] strides = Of(tensor.Dimensions);
        Dimension[] dimensions = order.Select(axis => tensor.Dimensions[axis]).ToArray();
        return tensor.Rearrange(dimensions, Map(dimensions, (axis, index) => index * strides[order[axis]]));
    }

    /// <summary>Some of the elements along a dimension.</summary>
    public static Tensor Take(Tensor tensor, int axis, IReadOnlyList<int> indices)
    {
        int[] strides = Of(tensor.Dimensions);
        Dimension[] dimensions = tensor.Dimensions.ToArray();
        dimensions[axis] = new Dimension(indices.Count);
        return tensor.Rearrange(dimensions, Map(dimensions, (at, index) => (at == axis ? indices[index] : index) * strides[at]));
    }

    private static Dimension At(IReadOnlyList<Dimension> dimensions, int axis) => axis < 0 ? new Dimension(1) : dimensions[axis];
}
