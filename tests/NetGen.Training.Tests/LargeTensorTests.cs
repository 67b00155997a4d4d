using System;
using System.IO;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Tensors that are written and read in parts.</summary>
public sealed class LargeTensorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8_191)]
    [InlineData(8_192)]
    [InlineData(8_193)]
    [InlineData(50_000)]
    public void Parts_make_the_whole(int count)
    {
        double[] values = Enumerable.Range(0, count).Select(index => index / 3.0).ToArray();
        using MemoryStream stream = Written(values);
        var reader = new SafetensorsReader(stream);
        double[] read = new double[count];
        reader.Read<double>(reader.Header.Tensors["a"], read);
        Assert.Equal(values, read);

        // The last number of the file.
        byte[] file = stream.ToArray();
        BitConverter.TryWriteBytes(file.AsSpan(file.Length - sizeof(double)), double.NaN);
        reader = new SafetensorsReader(new MemoryStream(file));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => reader.Read<double>(reader.Header.Tensors["a"], read));
        Assert.Contains($"has NaN at index {count - 1}", error.Message);
    }

    /// <summary>A network may have 2²⁸ parameters, in one layer and in double.</summary>
    [Fact]
    public void A_tensor_may_have_more_bytes_than_an_array()
    {
        // Nobody writes to the array, so it takes addresses and no memory.
        const int Count = 1 << 28;
        var writer = new SafetensorsWriter<double>();
        writer.Add("a", new double[Count], Count);
        using var counter = new Counter();
        writer.Write(counter);
        Assert.InRange(counter.Length, 8L * Count, 8L * Count + 200);
    }

    private static MemoryStream Written(double[] values)
    {
        var writer = new SafetensorsWriter<double>();
        writer.Add("a", values, values.Length);
        var stream = new MemoryStream();
        writer.Write(stream);
        stream.Position = 0;
        return stream;
    }

    /// <summary>Counts what is written and keeps none of it.</summary>
    private sealed class Counter : MemoryStream
    {
        private long _length;

        public override long Length => _length;

        public override void Write(byte[] buffer, int offset, int count) => _length += count;

        public override void Write(ReadOnlySpan<byte> buffer) => _length += buffer.Length;
    }
}
