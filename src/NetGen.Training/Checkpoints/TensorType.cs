using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>The number types of the safetensors format.</summary>
/// <param name="Name">The name in a header.</param>
/// <param name="Size">Bytes of one number.</param>
/// <param name="Decode">The value of one number; null for types that no network has.</param>
internal sealed record TensorType(string Name, int Size, Func<byte[], int, double>? Decode = null)
{
    public static readonly TensorType Single = new("F32", sizeof(float), (bytes, at) => SingleOf(BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at))));

    public static readonly TensorType Double = new("F64", sizeof(double), (bytes, at) => BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at))));

    /// <summary>2⁻²⁴, the smallest half above 0.</summary>
    private const double SmallestHalf = 1.0 / (1 << 24);

    private static readonly TensorType Half = new("F16", 2, (bytes, at) => HalfOf(BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at))));

    // The upper half of a float.
    private static readonly TensorType BrainFloat = new(
        "BF16", 2, (bytes, at) => SingleOf(BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at)) << 16));

    private static readonly Dictionary<string, TensorType> ByName = new()
    {
        [Single.Name] = Single,
        [Double.Name] = Double,
        [Half.Name] = Half,
        [BrainFloat.Name] = BrainFloat,
        ["BOOL"] = new("BOOL", 1),
        ["U8"] = new("U8", 1),
        ["I8"] = new("I8", 1),
        ["F8_E5M2"] = new("F8_E5M2", 1),
        ["F8_E4M3"] = new("F8_E4M3", 1),
        ["U16"] = new("U16", 2),
        ["I16"] = new("I16", 2),
        ["U32"] = new("U32", 4),
        ["I32"] = new("I32", 4),
        ["U64"] = new("U64", 8),
        ["I64"] = new("I64", 8),
    };

    /// <summary>The type of a network's numbers.</summary>
    public static TensorType Of<T>()
        where T : unmanaged => Number<T>.IsSingle ? Single : Double;

    public static TensorType? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The number that the bits of a float stand for.</summary>
    private static double SingleOf(int bits) => BitConverter.Int32BitsToSingle(bits);

    /// <summary>The number that the bits of a half stand for: a sign, 5 bits of exponent, 10 of fraction.</summary>
    private static double HalfOf(int bits)
    {
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
}
