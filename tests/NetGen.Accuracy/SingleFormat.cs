using System;

namespace NetGen.Accuracy;

/// <summary>Single precision: every float is an input, in the order of the bits.</summary>
internal readonly struct SingleFormat : IFormat<float>
{
    private const int FractionBits = 23;
    private const int SpecialExponent = 255;

    // Exponent fields of a float and of a double that stand for the same power of two differ by this much.
    private const int BiasDifference = 1023 - 127;

    public static string Name => "float";

    public static long InputCount => 1L << 32;

    // The floats of one sign and one exponent.
    public static long ChunkSize => 1L << FractionBits;

    public static float Input(long index) => BitConverter.UInt32BitsToSingle((uint)index);

    public static double Ulp(double exact)
    {
        int exponent = (int)(BitConverter.SingleToUInt32Bits((float)exact) >> FractionBits) & SpecialExponent;
        return exponent == SpecialExponent
            ? double.NaN
            : BitConverter.Int64BitsToDouble((long)(Math.Max(exponent, 1) + BiasDifference - FractionBits) << 52);
    }
}
