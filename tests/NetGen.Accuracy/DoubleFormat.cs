using System;

namespace NetGen.Accuracy;

/// <summary>Double precision: a fixed sample, half of it spread over all exponents, half where the functions are not yet flat.</summary>
internal readonly struct DoubleFormat : IFormat<double>
{
    private const int FractionBits = 52;
    private const int SpecialExponent = 2047;
    private const long Half = 1L << 20;
    private const int Signed = 2 * (SpecialExponent + 1);
    private const ulong FractionMask = (1UL << FractionBits) - 1;

    // Of the second half: exponents from 2^-60, where most functions are their first term, to 2^10, where e^x has overflown.
    private const int LowestExponent = 1023 - 60;
    private const int Exponents = 71;

    public static string Name => "double";

    public static long InputCount => 2 * Half;

    public static long ChunkSize => 1L << 14;

    public static double Input(long index)
    {
        ulong random = Scramble((ulong)index);
        if (index >= Half)
        {
            ulong exponent = LowestExponent + ((random >> 53) % Exponents);
            return BitConverter.UInt64BitsToDouble(((random >> FractionBits) << 63) | (exponent << FractionBits) | (random & FractionMask));
        }

        // Every sign and exponent has 256 fractions: 0 (the power of two, zero, infinity), the two beside it, and random ones.
        ulong fraction = (index / Signed) switch
        {
            0 => 0,
            1 => 1,
            2 => FractionMask,
            _ => random & FractionMask,
        };
        return BitConverter.UInt64BitsToDouble(((ulong)(index % Signed) << FractionBits) | fraction);
    }

    public static double Ulp(double exact)
    {
        int exponent = (int)(BitConverter.DoubleToInt64Bits(exact) >> FractionBits) & SpecialExponent;
        return exponent == SpecialExponent ? double.NaN : Math.ScaleB(1, Math.Max(exponent, 1) - 1023 - FractionBits);
    }

    // SplitMix64: well mixed bits from consecutive numbers, the same on every machine.
    private static ulong Scramble(ulong index)
    {
        ulong z = (index + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
