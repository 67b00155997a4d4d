using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Models.Onnx;
using Xunit;

namespace NetGen.Models.Tests;

/// <summary>Numbers of every type, wherever a file may have them.</summary>
public sealed class TensorTests
{
    private const int FloatData = 4;
    private const int Int32Data = 5;
    private const int StringData = 6;
    private const int Int64Data = 7;
    private const int RawData = 9;
    private const int DoubleData = 10;
    private const int ExternalData = 13;
    private const int DataLocation = 14;
    private const int UInt64Data = 11;

    /// <summary>Three numbers of each type: their bytes, how their typed field has them, and what they are.</summary>
    private static readonly Dictionary<OnnxType, (byte[] Raw, Action<ProtobufWriter> Typed, double[] Numbers)> Encoded = new()
    {
        [OnnxType.Float] = (
            [0, 0, 0xC0, 0x3F, 1, 0, 0, 0x80, 0xFF, 0xFF, 0x7F, 0x7F],
            tensor => tensor.Packed(FloatData, 1.5f, -float.Epsilon).Float(FloatData, float.MaxValue),
            [1.5, -float.Epsilon, float.MaxValue]),
        [OnnxType.Double] = (
            [0, 0, 0, 0, 0, 0, 0xF8, 0xBF, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xF0, 0x7F],
            tensor => tensor.Packed(DoubleData, -1.5).Packed(DoubleData, double.Epsilon, double.PositiveInfinity),
            [-1.5, double.Epsilon, double.PositiveInfinity]),

        // 1.5; −2⁻²⁴, the smallest; 65504, the largest.
        [OnnxType.Float16] = (
            [0x00, 0x3E, 0x01, 0x80, 0xFF, 0x7B],
            tensor => tensor.Packed(Int32Data, 0x3E00L, 0x8001, 0x7BFF),
            [1.5, -1.0 / (1 << 24), 65504]),
        [OnnxType.BFloat16] = (
            [0xC0, 0x3F, 0x80, 0xFF, 0x49, 0xC0],
            tensor => tensor.Packed(Int32Data, 0x3FC0L, 0xFF80, 0xC049),
            [1.5, double.NegativeInfinity, -3.140625]),
        [OnnxType.Bool] = ([1, 0, 1], tensor => tensor.Packed(Int32Data, 1L, 0, 1), [1, 0, 1]),
        [OnnxType.Int8] = ([0x80, 0x7F, 0xFF], tensor => tensor.Packed(Int32Data, -128L, 127, -1), [-128, 127, -1]),
        [OnnxType.UInt8] = ([0x80, 0x7F, 0xFF], tensor => tensor.Packed(Int32Data, 128L, 127, 255), [128, 127, 255]),
        [OnnxType.Int16] = ([0, 0x80, 0xFF, 0x7F, 0xFE, 0xFF], tensor => tensor.Packed(Int32Data, -32768L, 32767, -2), [-32768, 32767, -2]),
        [OnnxType.UInt16] = ([0, 0x80, 0xFF, 0x7F, 0xFE, 0xFF], tensor => tensor.Packed(Int32Data, 32768L, 32767, 65534), [32768, 32767, 65534]),
        [OnnxType.Int32] = (
            [0, 0, 0, 0x80, 0xFF, 0xFF, 0xFF, 0x7F, 0xFD, 0xFF, 0xFF, 0xFF],
            tensor => tensor.Integer(Int32Data, int.MinValue).Packed(Int32Data, [int.MaxValue]).Integer(Int32Data, -3),
            [int.MinValue, int.MaxValue, -3]),
        [OnnxType.UInt32] = (
            [0, 0, 0, 0x80, 0xFF, 0xFF, 0xFF, 0x7F, 0xFD, 0xFF, 0xFF, 0xFF],
            tensor => tensor.Packed(UInt64Data, 1L << 31, int.MaxValue, uint.MaxValue - 2L),
            [1L << 31, int.MaxValue, uint.MaxValue - 2L]),
        [OnnxType.Int64] = (
            [0, 0, 0, 0, 0, 0, 0x20, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0x80],
            tensor => tensor.Packed(Int64Data, 1L << 53, -1, long.MinValue),
            [1L << 53, -1, long.MinValue]),
        [OnnxType.UInt64] = (
            [0, 0, 0, 0, 0, 0, 0x20, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80],
            tensor => tensor.Packed(UInt64Data, 1L << 53, 1, long.MinValue),
            [1L << 53, 1, 9223372036854775808.0]),
    };

    public static TheoryData<string> Types => [.. Encoded.Keys.Select(type => type.ToString())];

    /// <summary>Tensors that cannot be right, with the message for each.</summary>
    private static readonly Dictionary<string, (ProtobufWriter Tensor, string Message)> Wrong = new()
    {
        ["raw_data too short"] = (Floats(8, 8).Bytes(RawData, new byte[252]), "the tensor 'w' has 252 bytes, its dimensions [8, 8] of Float need 256"),
        ["raw_data too long"] = (Floats(1).Bytes(RawData, new byte[5]), "the tensor 'w' has 5 bytes, its dimensions [1] of Float need 4"),
        ["no numbers"] = (Floats(2), "the tensor 'w' has 0 bytes, its dimensions [2] of Float need 8"),
        ["numbers twice"] = (Floats(1).Bytes(RawData, 0, 0, 0, 0).Float(FloatData, 1), "the tensor 'w' has numbers in raw_data and in float_data"),
        ["numbers in two fields"] = (Floats(1).Float(FloatData, 1).Integer(Int64Data, 1), "the tensor 'w' has numbers in float_data and in int64_data"),
        ["numbers of another type"] = (Floats(1).Integer(Int64Data, 1), "the tensor 'w' of Float has int64_data, expected float_data"),
        ["texts in a tensor of floats"] = (Floats(1).Text(StringData, "1"), "the tensor 'w' of Float has string_data, expected float_data"),
        ["too few numbers"] = (Floats(2).Float(FloatData, 1), "the tensor 'w' has 1 number in float_data, its dimensions [2] need 2"),
        ["too many numbers"] = (Floats(2).Packed(FloatData, 1f, 2, 3), "the tensor 'w' has 3 numbers in float_data, its dimensions [2] need 2"),
        ["float_data that is no multiple of 4 bytes"] = (
            Floats(1).Bytes(FloatData, 1, 2, 3, 4, 5),
            "the field 4 of a tensor, at byte 19, has 5 bytes, which is no multiple of 4"),
        ["number of no elements with data"] = (Floats(0, 3).Bytes(RawData, 1, 2, 3, 4), "the tensor 'w' has 4 bytes, its dimensions [0, 3] of Float need 0"),
        ["dimension that is negative"] = (Floats(-1).Float(FloatData, 1), "the tensor 'w' has the dimension -1, expected 0 to 2147483647"),
        ["dimension of 2^31"] = (Floats(1L << 31), "the tensor 'w' has the dimension 2147483648, expected 0 to 2147483647"),
        ["dimensions beyond 2^31"] = (Floats(65536, 65536), "the tensor 'w' has the dimensions [65536, 65536], which are more than 2147483647 numbers"),
        ["dimensions beyond 2^64"] = (
            Floats(1 << 30, 1 << 30, 1 << 30),
            "the tensor 'w' has the dimensions [1073741824, 1073741824, 1073741824], which are more than 2147483647 numbers"),
        ["type UNDEFINED"] = (OnnxBuilder.Tensor("w", OnnxType.Undefined, 1), "the tensor 'w' does not say its type"),
        ["type that is unknown"] = (OnnxBuilder.Tensor("w", (OnnxType)27, 1), "the tensor 'w' has the unknown type 27"),
        ["segment"] = (Floats(1).Text(3, ""), "the tensor 'w' is a segment of a tensor, which files have not had since 2017"),
        ["data_location that is unknown"] = (Floats(1).Integer(DataLocation, 2), "the tensor 'w' has the data_location 2, expected 0 or 1"),
        ["another file and bytes"] = (External(("location", "w.bin")).Bytes(RawData, 0, 0, 0, 0), "the tensor 'w' has numbers in raw_data and in another file"),
        ["another file and numbers"] = (External(("location", "w.bin")).Float(FloatData, 1), "the tensor 'w' has numbers in float_data and in another file"),
        ["another file that data_location denies"] = (
            External(("location", "w.bin")).Integer(DataLocation, 0),
            "the tensor 'w' has external_data, but its data_location says that its numbers are in the model"),
        ["location that is missing"] = (External(("offset", "0")), "the tensor 'w' cannot be read: external_data does not say the location of the file"),
        ["another file without an entry"] = (External(), "the tensor 'w' cannot be read: external_data does not say the location of the file"),
        ["unknown key"] = (
            External(("location", "w.bin"), ("basepath", "/etc")),
            "the tensor 'w' cannot be read: external_data has the unknown key 'basepath'; known are location, offset, length and checksum"),
        ["key twice"] = (External(("location", "w.bin"), ("location", "v.bin")), "the tensor 'w' has 'location' twice in external_data"),
        ["offset that is negative"] = (
            External(("location", "w.bin"), ("offset", "-4")),
            "the tensor 'w' cannot be read: external_data has the offset '-4', expected a whole number from 0 to 2⁶³ − 1"),
        ["offset that is no number"] = (
            External(("location", "w.bin"), ("offset", "4k")),
            "the tensor 'w' cannot be read: external_data has the offset '4k', expected a whole number from 0 to 2⁶³ − 1"),
        ["offset with a blank"] = (
            External(("location", "w.bin"), ("offset", " 4")),
            "the tensor 'w' cannot be read: external_data has the offset ' 4', expected a whole number from 0 to 2⁶³ − 1"),
        ["length of 2^63"] = (
            External(("location", "w.bin"), ("length", "9223372036854775808")),
            "the tensor 'w' cannot be read: external_data has the length '9223372036854775808', expected a whole number from 0 to 2⁶³ − 1"),
        ["length of 1 TB"] = (
            External(("location", "w.bin"), ("length", "1099511627776")),
            "the tensor 'w' has 1099511627776 bytes in another file, its dimensions [1] of Float need 4"),
    };

    public static TheoryData<string> WrongNames => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Types))]
    public void Numbers_are_the_same_from_bytes_and_from_their_field(string name)
    {
        OnnxType type = Enum.Parse<OnnxType>(name);
        (byte[] raw, Action<ProtobufWriter> typed, double[] numbers) = Encoded[type];
        ProtobufWriter tensor = OnnxBuilder.Tensor("typed", type, 3);
        typed(tensor);
        var dictionary = new OnnxBuilder().Constant(OnnxBuilder.Tensor("raw", type, 3).Bytes(RawData, raw)).Constant(tensor).Read().Graph.Initializers;

        foreach (OnnxTensor each in dictionary.Values)
        {
            Assert.Equal((type, 3), (each.Type, each.Count));
            Assert.Equal(numbers, each.ToDoubles());
            if (type is OnnxType.Float or OnnxType.Double or OnnxType.Float16 or OnnxType.BFloat16)
            {
                Assert.Equal($"the tensor '{each.Name}' has numbers of type {type}, expected whole numbers", Message(each.ToIntegers));
            }
            else if (type == OnnxType.UInt64)
            {
                Assert.Equal($"the tensor '{each.Name}' has a number above 2⁶³ − 1 at index 2", Message(each.ToIntegers));
            }
            else
            {
                Assert.Equal(numbers, each.ToIntegers().Select(number => (double)number));
            }
        }
    }

    [Fact]
    public void Whole_numbers_above_2_to_the_53_are_exact()
    {
        long[] numbers = [long.MaxValue, (1L << 53) + 1, long.MinValue + 1];

        Assert.Equal(numbers, new OnnxBuilder().Constant("n", [3], numbers).Read().Graph.Initializers["n"].ToIntegers());
    }

    [Fact]
    public void Every_half_is_what_the_runtime_has()
    {
        byte[] bytes = [.. Enumerable.Range(0, 1 << 16).SelectMany(bits => BitConverter.GetBytes((ushort)bits))];
        OnnxTensor tensor = new OnnxBuilder().Constant(OnnxBuilder.Tensor("h", OnnxType.Float16, 256, 256).Bytes(RawData, bytes)).Read().Graph.Initializers["h"];

        Assert.Equal(Enumerable.Range(0, 1 << 16).Select(bits => (double)BitConverter.UInt16BitsToHalf((ushort)bits)), tensor.ToDoubles());
    }

    [Fact]
    public void A_number_and_a_tensor_of_none_are_tensors()
    {
        var constants = new OnnxBuilder()
            .Constant("scalar", [], 2.5f)
            .Constant(Floats(3, 0))
            .Constant(new ProtobufWriter().Packed(1, 2L).Packed(1, 1L, 2).Integer(2, 1).Text(8, "packed").Bytes(RawData, new byte[16]))
            .Read().Graph.Initializers;

        Assert.Equal([2.5], constants["scalar"].ToDoubles());
        Assert.Equal((1, 0), (constants["scalar"].Count, constants["scalar"].Dimensions.Count));
        Assert.Empty(constants["w"].ToDoubles());
        Assert.Equal([2, 1, 2], constants["packed"].Dimensions);
    }

    [Fact]
    public void Numbers_that_no_network_has_are_an_error_when_asked_for()
    {
        var constants = new OnnxBuilder()
            .Constant(OnnxBuilder.Tensor("quantised", OnnxType.Int4, 3).Bytes(RawData, 1, 2))
            .Constant(OnnxBuilder.Tensor("texts", OnnxType.String, 2).Text(StringData, "a").Text(StringData, "b"))
            .Constant(OnnxBuilder.Tensor("narrow", OnnxType.Int8, 2).Packed(Int32Data, 1L, 128))
            .Read().Graph.Initializers;

        Assert.Equal("the tensor 'quantised' has numbers of type Int4, which no network of NetGen has", Message(constants["quantised"].ToDoubles));
        Assert.Equal("the tensor 'texts' has texts, expected numbers", Message(constants["texts"].ToDoubles));
        Assert.Equal("the tensor 'narrow' has 128 at index 1, which Int8 has not", Message(constants["narrow"].ToDoubles));
    }

    [Theory]
    [MemberData(nameof(WrongNames))]
    public void A_tensor_that_cannot_be_right_is_refused(string name)
    {
        byte[] file = new OnnxBuilder().Constant(Wrong[name].Tensor).ToBytes();

        Assert.Equal(Wrong[name].Message, Message(() => OnnxReader.Read(file, external: null)));
    }

    private static ProtobufWriter Floats(params long[] dimensions) => OnnxBuilder.Tensor("w", OnnxType.Float, dimensions);

    private static ProtobufWriter External(params (string Key, string Value)[] entries) => entries.Aggregate(
        Floats(1).Integer(DataLocation, 1),
        (tensor, entry) => tensor.Message(ExternalData, new ProtobufWriter().Text(1, entry.Key).Text(2, entry.Value)));

    private static string Message(Func<object> act) => Assert.Throws<InvalidDataException>(act).Message;
}
