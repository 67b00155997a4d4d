using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Weights from streams that cannot seek.</summary>
public sealed class CheckpointStreamTests
{
    private readonly IrisNet _network = new();

    public CheckpointStreamTests()
    {
        _network.Initialize(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void It_need_not_seek(int most)
    {
        byte[] content = Saved();
        using var stream = new ForwardStream([.. content, 1, 2, 3], most);
        var loaded = new IrisNet();
        Checkpoint.Load(stream, loaded);
        Assert.Equal(_network.Parameters.Canonical(), loaded.Parameters.Canonical());

        // What follows belongs to somebody else.
        Assert.Equal(content.Length, stream.ReadBytes);
    }

    [Fact]
    public void It_may_be_compressed()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Saved());
        }

        compressed.Position = 0;
        var loaded = new IrisNet();
        using var stream = new GZipStream(compressed, CompressionMode.Decompress);
        Checkpoint.Load(stream, loaded);
        Assert.Equal(_network.Parameters.Canonical(), loaded.Parameters.Canonical());
    }

    /// <summary>The tensors are read in the order of the file, each once, and are given to the layers in theirs.</summary>
    [Fact]
    public void The_order_of_the_tensors_does_not_matter()
    {
        float[][] values = [.. Enumerable.Range(0, 3).Select(index => Values.Random(index, 6))];
        var writer = new SafetensorsWriter<float>();
        writer.Add("unused", new float[50_000], 50_000);
        foreach (int layer in new[] { 2, 0, 1 })
        {
            writer.Add($"net.{layer}.bias", values[layer].AsMemory(4, 2), 2);
            writer.Add($"net.{layer}.weight", values[layer].AsMemory(0, 4), 2, 2);
        }

        writer.Add("unused too", new float[3], 3);
        using var content = new MemoryStream();
        writer.Write(content);
        var network = new ThreeLayers();
        using var stream = new ForwardStream(content.ToArray());
        Checkpoint.Load(stream, network);
        Assert.Equal([.. values[0], .. values[1], .. values[2]], network.Parameters.Canonical());
        Assert.Equal(content.Length, stream.ReadBytes);

        // One layer of the file may be several of the network.
        using var again = new ForwardStream(content.ToArray());
        Checkpoint.Load(again, network, ["net.1", "net.2", "net.1"]);
        Assert.Equal([.. values[1], .. values[2], .. values[1]], network.Parameters.Canonical());
    }

    [Fact]
    public void One_that_ends_before_is_refused()
    {
        byte[] content = Saved();
        var loaded = new IrisNet();
        loaded.Initialize(2);
        float[] before = loaded.Parameters.Canonical();
        foreach (int length in new[] { 0, 7, 8, 9, 100, content.Length / 2, content.Length - 1 })
        {
            using var stream = new ForwardStream(content[..length]);
            InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(stream, loaded));
            Assert.Equal(
                length < 8
                    ? $"The stream cannot be loaded: it has {length} bytes, expected at least 8 for the length of the header."
                    : "The stream cannot be loaded: it ends before the content is complete.",
                error.Message);
            Assert.Equal(before, loaded.Parameters.Canonical());
        }
    }

    /// <summary>What the content claims costs nothing until it arrives.</summary>
    [Theory]
    [InlineData(16 << 20, "it ends before the content is complete")]
    [InlineData((16 << 20) + 1, "its header has 16777217 bytes, allowed are 16777216")]
    [InlineData(long.MaxValue, "its header has 9223372036854775807 bytes, allowed are 16777216")]
    public void A_long_header_that_does_not_come_takes_no_memory(long length, string message)
    {
        byte[] content = [.. BitConverter.GetBytes(length), .. Enumerable.Repeat((byte)'{', 5_000)];
        Assert.Throws<InvalidDataException>(() => Checkpoint.Load(new ForwardStream(content), _network));
        using var stream = new ForwardStream(content);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(stream, _network));
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.Equal($"The stream cannot be loaded: {message}.", error.Message);
        Assert.InRange(allocated, 0, 300_000);
    }

    [Fact]
    public void A_long_tensor_that_does_not_come_takes_no_memory()
    {
        const string Header = """{"huge":{"dtype":"U8","shape":[4000000000000000000],"data_offsets":[0,4000000000000000000]},"OTHERS}""";
        using var whole = new MemoryStream(Saved());
        string own = Encoding.UTF8.GetString(whole.ToArray(), 8, (int)BitConverter.ToInt64(whole.ToArray()));
        int offset = 0;
        foreach (int length in new[] { 256, 64, 192, 12 })
        {
            own = own.Replace($"[{offset},{offset + length}]", $"[{offset + 4000000000000000000},{offset + length + 4000000000000000000}]", StringComparison.Ordinal);
            offset += length;
        }

        byte[] json = Encoding.UTF8.GetBytes(Header.Replace("\"OTHERS}", own.Trim()[1..], StringComparison.Ordinal));
        using var stream = new ForwardStream([.. BitConverter.GetBytes((long)json.Length), .. json, .. new byte[1_000_000]]);
        float[] before = _network.Parameters.Canonical();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(stream, _network));
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.Equal("The stream cannot be loaded: it ends before the content is complete.", error.Message);
        Assert.Equal(before, _network.Parameters.Canonical());

        // What the stream of the test itself makes for what it hands out, and little more.
        Assert.InRange(allocated, 0, 2_500_000);
    }

    [Fact]
    public void One_that_is_closed_is_an_error()
    {
        var stream = new MemoryStream(Saved());
        stream.Dispose();
        Assert.Throws<ArgumentException>("stream", () => Checkpoint.Load(stream, _network));
    }

    private byte[] Saved()
    {
        using var stream = new MemoryStream();
        Checkpoint.Save(stream, _network);
        return stream.ToArray();
    }
}
