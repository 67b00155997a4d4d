using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace NetGen.Training;

/// <summary>Writes tensors of one number type in the safetensors format.</summary>
internal sealed class SafetensorsWriter<T>
    where T : unmanaged
{
    /// <summary>The format wants the data to begin at a multiple of 8.</summary>
    private const int Alignment = 8;

    private readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal) { ["format"] = "pt" };
    private readonly List<(string Name, long[] Shape, ReadOnlyMemory<T> Values)> _tensors = [];

    public void AddMetadata(string key, string value) => _metadata.Add(key, value);

    /// <param name="name">The name.</param>
    /// <param name="values">The numbers, last dimension fastest.</param>
    /// <param name="shape">The dimensions.</param>
    public void Add(string name, ReadOnlyMemory<T> values, params long[] shape) => _tensors.Add((name, shape, values));

    public void Write(Stream stream)
    {
        ReadOnlySpan<byte> header = Header();
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        int size = TensorType.Of<T>().Size;
        foreach ((_, _, ReadOnlyMemory<T> values) in _tensors)
        {
            byte[] bytes = new byte[values.Length * size];
            for (int index = 0; index < values.Length; index++)
            {
                double value = Number<T>.ToDouble(values.Span[index]);
                if (Number<T>.IsSingle)
                {
                    BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * size), (float)value);
                }
                else
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(index * size), value);
                }
            }

            stream.Write(bytes);
        }
    }

    private ReadOnlySpan<byte> Header()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string key, string value) in _metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long offset = 0;
            foreach ((string name, long[] shape, ReadOnlyMemory<T> values) in _tensors)
            {
                long end = offset + (long)values.Length * TensorType.Of<T>().Size;
                json.WriteStartObject(name);
                json.WriteString("dtype", TensorType.Of<T>().Name);
                WriteNumbers(json, "shape", shape);
                WriteNumbers(json, "data_offsets", offset, end);
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        int padding = (Alignment - buffer.WrittenCount % Alignment) % Alignment;
        buffer.GetSpan(Alignment)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenSpan;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, params long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
