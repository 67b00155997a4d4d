using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using NetGen.Models.Safetensors;
using Xunit;

namespace NetGen.Models.Tests;

/// <summary>Files of safetensors in memory; what the header may be is tested with checkpoints, which read it by the same code.</summary>
public sealed class SafetensorsFileTests
{
    private const string Extension = ".safetensors";

    public static TheoryData<string> Valid => [.. ModelIndex.Names(ModelFiles.Golden, extension: Extension)];

    /// <summary>Files that are wrong, with the message; null for one that is a file, and no network.</summary>
    public static TheoryData<string, string?> Invalid => new()
    {
        { "empty", "it has 0 bytes, expected at least 8 for the length of the header" },
        { "seven_bytes", "it has 7 bytes, expected at least 8 for the length of the header" },
        { "header_length_too_long", "its header has 1592 bytes, but only 782 follow" },
        { "header_length_huge", "its header has 9223372036854775813 bytes, but only 782 follow" },
        { "bad_json", "the header is not valid JSON: expected a digit at byte 285" },
        { "header_not_object", "the header is StartArray, expected StartObject" },
        { "truncated_data", "the tensor '2.bias' ends at byte 524 of 514 bytes of data" },
        { "trailing_data", "the tensors have 524 bytes, but 536 follow the header" },
        { "offsets_overlap", "the tensor '0.weight' begins at byte 0, expected 64: overlaps and holes are not allowed" },
        { "offsets_out_of_range", "the tensor '2.bias' of shape [3] and dtype F32 does not fit its 4108 bytes" },
        { "offsets_reversed", "the tensor '0.weight' ends before it begins (256 to 0)" },
        { "shape_mismatch", "the tensor '0.weight' of shape [17, 4] and dtype F32 does not fit its 256 bytes" },
        { "shape_negative", "the shape of '0.weight' must be whole numbers from 0 to 2⁶³ − 1" },
        { "shape_overflow", "the tensor '0.weight' of shape [8589934592, 8589934592] and dtype F32 does not fit its 256 bytes" },
        { "unknown_dtype", "the tensor '0.weight' has the unknown dtype 'F31'" },
        { "missing_bias", null },
        { "duplicate_key", "the tensor '0.weight' occurs twice" },
    };

    [Fact]
    public void All_files_are_here()
    {
        Assert.Equal(7, Valid.Count);
        Assert.Equal(ModelIndex.Names(ModelFiles.Golden, "invalid", Extension).Order(), Invalid.Select(row => $"invalid/{row[0]}{Extension}").Order());
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_valid_file_has_its_numbers(string name)
    {
        JsonElement entry = ModelIndex.Read(ModelFiles.Golden, extension: Extension).Single(each => each.GetProperty("file").GetString() == name);
        using JsonDocument computed = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(ModelFiles.Golden, "io.json")));
        JsonElement[] parameters = [.. computed.RootElement.GetProperty("io").GetProperty(entry.GetProperty("io").GetString()!).GetProperty("parameters").EnumerateArray()];
        SafetensorsFile file = SafetensorsFile.Read(File.ReadAllBytes(Path.Combine(ModelFiles.Golden, name)));
        bool isTransposed = false;
        foreach ((JsonElement layer, JsonElement expected) in entry.GetProperty("layers").EnumerateArray().Zip(parameters))
        {
            isTransposed = layer.GetProperty("layout").GetString() == "in_out";
            Assert.Equal(Rows(expected.GetProperty("weight"), isTransposed), Numbers(file, layer.GetProperty("weight")));
            Assert.Equal(expected.GetProperty("bias").EnumerateArray().Select(number => number.GetDouble()), Numbers(file, layer.GetProperty("bias")));
        }

        Assert.Equal(name.Contains("keras", StringComparison.Ordinal), isTransposed);
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_invalid_file_is_refused(string name, string? message)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(ModelFiles.Golden, "invalid", name + Extension));
        if (message is null)
        {
            Assert.NotEmpty(SafetensorsFile.Read(bytes).Header.Tensors);
        }
        else
        {
            Assert.Equal(message, Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(bytes)).Message);
        }
    }

    [Fact]
    public void Numbers_that_no_network_has_are_an_error_when_asked_for()
    {
        SafetensorsFile file = SafetensorsFile.Read(File.ReadAllBytes(Path.Combine(ModelFiles.Golden, "iris_extra_tensors.safetensors")));

        Assert.Empty(file.ToDoubles(file.Header.Tensors["empty"]));
        Assert.Equal(
            "the tensor 'net.num_batches_tracked' has numbers of type I64, expected F32, F64, F16 or BF16",
            Assert.Throws<InvalidDataException>(() => file.ToDoubles(file.Header.Tensors["net.num_batches_tracked"])).Message);
    }

    [Theory]
    [InlineData("<!DOCTYPE html>\n<html>", "it is a web page: perhaps one about the file was downloaded, or an error or a log-in, and not the file itself")]
    [InlineData("\u0008\u0007\u0012\u0007pytorch\u001a\u00052.3.1:", "it is a model in ONNX: save the weights of the model that it was made from as safetensors, in Python, where the model is loaded: safetensors.torch.save_file(model.state_dict(), \"x.safetensors\")")]
    public void A_file_of_another_format_is_named(string start, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(Encoding.Latin1.GetBytes(start))).Message);

    private static double[] Numbers(SafetensorsFile file, JsonElement name) => file.ToDoubles(file.Header.Tensors[name.GetString()!]);

    private static IEnumerable<double> Rows(JsonElement matrix, bool isTransposed)
    {
        double[][] rows = [.. matrix.EnumerateArray().Select(row => row.EnumerateArray().Select(number => number.GetDouble()).ToArray())];
        return isTransposed ? Enumerable.Range(0, rows[0].Length).SelectMany(column => rows.Select(row => row[column])) : rows.SelectMany(row => row);
    }
}
