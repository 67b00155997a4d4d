using System;
using System.Collections.Generic;

namespace NetGen.Models.Onnx;

/// <summary>
/// How a file has the numbers of a type (comments of <c>TensorProto</c>): as bytes one behind the other, or in the typed field that the type has, whose numbers
/// may be wider.
/// </summary>
/// <param name="Size">Bytes of one.</param>
/// <param name="Field">The typed field.</param>
/// <param name="Decode">The value of one, given its bytes.</param>
/// <param name="IsSigned">Whether the highest bit of a whole number is its sign.</param>
/// <param name="IsWhole">Whether they are whole numbers.</param>
internal sealed record OnnxEncoding(int Size, int Field, Func<byte[], int, double> Decode, bool IsSigned, bool IsWhole)
{
    public const int FloatData = 4;
    public const int Int32Data = 5;
    public const int StringData = 6;
    public const int Int64Data = 7;
    public const int DoubleData = 10;
    public const int UInt64Data = 11;

    private static readonly Dictionary<OnnxType, OnnxEncoding> ByType = new()
    {
        [OnnxType.Float] = new(sizeof(float), FloatData, (bytes, at) => LittleEndian.Single(bytes, at), IsSigned: true, IsWhole: false),
        [OnnxType.Double] = new(sizeof(double), DoubleData, LittleEndian.Double, IsSigned: true, IsWhole: false),

        // Their bits, as a whole number.
        [OnnxType.Float16] = new(2, Int32Data, LittleEndian.Half, IsSigned: false, IsWhole: false),
        [OnnxType.BFloat16] = new(2, Int32Data, LittleEndian.BrainFloat, IsSigned: false, IsWhole: false),
        [OnnxType.Bool] = Unsigned(1, Int32Data),
        [OnnxType.Int8] = Signed(1, Int32Data),
        [OnnxType.Int16] = Signed(2, Int32Data),
        [OnnxType.Int32] = Signed(4, Int32Data),
        [OnnxType.Int64] = Signed(8, Int64Data),
        [OnnxType.UInt8] = Unsigned(1, Int32Data),
        [OnnxType.UInt16] = Unsigned(2, Int32Data),
        [OnnxType.UInt32] = Unsigned(4, UInt64Data),
        [OnnxType.UInt64] = Unsigned(8, UInt64Data),
    };

    /// <summary>That of a type; null for one whose numbers no network has.</summary>
    public static OnnxEncoding? Of(OnnxType type) => ByType.TryGetValue(type, out OnnxEncoding? encoding) ? encoding : null;

    /// <summary>Whether a type has numbers that are no whole ones.</summary>
    public static bool IsReal(OnnxType type) => Of(type) is { IsWhole: false };

    /// <summary>The name of a typed field.</summary>
    public static string NameOf(int field) => field switch
    {
        FloatData => "float_data",
        Int32Data => "int32_data",
        StringData => "string_data",
        Int64Data => "int64_data",
        DoubleData => "double_data",
        _ => "uint64_data",
    };

    /// <summary>Bytes of one number of a typed field that is no varint; 0 where it is one.</summary>
    public static int FixedSize(int field) => field switch
    {
        FloatData => sizeof(float),
        DoubleData => sizeof(double),
        _ => 0,
    };

    /// <summary>The value of a whole number, given its bytes; null if it is 2⁶³ or more.</summary>
    public long? Whole(byte[] bytes, int at)
    {
        if (IsSigned)
        {
            return LittleEndian.Signed(bytes, at, Size);
        }

        ulong number = LittleEndian.Unsigned(bytes, at, Size);
        return number <= long.MaxValue ? (long)number : null;
    }

    private static OnnxEncoding Signed(int size, int field) => new(size, field, (bytes, at) => LittleEndian.Signed(bytes, at, size), IsSigned: true, IsWhole: true);

    private static OnnxEncoding Unsigned(int size, int field) => new(size, field, (bytes, at) => LittleEndian.Unsigned(bytes, at, size), IsSigned: false, IsWhole: true);
}
