using System;
using System.Runtime.InteropServices;

namespace NetGen.Models;

/// <summary>Numbers as files of models have them: the lowest byte first, whatever the processor does.</summary>
internal static class LittleEndian
{
    /// <summary>2⁻²⁴, the smallest half above 0.</summary>
    private const double SmallestHalf = 1.0 / (1 << 24);

    /// <summary>The lowest bytes of a whole number that is not negative, 1 to 8 of them.</summary>
    public static ulong Unsigned(byte[] bytes, int at, int size)
    {
        ulong number = 0;
        for (int index = size - 1; index >= 0; index--)
        {
            number = (number << 8) | bytes[at + index];
        }

        return number;
    }

    /// <summary>A whole number of 1 to 8 bytes; the highest bit is its sign.</summary>
    public static long Signed(byte[] bytes, int at, int size)
    {
        int unused = 64 - (8 * size);
        return (long)(Unsigned(bytes, at, size) << unused) >> unused;
    }

    /// <summary>Writes the lowest bytes of a number.</summary>
    public static void Write(byte[] bytes, int at, int size, ulong number)
    {
        for (int index = 0; index < size; index++)
        {
            bytes[at + index] = (byte)(number >> (8 * index));
        }
    }

    /// <summary>A number of 32 bits.</summary>
    public static float Single(byte[] bytes, int at) => SingleOf(Bits(bytes, at));

    /// <summary>A number of 64 bits.</summary>
    public static double Double(byte[] bytes, int at) => BitConverter.Int64BitsToDouble((uint)Bits(bytes, at) | ((long)Bits(bytes, at + 4) << 32));

    /// <summary>A number of 16 bits: a sign, 5 bits of exponent, 10 of fraction.</summary>
    public static double Half(byte[] bytes, int at)
    {
        int bits = (int)Unsigned(bytes, at, 2);
        int exponent = (bits >> 10) & 0x1F;
        int fraction = bits & 0x3FF;
        double magnitude = exponent switch
        {
            0 => fraction * SmallestHalf,
            0x1F => fraction == 0 ? double.PositiveInfinity : double.NaN,
            _ => (fraction + 0x400) * SmallestHalf * (1 << (exponent - 1)),
        };
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }

    /// <summary>A number of 16 bits that is the upper half of one of 32.</summary>
    public static double BrainFloat(byte[] bytes, int at) => SingleOf((int)Unsigned(bytes, at, 2) << 16);

    /// <summary>32 bits, without a loop: most numbers of files are such.</summary>
    private static int Bits(byte[] bytes, int at) => bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);

    // BitConverter has it in newer frameworks than the generator's.
    private static float SingleOf(int bits) => new SingleBits { Bits = bits }.Number;

    /// <summary>A number in the place of its bits.</summary>
    [StructLayout(LayoutKind.Explicit)]
    private struct SingleBits
    {
        [FieldOffset(0)]
        public int Bits;

        [FieldOffset(0)]
        public float Number;
    }
}
