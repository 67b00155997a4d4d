using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
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
    [InlineData("\u00ff\u00fe{\0\"\0m\0\"\0:\0", "is a text in JSON", "names the files of safetensors to load")]
    [InlineData("\u00ff\u00fe5\0.\0", "is a text in UTF-16", "Dataset.Create")]
    [InlineData("\u00fe\u00ff\05\0.\01\0,\0x", "is a text in UTF-16", "network.Parameters.CopyFrom(values)")]
    [InlineData("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", "is an image (PNG)", "give the path of the file of safetensors")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF", "is an image (JPEG)", "give the path of the file of safetensors")]
    [InlineData("GIF89a\u0001\0", "is an image (GIF)", "give the path of the file of safetensors")]
    [InlineData("RIFF\u0024\u0008\0\0WAVEfmt ", "is a sound, an image or a film", "give the path of the file of safetensors")]
    [InlineData("%PDF-1.7\n%", "is a document (PDF)", "give the path of the file of safetensors")]
    [InlineData("SQLite format 3\0\u0010\0", "is a database (SQLite)", "give the path of the file of safetensors")]
    [InlineData("PAR1\u0015\u0004\u0015", "is a table (Parquet)", "give the path of the file of safetensors")]
    [InlineData("\u007fELF\u0002\u0001\u0001\0", "is a program or a library", "give the path of the file of safetensors")]
    [InlineData("MZ\u0090\0\u0003\0\0\0", "is a program or a library", "give the path of the file of safetensors")]
    [InlineData("\0asm\u0001\0\0\0", "is a program or a library", "give the path of the file of safetensors")]
    public void It_is_named_with_what_to_do(string start, string name, string advice)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(start);
        foreach (int length in new[] { bytes.Length, 5_000 })
        {
            byte[] content = [.. bytes, .. new byte[length - bytes.Length]];
            Refused(content, name, advice);
        }
    }

    /// <summary>A text is one whatever its length, to the first line and behind it; shorter ones than the length of a header too.</summary>
    [Theory]
    [InlineData("sepal_length,sepal_width\n5.1,3.5\n")]
    [InlineData("\u00ef\u00bb\u00bf5.1;3.5\r\n")]
    [InlineData("5.1\t3.5\n")]
    [InlineData("na\u00efve, with letters of Latin-1: \u00e4\u00f6\u00fc\n")]
    [InlineData("[1, 2, 3]")]
    [InlineData("1,2\n")]
    [InlineData("7")]
    public void A_text_is_named_with_what_to_do(string line)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(line);
        foreach (int lines in new[] { 1, 2, 100 })
        {
            byte[] content = [.. Enumerable.Repeat(bytes, lines).SelectMany(each => each)];
            Refused(content, "is a text, such as a table of numbers (CSV)", "Dataset.Create(network, inputs, targets)");
        }
    }

    /// <summary>Linux says of these that they are empty, and gives more when they are read.</summary>
    [LinuxTheory]
    [InlineData("/proc/self/status", "it is a text")]
    [InlineData("/proc/self/auxv", "it has 0 bytes by the word of the system, and more to read: copy it to a file on a disk first")]
    public void A_file_that_is_none_on_a_disk_is_named(string path, string what)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(path, _network));
        Assert.StartsWith($"'{path}' cannot be loaded: {what}", error.Message);
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
            Assert.StartsWith("The stream cannot be loaded: file has weights of 0 layers", error.Message);
        }
    }

    /// <summary>What is unknown is still described as before.</summary>
    [Fact]
    public void Anything_else_is_an_error_with_its_sizes()
    {
        Refused([1, 2, 3], "has 3 bytes", "expected at least 8");
        Refused([], "has 0 bytes", "expected at least 8");
        File.WriteAllBytes(_folder["file"], [.. "what is\0this?"u8]);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder["file"], _network));
        Assert.EndsWith($"its header has {BitConverter.ToUInt64("what is\0"u8)} bytes, but only 5 follow.", error.Message);

        // Numbers without a header, and a file that is cut off.
        byte[] numbers = Values.Random(1, 500).SelectMany(BitConverter.GetBytes).ToArray();
        File.WriteAllBytes(_folder["file"], numbers);
        Assert.Contains(": its header has ", Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder["file"], _network)).Message);
        Checkpoint.Save(_folder["file"], _network);
        File.WriteAllBytes(_folder["file"], File.ReadAllBytes(_folder["file"])[..100]);
        Assert.EndsWith("but only 92 follow.", Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder["file"], _network)).Message);
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
