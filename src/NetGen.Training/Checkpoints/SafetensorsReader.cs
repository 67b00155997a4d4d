using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Models.Safetensors;

namespace NetGen.Training;

/// <summary>
/// Reads a safetensors file that may be damaged or hostile, forwards only: nothing is allocated before the sizes are known to be right, and from a
/// stream that does not tell its length, no more than has arrived.
/// </summary>
internal sealed class SafetensorsReader
{
    private const int LengthBytes = SafetensorsHeader.LengthBytes;

    /// <summary>Bytes to read at a time, a multiple of the size of every number.</summary>
    private const int ChunkLength = 1 << 16;

    private readonly Stream _stream;

    /// <summary>Where the data starts in a stream that can seek, and how many bytes of it have been read in one that cannot.</summary>
    private readonly long _dataStart;
    private long _position;

    /// <summary>Reads and checks the header.</summary>
    /// <param name="stream">A stream at the start of the data; it is not closed.</param>
    /// <exception cref="InvalidDataException">The content is not a valid file.</exception>
    /// <exception cref="EndOfStreamException">The stream ended before.</exception>
    public SafetensorsReader(Stream stream)
    {
        _stream = stream;
        long? length = stream.CanSeek ? stream.Length - stream.Position : null;
        byte[] start = new byte[ForeignFile.Length];
        bool isShort = length < LengthBytes;
        int count = isShort ? ReadUpTo(stream, start) : ReadUpTo(stream, start.AsSpan(0, LengthBytes));
        if (isShort || length is null && count < LengthBytes)
        {
            // Linux makes some files, as those of /proc, while they are read, and says that they are empty.
            throw Foreign(start, count) ?? new InvalidDataException(count > length
                ? $"it has {length} bytes by the word of the system, and more to read: copy it to a file on a disk first"
                : $"it has {count} bytes, expected at least {LengthBytes} for the length of the header");
        }

        if (count < LengthBytes)
        {
            throw new EndOfStreamException();
        }

        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(start);
        ulong? available = (ulong?)(length - LengthBytes);
        if (SafetensorsHeader.Mistake(headerLength, available) is { } mistake)
        {
            count += ReadUpTo(stream, start.AsSpan(LengthBytes));
            throw Foreign(start, count) ?? new InvalidDataException(mistake);
        }

        // A format whose first bytes make a small number is told by what follows.
        int first = (int)Math.Min(headerLength, (ulong)(start.Length - LengthBytes));
        count += ReadUpTo(stream, start.AsSpan(LengthBytes, first));
        if (first > 0 && start[LengthBytes] != (byte)'{' && Foreign(start, count) is { } foreign)
        {
            throw foreign;
        }

        if (count < LengthBytes + first)
        {
            throw new EndOfStreamException();
        }

        byte[] json = ReadHeader(start.AsSpan(LengthBytes, first), (int)headerLength, length is not null);
        Header = SafetensorsHeader.Parse(json, 0, json.Length, (long?)(available - headerLength));
        _dataStart = length is null ? 0 : stream.Position;
    }

    public SafetensorsHeader Header { get; }

    /// <summary>Reads a tensor.</summary>
    /// <param name="tensor">The tensor, whose shape the caller has compared with what it expects.</param>
    /// <param name="numbers">Receives as many numbers as it has.</param>
    /// <exception cref="InvalidDataException">A number is NaN, infinite, or too large for T, or of a type that no network has.</exception>
    public void Read<T>(TensorHeader tensor, Span<T> numbers)
        where T : unmanaged
    {
        // In parts: all of them together may have more bytes than an array.
        int size = tensor.Type.Size;
        Func<byte[], int, double> decode = tensor.Decode;
        byte[] bytes = new byte[Math.Min(tensor.Length, ChunkLength)];
        MoveTo(tensor.Begin);
        for (int start = 0; start < numbers.Length; start += bytes.Length / size)
        {
            Span<T> part = numbers[start..Math.Min(numbers.Length, start + bytes.Length / size)];
            _stream.ReadExactly(bytes.AsSpan(0, part.Length * size));
            _position += part.Length * size;
            for (int index = 0; index < part.Length; index++)
            {
                double value = decode(bytes, index * size);
                part[index] = Number<T>.From(value);
                if (!Number<T>.IsFinite(part[index]))
                {
                    throw new InvalidDataException(FormattableString.Invariant(
                        $"the tensor '{tensor.Name}' has {value} at index {start + index}, expected finite numbers of type {typeof(T).Name}"));
                }
            }
        }
    }

    /// <summary>Reads several tensors, in the order of the file.</summary>
    /// <param name="tensors">The tensors with where they belong; one may belong to several places.</param>
    /// <exception cref="InvalidDataException">A number is NaN, infinite, or too large for T, or of a type that no network has.</exception>
    public void Read<T>(IEnumerable<(TensorHeader Tensor, Memory<T> Numbers)> tensors)
        where T : unmanaged
    {
        foreach (IGrouping<TensorHeader, Memory<T>> places in tensors.GroupBy(each => each.Tensor, each => each.Numbers).OrderBy(group => group.Key.Begin))
        {
            Memory<T> first = places.First();
            Read(places.Key, first.Span);
            foreach (Memory<T> other in places.Skip(1))
            {
                first.CopyTo(other);
            }
        }
    }

    /// <summary>Reads the rest of a stream that does not tell its length, to know that nothing is missing; what follows is left to others.</summary>
    public void Finish()
    {
        if (!_stream.CanSeek)
        {
            MoveTo(Header.DataLength);
        }
    }

    private void MoveTo(long position)
    {
        if (_stream.CanSeek)
        {
            _stream.Position = _dataStart + position;
            return;
        }

        byte[] skipped = new byte[Math.Min(position - _position, ChunkLength)];
        while (_position < position)
        {
            int count = (int)Math.Min(position - _position, skipped.Length);
            _stream.ReadExactly(skipped.AsSpan(0, count));
            _position += count;
        }
    }

    /// <summary>Reads the header, and takes memory for what arrives if it is not known that all of it will.</summary>
    private byte[] ReadHeader(ReadOnlySpan<byte> first, int length, bool isThere)
    {
        byte[] bytes = new byte[isThere ? length : Math.Min(length, ChunkLength)];
        first.CopyTo(bytes);
        for (int count = first.Length; ;)
        {
            _stream.ReadExactly(bytes.AsSpan(count));
            if (bytes.Length == length)
            {
                return bytes;
            }

            count = bytes.Length;
            Array.Resize(ref bytes, (int)Math.Min(length, 2L * count));
        }
    }

    /// <summary>Reads until there is no room or nothing more.</summary>
    /// <returns>The number of bytes.</returns>
    private static int ReadUpTo(Stream stream, Span<byte> bytes)
    {
        int count = 0;
        for (int next = 1; next > 0 && count < bytes.Length; count += next)
        {
            next = stream.Read(bytes[count..]);
        }

        return count;
    }

    private static InvalidDataException? Foreign(byte[] start, int count) =>
        ForeignFile.Describe(start, count, CheckpointAdvice.All) is { } what ? new InvalidDataException($"it {what}") : null;
}
