using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace NetGen.Models.Tests;

/// <summary>Writes a message of Protocol Buffers field by field, right or wrong: nothing is checked.</summary>
internal sealed class ProtobufWriter
{
    private readonly MemoryStream _bytes = new();

    /// <summary>A field of a whole number.</summary>
    public ProtobufWriter Integer(int field, long value) => Tag(field, 0).Varint((ulong)value);

    /// <summary>A field of a number of 32 bits.</summary>
    public ProtobufWriter Float(int field, float value) => Tag(field, 5).Append(BitConverter.GetBytes(value));

    /// <summary>A field of a number of 64 bits.</summary>
    public ProtobufWriter Double(int field, double value) => Tag(field, 1).Append(BitConverter.GetBytes(value));

    /// <summary>A field of bytes.</summary>
    public ProtobufWriter Bytes(int field, params byte[] value) => Tag(field, 2).Varint((ulong)value.Length).Append(value);

    /// <summary>A field of a text.</summary>
    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A field of a message.</summary>
    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.ToBytes());

    /// <summary>A packed piece of whole numbers.</summary>
    public ProtobufWriter Packed(int field, params long[] values)
    {
        var piece = new ProtobufWriter();
        foreach (long value in values)
        {
            piece.Varint((ulong)value);
        }

        return Message(field, piece);
    }

    /// <summary>A packed piece of numbers of 32 bits.</summary>
    public ProtobufWriter Packed(int field, params float[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int index = 0; index < values.Length; index++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), values[index]);
        }

        return Bytes(field, bytes);
    }

    /// <summary>A packed piece of numbers of 64 bits.</summary>
    public ProtobufWriter Packed(int field, params double[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(double)];
        for (int index = 0; index < values.Length; index++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(index * sizeof(double)), values[index]);
        }

        return Bytes(field, bytes);
    }

    /// <summary>The beginning of a field.</summary>
    public ProtobufWriter Tag(long field, int wireType) => Varint(((ulong)field << 3) | (uint)wireType);

    /// <summary>A number alone, without a field.</summary>
    public ProtobufWriter Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.WriteByte((byte)(value | 0x80));
        }

        _bytes.WriteByte((byte)value);
        return this;
    }

    /// <summary>Bytes as they are.</summary>
    public ProtobufWriter Append(params byte[] bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>What is written so far.</summary>
    public byte[] ToBytes() => _bytes.ToArray();
}
