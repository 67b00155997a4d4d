using System;
#if NET
using System.Numerics;
using System.Runtime.InteropServices;
#endif
using System.Runtime.CompilerServices;

namespace NetGen.Training;

/// <summary>How large the elements of a buffer are, whatever their signs.</summary>
/// <param name="AreFinite">Whether none is NaN or infinite.</param>
/// <param name="Smallest">The smallest size above 0; infinite if there is none.</param>
internal readonly record struct Sizes(bool AreFinite, double Smallest)
{
    public static Sizes Of<T>(ParameterBuffer<T> buffer)
        where T : unmanaged =>
#if NET
        Number<T>.IsSingle ? OfSingles(MemoryMarshal.Cast<T, uint>(buffer.AsSpan())) : OfDoubles(MemoryMarshal.Cast<T, long>(buffer.AsSpan()));
#else
        OfElements<T>(buffer.AsSpan());
#endif

#if NET
    // Bits without the sign are in the order of the sizes. One less than those of 0 are the largest of all: 0 is no size.
    [MethodImpl(HotCode.ByItself)]
    private static Sizes OfSingles(Span<uint> bits)
    {
        // Twice the bits: the sign is gone.
        var smallest = new Vector<uint>(uint.MaxValue);
        Vector<uint> largest = Vector<uint>.Zero;
        ref uint origin = ref MemoryMarshal.GetReference(bits);
        int whole = bits.Length - bits.Length % Vector<uint>.Count;
        for (int i = 0; i < whole; i += Vector<uint>.Count)
        {
            Vector<uint> each = Vector.LoadUnsafe(ref origin, (nuint)i);
            each += each;
            smallest = Vector.Min(smallest, each - Vector<uint>.One);
            largest = Vector.Max(largest, each);
        }

        uint low = uint.MaxValue;
        uint high = 0;
        for (int lane = 0; lane < Vector<uint>.Count; lane++)
        {
            low = Math.Min(low, smallest[lane]);
            high = Math.Max(high, largest[lane]);
        }

        foreach (uint each in bits[whole..])
        {
            low = Math.Min(low, unchecked(2 * each - 1));
            high = Math.Max(high, unchecked(2 * each));
        }

        return new Sizes(
            float.IsFinite(BitConverter.UInt32BitsToSingle(high / 2)),
            low == uint.MaxValue ? double.PositiveInfinity : BitConverter.UInt32BitsToSingle((low + 1) / 2));
    }

    [MethodImpl(HotCode.ByItself)]
    private static Sizes OfDoubles(Span<long> bits)
    {
        var smallest = new Vector<long>(long.MaxValue);
        Vector<long> largest = Vector<long>.Zero;
        var mask = new Vector<long>(long.MaxValue);
        ref long origin = ref MemoryMarshal.GetReference(bits);
        int whole = bits.Length - bits.Length % Vector<long>.Count;
        for (int i = 0; i < whole; i += Vector<long>.Count)
        {
            Vector<long> each = Vector.LoadUnsafe(ref origin, (nuint)i);
            smallest = Vector.Min(smallest, (each - Vector<long>.One) & mask);
            largest = Vector.Max(largest, each & mask);
        }

        long low = long.MaxValue;
        long high = 0;
        for (int lane = 0; lane < Vector<long>.Count; lane++)
        {
            low = Math.Min(low, smallest[lane]);
            high = Math.Max(high, largest[lane]);
        }

        foreach (long each in bits[whole..])
        {
            low = Math.Min(low, unchecked(each - 1) & long.MaxValue);
            high = Math.Max(high, each & long.MaxValue);
        }

        return new Sizes(
            double.IsFinite(BitConverter.Int64BitsToDouble(high)),
            low == long.MaxValue ? double.PositiveInfinity : BitConverter.Int64BitsToDouble(low + 1));
    }
#else
    [MethodImpl(HotCode.ByItself)]
    private static Sizes OfElements<T>(Span<T> elements)
        where T : unmanaged
    {
        var vectors = new Elements<T>(elements);
        bool areFinite = true;
        double smallest = double.PositiveInfinity;
        for (int i = 0; i < elements.Length; i++)
        {
            double size = Math.Abs(vectors[i].Value);
            areFinite &= double.IsFinite(size);
            smallest = size > 0 && size < smallest ? size : smallest;
        }

        return new Sizes(areFinite, smallest);
    }
#endif
}
