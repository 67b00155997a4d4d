using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Models.Onnx;
using Xunit;

namespace NetGen.Models.Tests;

/// <summary>Files beside a model: only what lies in its folder, and no more of it than is there.</summary>
public sealed class ModelFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _outside = new();

    public void Dispose()
    {
        _folder.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public void A_part_of_a_file_is_read()
    {
        Directory.CreateDirectory(_folder["parts"]);
        File.WriteAllBytes(_folder["w.bin"], [1, 2, 3, 4, 5]);
        File.WriteAllBytes(_folder["parts/v.data"], [6, 7]);
        var folder = new ModelFolder(_folder.Path, 5);

        Assert.Equal([2, 3, 4], folder.Read("w.bin", 1, 3));
        Assert.Equal([4, 5], folder.Read("w.bin", 3, null));
        Assert.Equal([1, 2, 3, 4, 5], folder.Read("w.bin", 0, 5));
        Assert.Equal([], folder.Read("w.bin", 5, null));
        Assert.Equal([6, 7], folder.Read("parts/v.data", 0, null));
        Assert.Equal([1, 2, 3, 4, 5], ModelFolder.ReadModel(_folder["w.bin"], 5));
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("parts/../../secret")]
    [InlineData("..")]
    [InlineData(".. /secret")]
    [InlineData("./w.bin")]
    [InlineData("parts//w.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("//server/share")]
    [InlineData("..\\secret")]
    [InlineData("parts\\w.bin")]
    [InlineData("C:w.bin")]
    [InlineData("C:/w.bin")]
    [InlineData("w.bin:stream")]
    [InlineData("w.bin\0.txt")]
    [InlineData("w.bin\n")]
    [InlineData("w.bin.")]
    [InlineData("w.bin ")]
    [InlineData("")]
    public void A_path_that_could_leave_the_folder_is_refused(string location)
    {
        File.WriteAllBytes(_folder["w.bin"], [1]);
        Directory.CreateDirectory(_folder["parts"]);

        Assert.Equal(
            FileText.Harmless($"it names the file '{location}', expected a path from the folder of the model on, without '..', '\\', ':' and control characters"),
            FileText.Harmless(Refused(location)));
    }

    [Fact]
    public void A_long_path_is_refused() =>
        Assert.Equal("it names a file by a path of 2000000 characters, allowed are 1000", Refused(new StringBuilder().Insert(0, "a/", 1_000_000).ToString()));

    [Fact]
    public void A_link_is_refused()
    {
        File.WriteAllBytes(_outside["secret"], [1, 2, 3, 4]);
        File.CreateSymbolicLink(_folder["link"], _outside["secret"]);
        Directory.CreateSymbolicLink(_folder["door"], _outside.Path);

        Assert.Equal("it names the file 'link', which is a link or in one", Refused("link"));
        Assert.Equal("it names the file 'door/secret', which is a link or in one", Refused("door/secret"));
    }

    [Fact]
    public void What_is_no_file_is_refused()
    {
        Directory.CreateDirectory(_folder["parts"]);

        Assert.Equal("the file 'parts' beside the model: it is a folder", Refused("parts"));
        Assert.Equal("the file 'nothing' beside the model: it does not exist", Refused("nothing"));
        Assert.Equal("it is a folder", Assert.Throws<InvalidDataException>(() => ModelFolder.ReadModel(_folder.Path, 100)).Message);
        Assert.Equal("it does not exist", Assert.Throws<InvalidDataException>(() => ModelFolder.ReadModel(_folder["nothing"], 100)).Message);
        if (OperatingSystem.IsLinux())
        {
            // Opening a pipe would wait for somebody to write.
            using var process = Process.Start("mkfifo", _folder["pipe"]);
            process.WaitForExit();
            Assert.Equal("the file 'pipe' beside the model: it has 0 bytes, expected 4 bytes from byte 0 on", Refused("pipe"));
        }
    }

    [Theory]
    [InlineData(0L, 6L, "it has 5 bytes, expected 6 bytes from byte 0 on")]
    [InlineData(2L, 4L, "it has 5 bytes, expected 4 bytes from byte 2 on")]
    [InlineData(6L, null, "it has 5 bytes, expected 0 bytes from byte 6 on")]
    [InlineData(long.MaxValue, long.MaxValue, "it has 5 bytes, expected 9223372036854775807 bytes from byte 9223372036854775807 on")]
    [InlineData(0L, 1L << 40, "it has 5 bytes, expected 1099511627776 bytes from byte 0 on")]
    [InlineData(0L, null, "it has 5 bytes, allowed are 4")]
    public void More_than_there_is_or_is_allowed_is_refused(long offset, long? length, string message)
    {
        File.WriteAllBytes(_folder["w.bin"], [1, 2, 3, 4, 5]);

        string said = Assert.Throws<InvalidDataException>(() => new ModelFolder(_folder.Path, 4).Read("w.bin", offset, length)).Message;

        Assert.Equal($"the file 'w.bin' beside the model: {message}", said);
    }

    [Fact]
    public void A_model_that_is_too_large_is_refused()
    {
        File.WriteAllBytes(_folder["m.onnx"], new byte[101]);

        Assert.Equal("it has 101 bytes, allowed are 100", Assert.Throws<InvalidDataException>(() => ModelFolder.ReadModel(_folder["m.onnx"], 100)).Message);
    }

    [Fact]
    public void A_tensor_names_itself_and_its_file()
    {
        File.WriteAllBytes(_folder["w.bin"], new byte[9]);

        Assert.Equal("the tensor 'w' cannot be read: the file 'v.bin' beside the model: it does not exist", Message("v.bin"));
        Assert.Equal("the tensor 'w' has 9 bytes in the file 'w.bin', its dimensions of Float need 8", Message("w.bin"));
        Assert.StartsWith("the tensor 'w' cannot be read: it names the file '../w.bin', expected", Message("../w.bin"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing", "the tensor 'W0' cannot be read: the file 'weights_that_do_not_exist.bin' beside the model: it does not exist")]
    [InlineData("traversal", "the tensor 'W0' cannot be read: it names the file '../../outside_the_folder.bin', expected a path")]
    public void A_golden_file_with_weights_elsewhere_is_refused(string name, string message)
    {
        string path = Path.Combine(ModelFiles.Golden, "invalid", $"external_data_{name}.onnx");
        OnnxModel model = OnnxReader.Read(ModelFolder.ReadModel(path, 1_000), new ModelFolder(Path.GetDirectoryName(path)!, 1_000));

        string said = Assert.Throws<InvalidDataException>(() => model.Graph.Initializers.Values.Select(tensor => tensor.ToDoubles()).ToList()).Message;

        Assert.StartsWith(message, said, StringComparison.Ordinal);
    }

    private string Message(string location)
    {
        ProtobufWriter tensor = OnnxBuilder.Tensor("w", OnnxType.Float, 2).Integer(14, 1).Message(13, new ProtobufWriter().Text(1, "location").Text(2, location));
        OnnxTensor read = new OnnxBuilder().Constant(tensor).Read(new ModelFolder(_folder.Path, 100)).Graph.Initializers["w"];
        return Assert.Throws<InvalidDataException>(read.ToDoubles).Message;
    }

    private string Refused(string location) => Assert.Throws<InvalidDataException>(() => new ModelFolder(_folder.Path, 100).Read(location, 0, 4)).Message;
}
