using System;
using System.IO;
using System.IO.Compression;
using System.Text;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Files of other formats: recognised by their content, whatever they are called, with what to do.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private const string Torch = "safetensors.torch.save_file(model.state_dict(), \"x.safetensors\")";
    private const string Keras = "safetensors.numpy.save_file({w.path: w.numpy() for w in model.weights}, \"x.safetensors\")";

    private readonly TemporaryFolder _folder = new();
    private readonly IrisNet _network = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Beginnings as the programs write them; each is tried as a long file, as a short one, and as a stream that cannot seek.</summary>
    [Theory]
    [InlineData("\u0008\u0007\u0012\u0007pytorch\u001a\u00052.3.1:", "is a model in ONNX", Torch)]
    [InlineData("\u0008\u000a:\u0080\u0004\n", "is a model in ONNX", Torch)]
    [InlineData("\u0008\u0003\u0012\u0008skl2onnx", "is a model in ONNX", Torch)]
    [InlineData("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.", "is a pickle", Torch)]
    [InlineData("\u0080\u0004\u0095\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000", "is a pickle", Torch)]
    [InlineData("\u0093NUMPY\u0001\u0000v\u0000{'descr': '<f4'", "is an array of NumPy's", "numpy.load(\"x.npy\")")]
    [InlineData("\u0089HDF\r\n\u001a\n\u0000\u0000", "is an HDF5 file", Keras)]
    [InlineData("GGUF\u0003\u0000\u0000\u0000\u00ff", "is a GGUF file", Torch)]
    [InlineData("\u0018\u0000\u0000\u0000TFL3\u0000\u0000", "is a model of TensorFlow Lite", Keras)]
    [InlineData("\u001f\u008b\u0008\u0000\u0000\u0000\u0000\u0000", "is compressed with gzip", "decompress it first")]
    [InlineData("(\u00b5/\u00fd\u0004\u0000abcd", "is compressed", "decompress it first")]
    [InlineData("<!DOCTYPE html>\n<html>", "is a web page", "perhaps one about the file was downloaded")]
    [InlineData("\u00ef\u00bb\u00bf\r\n <HTML lang=\"en\">", "is a web page", "perhaps one about the file was downloaded")]
    [InlineData("<?xml version=\"1.0\"?><Error>", "is XML", "download the file itself")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:", "is the pointer that Git LFS keeps", "git lfs pull")]
    [InlineData("{\"metadata\": {\"total_size\": 1}, \"weight_map\": {", "is a text in JSON", "names the files of safetensors to load")]
    public void It_is_named_with_what_to_do(string start, string name, string advice)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(start);
        foreach (int length in new[] { bytes.Length, 5_000 })
        {
            byte[] content = [.. bytes, .. new byte[length - bytes.Length]];
            Refused(content, name, advice);
        }
    }

    [Theory]
    [InlineData("archive/data.pkl", "is a file of PyTorch's", Torch)]
    [InlineData("model/data.pkl", "is a file of PyTorch's", Torch)]
    [InlineData("arr_0.npy", "is an archive of NumPy's (npz)", "save_file(dict(numpy.load(\"x.npz\")), \"x.safetensors\")")]
    [InlineData("layers/dense/kernel.npy", "is an archive of NumPy's (npz)", "numpy.load(\"x.npz\")")]
    [InlineData("model.weights.h5", "is a model of Keras'", Keras)]
    [InlineData("metadata.json", "is a model of Keras'", Keras)]
    [InlineData("readme.txt", "is a zip archive", "unpack it first")]
    public void Archives_are_told_apart_by_what_is_in_them(string member, string name, string advice)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            // As Keras and PyTorch write them, which do not compress.
            using Stream entry = archive.CreateEntry(member, CompressionLevel.NoCompression).Open();
            entry.Write(Encoding.UTF8.GetBytes(member == "metadata.json" ? """{"keras_version": "3.4.1", "date_saved": "2024"}""" : "content"));
        }

        Refused(stream.ToArray(), name, advice);
    }

    /// <summary>A file that is what it should be is never taken for another, whatever the length of its header looks like.</summary>
    [Fact]
    public void A_header_of_any_length_is_no_other_format()
    {
        for (int length = 2; length < 70_000; length = length < 3_000 ? length + 1 : length + 251)
        {
            string json = "{\"__metadata__\":{\"" + new string('x', 7) + "\":\"onnx data.pkl keras .npy\"}}";
            byte[] header = Encoding.UTF8.GetBytes(length < json.Length ? "{}".PadRight(length) : json.PadRight(length));
            using var stream = new MemoryStream([.. BitConverter.GetBytes((long)length), .. header]);
            InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(stream, _network));
            Assert.StartsWith("The stream cannot be loaded: it has weights of 0 layers", error.Message);
        }
    }

    /// <summary>What is unknown is still described as before.</summary>
    [Fact]
    public void Anything_else_is_an_error_with_its_sizes()
    {
        Refused([1, 2, 3], "has 3 bytes", "expected at least 8");
        Refused([], "has 0 bytes", "expected at least 8");
        File.WriteAllBytes(_folder["file"], [.. "what is this?"u8]);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder["file"], _network));
        Assert.EndsWith($"its header has {BitConverter.ToUInt64("what is "u8)} bytes, but only 5 follow.", error.Message);
    }

    private void Refused(byte[] content, string name, string advice)
    {
        File.WriteAllBytes(_folder["file"], content);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder["file"], _network));
        Assert.StartsWith($"'{_folder["file"]}' cannot be loaded: it {name}", error.Message);
        Assert.Contains(advice, error.Message);
        using var stream = new ForwardStream(content);
        error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(stream, _network));
        Assert.StartsWith($"The stream cannot be loaded: it {name}", error.Message);
    }
}
