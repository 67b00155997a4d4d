using System;
using System.Numerics;

namespace NetGen.Determinism;

/// <summary>FNV-1a over the bits of numbers. All NaN count as one: IEEE 754 leaves their sign and payload to the machine.</summary>
internal struct BitHash
{
    private ulong _hash = 14695981039346656037;

    public BitHash()
    {
    }

    public readonly ulong Value => _hash;

    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (T value in values)
        {
            Add(value);
        }
    }

    public void Add<T>(T value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T canonical = T.IsNaN(value) ? T.NaN : value;
        Add(typeof(T) == typeof(float)
            ? BitConverter.SingleToUInt32Bits(T.IsNaN(canonical) ? float.NaN : float.CreateTruncating(canonical))
            : BitConverter.DoubleToUInt64Bits(double.CreateTruncating(canonical)));
    }

    public void Add(ulong bits)
    {
        for (int shift = 0; shift < 64; shift += 8)
        {
            _hash = unchecked((_hash ^ ((bits >> shift) & 0xFF)) * 1099511628211);
        }
    }
}
