using System;
using System.Runtime.InteropServices;
#if NET8_0_OR_GREATER
using System.Runtime.Intrinsics;
#endif

namespace NetGen;

/// <summary>
/// Subnormal numbers lie nearer to 0 than the smallest normal number, 1.2e-38 in single and 2.2e-308 in double precision. Many processors take 50 to 200
/// cycles for an operation on one. Networks hardly compute any from inputs, weights and targets that are 0 or at least 1e-6 in size; this removes
/// those that come from elsewhere, such as a signal that fades.
/// </summary>
public static class Subnormals
{
    private const int SmallestSingle = 0x00800000;

    private const long SmallestDouble = 0x0010000000000000;

    /// <summary>Sets every subnormal number to 0, with its sign. Other numbers, infinities and NaN stay as they are.</summary>
    /// <param name="values">The numbers, in any order.</param>
    public static void Clear(Span<float> values)
    {
        // The bits as integers: a comparison of numbers would be as slow as any other operation on them.
        Span<int> bits = MemoryMarshal.Cast<float, int>(values);
        int index = 0;
#if NET8_0_OR_GREATER
        ref int first = ref MemoryMarshal.GetReference(bits);
        Vector256<int> magnitude = Vector256.Create(int.MaxValue);
        Vector256<int> smallest = Vector256.Create(SmallestSingle);
        for (; index <= bits.Length - Vector256<int>.Count; index += Vector256<int>.Count)
        {
            Vector256<int> x = Vector256.LoadUnsafe(ref first, (nuint)index);
            Vector256.AndNot(x, Vector256.LessThan(x & magnitude, smallest) & magnitude).StoreUnsafe(ref first, (nuint)index);
        }
#endif
        for (; index < bits.Length; index++)
        {
            if ((bits[index] & int.MaxValue) < SmallestSingle)
            {
                bits[index] &= int.MinValue;
            }
        }
    }

    /// <inheritdoc cref="Clear(Span{float})"/>
    public static void Clear(Span<double> values)
    {
        Span<long> bits = MemoryMarshal.Cast<double, long>(values);
        int index = 0;
#if NET8_0_OR_GREATER
        ref long first = ref MemoryMarshal.GetReference(bits);
        Vector256<long> magnitude = Vector256.Create(long.MaxValue);
        Vector256<long> smallest = Vector256.Create(SmallestDouble);
        for (; index <= bits.Length - Vector256<long>.Count; index += Vector256<long>.Count)
        {
            Vector256<long> x = Vector256.LoadUnsafe(ref first, (nuint)index);
            Vector256.AndNot(x, Vector256.LessThan(x & magnitude, smallest) & magnitude).StoreUnsafe(ref first, (nuint)index);
        }
#endif
        for (; index < bits.Length; index++)
        {
            if ((bits[index] & long.MaxValue) < SmallestDouble)
            {
                bits[index] &= long.MinValue;
            }
        }
    }
}
