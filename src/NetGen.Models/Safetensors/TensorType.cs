using System;
using System.Collections.Generic;

namespace NetGen.Models.Safetensors;

/// <summary>The number types of the safetensors format.</summary>
/// <param name="Name">The name in a header.</param>
/// <param name="Size">Bytes of one number.</param>
/// <param name="Decode">The value of one number; null for types that no network has.</param>
internal sealed record TensorType(string Name, int Size, Func<byte[], int, double>? Decode = null)
{
    public static readonly TensorType Single = new("F32", sizeof(float), (bytes, at) => LittleEndian.Single(bytes, at));

    public static readonly TensorType Double = new("F64", sizeof(double), LittleEndian.Double);

    private static readonly TensorType Half = new("F16", 2, LittleEndian.Half);

    private static readonly TensorType BrainFloat = new("BF16", 2, LittleEndian.BrainFloat);

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

    /// <summary>The type of a name; null if there is none.</summary>
    public static TensorType? Find(string name) => ByName.TryGetValue(name, out TensorType? type) ? type : null;
}
