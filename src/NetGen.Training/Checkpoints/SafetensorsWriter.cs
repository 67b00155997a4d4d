using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

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
    private readonly List<(string Name, long[] Shape, ReadOnlyMemory<T> Values)> _tensors = [];

    public void AddMetadata(string key, string value) => _metadata.Add(key, value);

    /// <param name="name">The name.</param>
    /// <param name="values">The numbers, last dimension fastest.</param>
    /// <param name="shape">The dimensions.</param>
    public void Add(string name, ReadOnlyMemory<T> values, params long[] shape) => _tensors.Add((name, shape, values));

    /// <summary>The number of bytes.</summary>
    public long Length => sizeof(ulong) + Header().Length + _tensors.Sum(tensor => (long)tensor.Values.Length * TensorType.Of<T>().Size);

    public void Write(Stream stream)
    {
        byte[] header = Header();
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        byte[] bytes = new byte[ChunkLength];
        foreach ((_, _, ReadOnlyMemory<T> values) in _tensors)
        {
            Write(stream, values.Span, bytes);
        }
    }

    /// <summary>Writes numbers in parts: all of them together may have more bytes than an array.</summary>
    private static void Write(Stream stream, ReadOnlySpan<T> values, byte[] bytes)
    {
        int size = TensorType.Of<T>().Size;
        for (int start = 0; start < values.Length; start += bytes.Length / size)
        {
            ReadOnlySpan<T> part = values[start..Math.Min(values.Length, start + bytes.Length / size)];
            for (int index = 0; index < part.Length; index++)
            {
                Span<byte> place = bytes.AsSpan(index * size);
                double value = Number<T>.ToDouble(part[index]);
                if (Number<T>.IsSingle)
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
        json.AppendJoin(',', _metadata.Select(entry => $"{Quote(entry.Key)}:{Quote(entry.Value)}"));
        json.Append('}');
        long offset = 0;
        foreach ((string name, long[] shape, ReadOnlyMemory<T> values) in _tensors)
        {
            long end = offset + (long)values.Length * TensorType.Of<T>().Size;
            json.Append(FormattableString.Invariant(
                $",{Quote(name)}:{{\"dtype\":{Quote(TensorType.Of<T>().Name)},\"shape\":[{string.Join(",", shape)}],\"data_offsets\":[{offset},{end}]}}"));
            offset = end;
        }

        json.Append('}');

        // All is ASCII: a character is a byte.
        json.Append(' ', (Alignment - json.Length % Alignment) % Alignment);
        return Encoding.ASCII.GetBytes(json.ToString());
    }

    /// <summary>A text as JSON has it. All of them are NetGen's own words and numbers, so there is nothing to escape.</summary>
    private static string Quote(string text) => $"\"{text}\"";
}
