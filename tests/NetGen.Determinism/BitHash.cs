using System;

namespace NetGen.Determinism
{
    /// <summary>FNV-1a over the bits of numbers. All NaN count as one: IEEE 754 leaves their sign and payload to the machine.</summary>
    internal sealed class BitHash
    {
        public ulong Value { get; private set; } = 14695981039346656037;

        public void Add<T>(Span<T> values, NumberFormat<T> format)
        {
            for (int index = 0; index < values.Length; index++)
            {
                Add(format.Bits(values[index]));
            }
        }

        public void Add(ulong bits)
        {
            for (int shift = 0; shift < 64; shift += 8)
            {
                Value = unchecked((Value ^ ((bits >> shift) & 0xFF)) * 1099511628211);
            }
        }
    }
}
