using System;
using System.Buffers.Binary;
using System.IO;

namespace NetGen.Training;

/// <summary>Reads a safetensors file that may be damaged or hostile: nothing is allocated before the sizes are known to be right.</summary>
internal sealed class SafetensorsReader
{
    private const int LengthBytes = sizeof(ulong);

    /// <summary>Far more than any network of NetGen needs; the format itself allows 100 MB.</summary>
    private const int MaximumHeaderLength = 16 << 20;

    /// <summary>Bytes to read at a time, a multiple of the size of every number.</summary>
    private const int ChunkLength = 1 << 16;

    private readonly Stream _stream;
    private readonly long _dataStart;

    /// <summary>Reads and checks the header.</summary>
    /// <param name="stream">A stream that can seek, at the start of the data; it is not closed.</param>
    /// <exception cref="InvalidDataException">The content is not a valid file.</exception>
    public SafetensorsReader(Stream stream)
    {
        _stream = stream;
        long length = stream.Length - stream.Position;
        if (length < LengthBytes)
        {
            throw new InvalidDataException($"it has {length} bytes, expected at least {LengthBytes} for the length of the header");
        }

        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        stream.ReadExactly(lengthBytes);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        ulong available = (ulong)(length - LengthBytes);
        if (headerLength > available)
        {
            throw new InvalidDataException($"its header has {headerLength} bytes, but only {available} follow");
        }

        if (headerLength > MaximumHeaderLength)
        {
            throw new InvalidDataException($"its header has {headerLength} bytes, allowed are {MaximumHeaderLength}");
        }

        byte[] json = new byte[headerLength];
        stream.ReadExactly(json);
        Header = SafetensorsHeader.Parse(json, (long)(available - headerLength));
        _dataStart = stream.Position;
    }

    public SafetensorsHeader Header { get; }

    /// <summary>Reads a tensor.</summary>
    /// <param name="tensor">The tensor, whose shape the caller has compared with what it expects.</param>
    /// <param name="numbers">Receives as many numbers as it has.</param>
    /// <exception cref="InvalidDataException">A number is NaN, infinite, or too large for T.</exception>
    public void Read<T>(TensorHeader tensor, Span<T> numbers)
        where T : unmanaged
    {
        // In parts: all of them together may have more bytes than an array.
        int size = tensor.Type.Size;
        byte[] bytes = new byte[Math.Min(tensor.Length, ChunkLength)];
        _stream.Position = _dataStart + tensor.Begin;
        for (int start = 0; start < numbers.Length; start += bytes.Length / size)
        {
            Span<T> part = numbers[start..Math.Min(numbers.Length, start + bytes.Length / size)];
            _stream.ReadExactly(bytes.AsSpan(0, part.Length * size));
            for (int index = 0; index < part.Length; index++)
            {
                double value = tensor.Type.Decode!(bytes, index * size);
                part[index] = Number<T>.From(value);
                if (!Number<T>.IsFinite(part[index]))
                {
                    throw new InvalidDataException(FormattableString.Invariant(
                        $"the tensor '{tensor.Name}' has {value} at index {start + index}, expected finite numbers of type {typeof(T).Name}"));
                }
            }
        }
    }
}
