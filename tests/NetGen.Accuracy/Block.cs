using System;
using System.Numerics;
using System.Numerics.Tensors;

namespace NetGen.Accuracy;

/// <summary>A few inputs and their exact values, to be compared with one library after the other.</summary>
/// <typeparam name="T">The numbers.</typeparam>
/// <typeparam name="TFormat">Their inputs and distances.</typeparam>
internal sealed class Block<T, TFormat>
    where T : struct, IBinaryFloatingPointIeee754<T>
    where TFormat : struct, IFormat<T>
{
    // All arrays together stay in the first-level cache.
    private const int Size = 1024;

    private readonly T[] _x = new T[Size];
    private readonly T[] _y = new T[Size];
    private readonly double[] _hi = new double[Size];
    private readonly double[] _lo = new double[Size];

    // NaN where the result is not a question of distance but must have the right kind or the right bits.
    private readonly double[] _ulp = new double[Size];
    private readonly double[] _errors = new double[Size];
    private int _count;

    /// <summary>Takes inputs until the block is full or the end is reached, and returns the index that follows.</summary>
    public long Fill(long index, long end, long step, Exact exact)
    {
        _count = 0;
        while (index < end && _count < Size)
        {
            T x = TFormat.Input(index);
            (double hi, double lo) = exact(double.CreateTruncating(x));
            bool isLimit = T.IsInfinity(x) || (T.IsZero(x) && hi == 0);
            _x[_count] = x;
            _hi[_count] = hi;
            _lo[_count] = lo;
            _ulp[_count] = isLimit ? double.NaN : TFormat.Ulp(hi);
            _count++;
            index += step;
        }

        return index;
    }

    /// <summary>Computes the block with a library and adds its errors to the tally.</summary>
    public void Judge(BlockFunction<T> library, Tally tally)
    {
        Span<T> y = _y.AsSpan(0, _count);
        Span<double> errors = _errors.AsSpan(0, _count);
        library(_x.AsSpan(0, _count), y);
        TensorPrimitives.ConvertTruncating<T, double>(y, errors);
        TensorPrimitives.Subtract(errors, _hi.AsSpan(0, _count), errors);
        TensorPrimitives.Subtract(errors, _lo.AsSpan(0, _count), errors);
        TensorPrimitives.Abs(errors, errors);
        TensorPrimitives.Divide(errors, _ulp.AsSpan(0, _count), errors);
        if (errors.IsEmpty)
        {
            return;
        }

        // Few blocks hold a new maximum or something that is not finite; NaN would be the maximum.
        long count = TensorPrimitives.Max<double>(errors) <= tally.Maximum ? _count : JudgeEach(errors, tally);
        tally.Add(TensorPrimitives.Sum<double>(errors), count);
    }

    // Leaves zero where there is no error to be summed, and returns how many there are.
    private long JudgeEach(Span<double> errors, Tally tally)
    {
        long count = _count;
        for (int i = 0; i < errors.Length; i++)
        {
            if (!double.IsFinite(errors[i]))
            {
                JudgeKind(i, tally);
                errors[i] = 0;
                count--;
            }
            else if (errors[i] > tally.Maximum)
            {
                tally.Exceed(errors[i], double.CreateTruncating(_x[i]));
            }
        }

        return count;
    }

    private void JudgeKind(int i, Tally tally)
    {
        if (T.IsNaN(_x[i]))
        {
            if (!T.IsNaN(_y[i]))
            {
                tally.AddLostNaN();
            }
        }
        else if (!IsRight(_y[i], T.CreateTruncating(_hi[i])))
        {
            tally.AddWrong();
        }
    }

    // The sign of a zero counts.
    private static bool IsRight(T y, T expected) =>
        T.IsNaN(expected) ? T.IsNaN(y) : y == expected && T.IsNegative(y) == T.IsNegative(expected);
}
