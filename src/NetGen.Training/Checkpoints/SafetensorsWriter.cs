using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Models.Safetensors;

namespace NetGen.Training;

/// <summary>Writes tensors of one number type in the safetensors format.</summary>
internal sealed class SafetensorsWriter<T>
    where T : unmanaged
{
    /// <summary>The format wants the data to begin at a multiple of 8.</summary>
    private const int Alignment = 8;

    /// <summary>Bytes to write at a time, a multiple of the size of a number.</summary>
    private const int ChunkLength = 1 << 16;

    private readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal) { ["format"] = "pt" };
    private readonly List<Tensor> _tensors = [];

    public void AddMetadata(string key, string value) => _metadata.Add(key, value);

    /// <param name="name">The name.</param>
    /// <param name="values">The numbers, last dimension fastest.</param>
    /// <param name="shape">The dimensions.</param>
    public void Add(string name, ReadOnlyMemory<T> values, params long[] shape) => AddOther(name, values, shape);

    /// <summary>Adds a tensor of another number type.</summary>
    /// <param name="name">The name.</param>
    /// <param name="values">The numbers, last dimension fastest.</param>
    /// <param name="shape">The dimensions.</param>
    public void AddOther<TNumber>(string name, ReadOnlyMemory<TNumber> values, params long[] shape)
        where TNumber : unmanaged
    {
        TensorType type = Number<TNumber>.Type;
        _tensors.Add(new Tensor(name, type, shape, (long)values.Length * type.Size, (stream, bytes) => Write(stream, values.Span, bytes)));
    }

    /// <summary>The number of bytes.</summary>
    public long Length => sizeof(ulong) + Header().Length + _tensors.Sum(tensor => tensor.Length);

    public void Write(Stream stream)
    {
        byte[] header = Header();
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        byte[] bytes = new byte[ChunkLength];
        _tensors.ForEach(tensor => tensor.Write(stream, bytes));
    }

    /// <summary>Writes numbers in parts: all of them together may have more bytes than an array.</summary>
    private static void Write<TNumber>(Stream stream, ReadOnlySpan<TNumber> values, byte[] bytes)
        where TNumber : unmanaged
    {
        int size = Number<TNumber>.Type.Size;
        for (int start = 0; start < values.Length; start += bytes.Length / size)
        {
            ReadOnlySpan<TNumber> part = values[start..Math.Min(values.Length, start + bytes.Length / size)];
            for (int index = 0; index < part.Length; index++)
            {
                Span<byte> place = bytes.AsSpan(index * size);
                double value = Number<TNumber>.ToDouble(part[index]);
                if (Number<TNumber>.IsSingle)
                {
                    BinaryPrimitives.WriteInt32LittleEndian(place, BitConverter.SingleToInt32Bits((float)value));
                }
                else
                {
                    BinaryPrimitives.WriteInt64LittleEndian(place, BitConverter.DoubleToInt64Bits(value));
                }
            }

            stream.Write(bytes, 0, part.Length * size);
        }
    }

    private byte[] Header()
    {
        var json = new StringBuilder("{\"__metadata__\":{");
        json.AppendJoin(',', _metadata.Select(entry => $"{JsonText.Quote(entry.Key)}:{JsonText.Quote(entry.Value)}"));
        json.Append('}');
        long offset = 0;
        foreach (Tensor tensor in _tensors)
        {
            long end = offset + tensor.Length;
            json.Append(FormattableString.Invariant(
                $",{JsonText.Quote(tensor.Name)}:{{\"dtype\":\"{tensor.Type.Name}\",\"shape\":[{string.Join(",", tensor.Shape)}],\"data_offsets\":[{offset},{end}]}}"));
            offset = end;
        }

        json.Append('}');
        json.Append(' ', (Alignment - Encoding.UTF8.GetByteCount(json.ToString()) % Alignment) % Alignment);
        return Encoding.UTF8.GetBytes(json.ToString());
    }

    /// <param name="Name">Its name.</param>
    /// <param name="Type">Its number type.</param>
    /// <param name="Shape">Its dimensions.</param>
    /// <param name="Length">The number of its bytes.</param>
    /// <param name="Write">Writes them, with the help of an array.</param>
    private sealed record Tensor(string Name, TensorType Type, long[] Shape, long Length, Action<Stream, byte[]> Write);
}
