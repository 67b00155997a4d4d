using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using NetGen.Models.Safetensors;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Files that other programs wrote: the valid ones compute what they should, the invalid ones are refused.</summary>
public sealed class CheckpointModelTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "models");
    private static readonly JsonElement Index = Read("index.json");
    private static readonly JsonElement Computed = Read("io.json").GetProperty("io");

    public static TheoryData<string> Valid =>
    [
        .. Index.GetProperty("models").EnumerateArray()
            .Where(model => model.GetProperty("format").GetString() == "safetensors")
            .Select(model => model.GetProperty("file").GetString()!),
    ];

    public static TheoryData<string> Invalid =>
    [
        .. Index.GetProperty("invalid").EnumerateArray()
            .Select(file => file.GetProperty("file").GetString()!)
            .Where(file => file.EndsWith(".safetensors", StringComparison.Ordinal)),
    ];

    [Fact]
    public void All_files_are_here() => Assert.Equal((7, 17), (Valid.Count, Invalid.Count));

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_valid_file_computes_what_it_should(string file)
    {
        JsonElement model = Index.GetProperty("models").EnumerateArray().Single(entry => entry.GetProperty("file").GetString() == file);
        JsonElement io = Computed.GetProperty(model.GetProperty("io").GetString()!);
        var declaration = new Declaration(
            io.GetProperty("network").GetProperty("inputs").GetInt32(),
            io.GetProperty("network").GetProperty("layers").EnumerateArray()
                .Select(layer => new Layer(layer.GetProperty("units").GetInt32(), Golden.ActivationName(layer.GetProperty("activation").GetString()!)))
                .ToList());
        INetwork<float> network = TestKit.Networks.Create<float>(declaration);
        string[] layerNames = model.GetProperty("layers").EnumerateArray()
            .Select(layer => layer.GetProperty("weight").GetString()!)
            .Select(name => name.Replace(".weight", "", StringComparison.Ordinal).Replace("/kernel:0", "", StringComparison.Ordinal))
            .ToArray();

        // The last file holds three networks in one.
        IReadOnlyList<string>? names = file == "policy_sb3.safetensors" ? layerNames : null;
        Checkpoint.Load(Path.Combine(Folder, file), network, names);

        float[] inputs = Values.To<float>(Golden.Flatten(io.GetProperty("inputs")));
        double[] expected = Golden.Flatten(io.GetProperty("outputs").GetProperty("float64"));
        var outputs = new float[expected.Length];
        network.ForwardBatch(inputs, outputs);
        Values.AssertClose(expected, outputs, model.GetProperty("tolerance").GetDouble(), file);

        // The names that were found are the ones that the index states.
        float[] found = network.Parameters.Canonical();
        network.Parameters.Clear();
        Checkpoint.Load(Path.Combine(Folder, file), network, layerNames);
        Assert.Equal(found, network.Parameters.Canonical());
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_invalid_file_is_refused(string file)
    {
        string path = Path.Combine(Folder, file);
        var network = new IrisNet();
        network.Initialize(3);
        float[] before = network.Parameters.Canonical();

        // Once for the compiler, once to look at the memory: the files are below 1.1 kB.
        Assert.Throws<InvalidDataException>(() => Checkpoint.Load(path, network));
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(path, network));
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        Assert.StartsWith($"'{path}' cannot be loaded: ", error.Message);
        Assert.Equal(before, network.Parameters.Canonical());
        Assert.InRange(allocated, 0, 100_000);
    }

    [Theory]
    [InlineData("header_length_huge", "its header has 9223372036854775813 bytes, but only 782 follow")]
    [InlineData("duplicate_key", "the tensor '0.weight' occurs twice")]
    [InlineData("missing_bias", "layer 'layers.1': file has no '2.bias', network has 3")]
    [InlineData("offsets_overlap", "the tensor '0.weight' begins at byte 0, expected 64: overlaps and holes are not allowed")]
    [InlineData("offsets_reversed", "the tensor '0.weight' ends before it begins (256 to 0)")]
    [InlineData("shape_overflow", "the tensor '0.weight' of shape [8589934592, 8589934592] and dtype F32 does not fit its 256 bytes")]
    [InlineData("trailing_data", "the tensors have 524 bytes, but 536 follow the header")]
    [InlineData("unknown_dtype", "the tensor '0.weight' has the unknown dtype 'F31'")]
    public void The_error_says_what_is_wrong(string file, string message)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => Checkpoint.Load(Path.Combine(Folder, "invalid", file + ".safetensors"), new IrisNet()));
        Assert.EndsWith($"cannot be loaded: {message}.", error.Message);
    }

    /// <summary>4 · (2⁶² + 64) bytes are 256 bytes for who multiplies without looking.</summary>
    [Fact]
    public void A_shape_that_overflows_to_the_right_size_is_refused()
    {
        const string Json = """{"a":{"dtype":"F32","shape":[4611686018427387968],"data_offsets":[0,256]}}""";
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => SafetensorsHeader.Parse(Encoding.UTF8.GetBytes(Json), 0, Json.Length, 256));
        Assert.EndsWith("does not fit its 256 bytes", error.Message);
    }

    /// <summary>All of them, against the framework's.</summary>
    [Fact]
    public void Halves_are_halves()
    {
        TensorType type = TensorType.Find("F16")!;
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            double expected = (double)BitConverter.UInt16BitsToHalf((ushort)bits);
            double actual = type.Decode!([(byte)bits, (byte)(bits >> 8)], 0);
            Assert.True(expected.Equals(actual) && double.IsNegative(expected) == double.IsNegative(actual) || double.IsNaN(expected) && double.IsNaN(actual));
        }
    }

    [Fact]
    public void A_file_of_several_networks_needs_names()
    {
        string path = Path.Combine(Folder, "policy_sb3.safetensors");
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(path, new IrisNet()));
        Assert.Contains("file has weights of 6 layers (action_net, mlp_extractor.policy_net.0, ", error.Message);
        error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(path, new IrisNet(), ["action_net", "nothing"]));
        Assert.Contains("file has 2×64 in 'action_net.weight', network has 16×4; ", error.Message);
        error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(path, new IrisNet(), ["nothing", "action_net"]));
        Assert.Contains("layer 'layers.0': file has no layer 'nothing' among ", error.Message);
        Assert.Throws<ArgumentException>("layerNames", () => Checkpoint.Load(path, new IrisNet(), ["action_net"]));
    }

    /// <summary>A message is read by people.</summary>
    [Fact]
    public void A_message_names_some_tensors_and_counts_the_others()
    {
        IEnumerable<string> tensors = Enumerable.Range(0, 1_000).Select(index => $$"""
            "{{new string('x', 300)}}{{index}}.weight":{"dtype":"U8","shape":[],"data_offsets":[{{index}},{{index + 1}}]}
            """);
        byte[] json = Encoding.UTF8.GetBytes($"{{{string.Join(',', tensors)}}}");
        using var stream = new MemoryStream();
        stream.Write(BitConverter.GetBytes((long)json.Length));
        stream.Write(json);
        stream.Write(new byte[1_000]);
        foreach (string[]? names in new string[]?[] { null, ["a", "b"] })
        {
            stream.Position = 0;
            InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(stream, new IrisNet(), names));
            Assert.Contains("… and 980 more", error.Message);
            Assert.InRange(error.Message.Length, 100, 5_000);
        }
    }

    private static JsonElement Read(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name))).RootElement;
}
