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
    public static readonly TensorType Single = new("F32", sizeof(float), (bytes, at) => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at)));
    public static readonly TensorType Double = new("F64", sizeof(double), (bytes, at) => BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at)));

    private static readonly TensorType Half = new("F16", 2, (bytes, at) => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes.AsSpan(at)));

    // The upper half of a float.
    private static readonly TensorType BrainFloat = new(
        "BF16", 2, (bytes, at) => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at)) << 16));

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
}
