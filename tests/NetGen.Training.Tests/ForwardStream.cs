using System;
using System.IO;

namespace NetGen.Training.Tests;

/// <summary>A stream that cannot seek and hands out few bytes at a time, as a network does.</summary>
internal sealed class ForwardStream(byte[] content, int most = 100_000) : MemoryStream(content)
{
    /// <summary>Bytes that have been read.</summary>
    public int ReadBytes { get; private set; }

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        byte[] bytes = new byte[Math.Min(buffer.Length, most)];
        int count = base.Read(bytes, 0, bytes.Length);
        bytes.AsSpan(0, count).CopyTo(buffer);
        ReadBytes += count;
        return count;
    }
}
