using System;

namespace NetGen.Determinism
{
    /// <summary>What the program does with numbers of a type, in the language of the oldest compiler.</summary>
    internal sealed class NumberFormat<T>
    {
        public NumberFormat(Func<double, T> from, Func<T, ulong> bits)
        {
            From = from;
            Bits = bits;
        }

        /// <summary>The nearest number of the type.</summary>
        public Func<double, T> From { get; }

        /// <summary>The bits of a number, the same for all NaN.</summary>
        public Func<T, ulong> Bits { get; }
    }

    /// <summary>The two number types.</summary>
    internal static class NumberFormats
    {
        public static readonly NumberFormat<float> Single = new NumberFormat<float>(
            value => (float)value,
            value => (uint)BitConverter.SingleToInt32Bits(float.IsNaN(value) ? float.NaN : value));

        public static readonly NumberFormat<double> Double = new NumberFormat<double>(
            value => value,
            value => (ulong)BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value));
    }
}
