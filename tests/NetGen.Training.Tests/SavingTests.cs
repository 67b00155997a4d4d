using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Models;
using NetGen.Training.Child;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Saving replaces a file as a whole or not at all.</summary>
public sealed class SavingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IrisNet _network = new();

    public SavingTests()
    {
        _network.Initialize(1);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Saving_replaces_the_file_and_leaves_no_other()
    {
        Checkpoint.Save(_folder["net"], _network);
        _network.Initialize(2);
        Checkpoint.Save(_folder["net"], _network);
        var loaded = new IrisNet();
        Checkpoint.Load(_folder["net"], loaded);
        Assert.Equal(_network.Parameters.Canonical(), loaded.Parameters.Canonical());
        Assert.Equal(["net"], _folder.Files);
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_an_error_without_files()
    {
        Exception? error = Assert.Throws<DirectoryNotFoundException>(() => Checkpoint.Save(_folder["missing/net"], _network));
        Assert.StartsWith($"'{_folder["missing/net"]}' cannot be saved: ", error.Message);
        Directory.CreateDirectory(_folder["folder"]);
        error = Record.Exception(() => Checkpoint.Save(_folder["folder"], _network));
        Assert.True(error is IOException or UnauthorizedAccessException, $"{error}");
        Assert.StartsWith($"'{_folder["folder"]}' cannot be saved: ", error.Message);
        Assert.Throws<ArgumentException>("path", () => Checkpoint.Save("", _network));
        Assert.Empty(_folder.Files);
    }

    /// <summary>A path that ends as that of a folder does, there or not.</summary>
    [Theory]
    [InlineData("missing/")]
    [InlineData("missing/.")]
    [InlineData("missing/..")]
    [InlineData("folder/")]
    [InlineData("folder/.")]
    [InlineData("folder/..")]
    public void The_path_of_a_folder_is_an_error_without_files(string name)
    {
        string path = _folder[name];
        Directory.CreateDirectory(_folder["folder"]);
        IOException error = Assert.Throws<IOException>(() => Checkpoint.Save(path, _network));
        Assert.Equal($"'{path}' cannot be saved: it names a folder, expected a file; write the name of a file behind it.", error.Message);
        Assert.Empty(_folder.Files);
        Assert.Equal([_folder["folder"]], Directory.GetFileSystemEntries(_folder[""]));
        Assert.Empty(Directory.GetFileSystemEntries(_folder["folder"]));
    }

    /// <summary>What controls a terminal reaches neither the message of an error nor what a log has of it, whatever is wrong with the path.</summary>
    [LinuxTheory]
    [InlineData("a\u001b[31mb\r\n\u0085c\u2028\u202ed")]
    [InlineData("\u0007")]
    public void A_path_is_shown_without_what_controls_a_terminal(string name)
    {
        string path = _folder[name];
        string file = _folder[name + "file"];
        Directory.CreateDirectory(path);
        File.WriteAllText(file, "not a network");
        File.WriteAllText(_folder[name + "bytes"], "\u0001\u0002");
        Action[] uses =
        [
            () => Checkpoint.Save(path, _network), () => Checkpoint.Save(path + "/", _network), () => Checkpoint.Save(Path.Combine(file, "x"), _network),
            () => Checkpoint.Save(_folder["missing" + name + "/net"], _network),
            () => AtomicFile.Write(file, _ => throw new IOException($"What .NET says of '{file}'.")),
            () => AtomicFile.Write(file, _ => throw new UnauthorizedAccessException($"What .NET says of '{file}'.")),
            () => Checkpoint.Load(path, _network), () => Checkpoint.Load(file, _network), () => Checkpoint.Load(_folder[name + "bytes"], _network),
            () => Checkpoint.Load(_folder["missing" + name], _network), () => Checkpoint.Load(Path.Combine(path, "missing/net"), _network),
            () => Checkpoint.ReadExtras(_folder["missing" + name]),
        ];
        Assert.All(uses, use => AssertShown(name, use));
    }

    /// <summary>The error of a file shows a name with what controls a terminal escaped.</summary>
    internal static void AssertShown(string name, Action use)
    {
        Exception error = Assert.ThrowsAny<SystemException>(use);
        Assert.True(error is IOException or UnauthorizedAccessException or InvalidDataException, $"{error.GetType()}");
        Assert.Contains("\\u0", error.Message);
        Assert.DoesNotContain(name, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(FileText.Harmless(error.Message), error.Message);
    }

    /// <summary>The content fails after any number of bytes.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(100_000)]
    public void A_failure_while_writing_keeps_the_old_file(int bytes)
    {
        File.WriteAllText(_folder["net"], "old");
        IOException error = Assert.Throws<IOException>(() => AtomicFile.Write(_folder["net"], stream =>
        {
            stream.Write(new byte[bytes]);
            throw new IOException("enough");
        }));
        Assert.Equal($"'{_folder["net"]}' cannot be saved: enough", error.Message);
        Assert.Equal("old", File.ReadAllText(_folder["net"]));
        Assert.Equal(["net"], _folder.Files);
    }

    /// <summary>.NET has this exception for files that are too large for their file system.</summary>
    [Fact]
    public void A_file_that_is_too_large_is_an_error_with_the_path()
    {
        IOException error = Assert.Throws<IOException>(() => AtomicFile.Write(_folder["net"], _ => throw new ArgumentOutOfRangeException("value")));
        Assert.Equal($"'{_folder["net"]}' cannot be saved: it would be larger than the system allows.", error.Message);
        Assert.Empty(_folder.Files);
    }

    /// <summary>Linux has a device whose disk is always full; the temporary file leads to it.</summary>
    [LinuxFact]
    public void A_full_disk_keeps_the_old_file()
    {
        Checkpoint.Save(_folder["net"], _network);
        byte[] before = File.ReadAllBytes(_folder["net"]);
        File.CreateSymbolicLink(_folder["net.tmp"], "/dev/full");
        IOException error = Assert.ThrowsAny<IOException>(
            () => AtomicFile.Write(_folder["net"], _folder["net"], _folder["net.tmp"], stream => Checkpoint.Save(stream, _network)));
        Assert.StartsWith($"'{_folder["net"]}' cannot be saved: No space left", error.Message);
        Assert.Equal(before, File.ReadAllBytes(_folder["net"]));
        Assert.Equal(["net"], _folder.Files);
    }

    /// <summary>Most file systems take names of 255 bytes, and some of UTF-16 characters; the temporary file has a longer one than a short name.</summary>
    [Theory]
    [InlineData('x', 100)]
    [InlineData('x', 101)]
    [InlineData('x', 218)]
    [InlineData('x', 219)]
    [InlineData('x', 255)]
    [InlineData('é', 127)]
    [InlineData('網', 85)]
    public void Every_length_of_a_name_can_be_saved(char character, int count)
    {
        string name = new(character, count);
        string recent = "";
        AtomicFile.Write(_folder[name], stream => recent = Assert.Single(_folder.Files));
        Assert.EndsWith(".tmp", recent);
        string leftover = recent[..^8] + "0000.tmp";
        File.WriteAllText(_folder[leftover], "");
        File.SetLastWriteTimeUtc(_folder[leftover], DateTime.UtcNow.AddHours(-2));
        Checkpoint.Save(_folder[name], _network);
        Checkpoint.Load(_folder[name], _network);
        Assert.Equal([name], _folder.Files);
    }

    [LinuxTheory]
    [InlineData("a\nb")]
    [InlineData(" ")]
    [InlineData("*")]
    [InlineData("a?[b]{c}")]
    [InlineData("back\\slash")]
    [InlineData("-rf")]
    [InlineData("trailing. ")]
    [InlineData("...")]
    [InlineData("net.tmp")]
    [InlineData("'\"%")]
    public void Every_character_of_a_name_can_be_saved(string name)
    {
        Checkpoint.Save(_folder[name], _network);
        Checkpoint.Save(_folder[name], _network);
        Checkpoint.Load(_folder[name], _network);
        Assert.Equal([name], _folder.Files);
    }

    /// <summary>A file that is no file: nothing to read, and nothing to wait for.</summary>
    [Fact]
    public void A_path_that_cannot_be_read_is_an_error()
    {
        Assert.Throws<FileNotFoundException>(() => Checkpoint.Load(_folder["missing"], _network));
        Assert.Throws<DirectoryNotFoundException>(() => Checkpoint.Load(_folder["missing/net"], _network));
        Directory.CreateDirectory(_folder["folder"]);
        Assert.Throws<UnauthorizedAccessException>(() => Checkpoint.Load(_folder["folder"], _network));
        Assert.Throws<ArgumentException>("path", () => Checkpoint.Load("", _network));
    }

    /// <summary>One saver stands still at any point while the other saves: each file is whole, and the last to finish wins.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Two_savers_at_a_time_do_no_harm(int bytes)
    {
        var loaded = new IrisNet();
        AtomicFile.Write(_folder["net"], stream =>
        {
            stream.Write(new byte[bytes]);
            stream.Flush();
            Checkpoint.Save(_folder["net"], _network);
            Checkpoint.Load(_folder["net"], loaded);
        });
        Assert.Equal(_network.Parameters.Canonical(), loaded.Parameters.Canonical());
        Assert.Equal(new byte[bytes], File.ReadAllBytes(_folder["net"]));
        Assert.Equal(["net"], _folder.Files);
    }

    /// <summary>Several threads save to one path as fast as they can, while another loads.</summary>
    [Fact]
    public async Task Savers_in_a_race_leave_whole_files()
    {
        const int Savers = 3;
        Checkpoint.Save(_folder["net"], Program.CreateUniform(1));
        Task all = Task.WhenAll(Enumerable.Range(1, Savers).Select(saver => Task.Run(() =>
        {
            for (int round = 0; round < 50; round++)
            {
                Checkpoint.Save(_folder["net"], Program.CreateUniform(saver));
            }
        })));
        var brain = new Brain();
        do
        {
            Checkpoint.Load(_folder["net"], brain);
            Assert.InRange(brain.Parameters.Canonical().Distinct().Single(), 1, Savers);
        }
        while (!all.IsCompleted);
        await all;
        Assert.Equal(["net"], _folder.Files);
    }

    [Fact]
    public async Task Savers_of_a_new_file_do_no_harm()
    {
        for (int round = 0; round < 50; round++)
        {
            string file = _folder[$"net{round}"];
            await Task.WhenAll(Enumerable.Range(1, 3).Select(saver => Task.Run(() => Checkpoint.Save(file, Program.CreateUniform(saver)))));
            var brain = new Brain();
            Checkpoint.Load(file, brain);
            Assert.InRange(brain.Parameters.Canonical().Distinct().Single(), 1, 3);
        }
    }

    /// <summary>What killed processes left is removed once it is so old that nobody can be writing it; nothing else is.</summary>
    [Fact]
    public void Leftovers_do_not_pile_up()
    {
        string[] others = ["net.tmp", "net.00000000000000000000000000000000.bin", "net.x.tmp", "other.00000000000000000000000000000001.tmp"];
        string[] leftovers = ["net.00000000000000000000000000000002.tmp", "net.0123456789abcdef0123456789abcdef.tmp"];
        foreach (string name in others.Concat(leftovers))
        {
            File.WriteAllText(_folder[name], "");
            File.SetLastWriteTimeUtc(_folder[name], DateTime.UtcNow.AddHours(-2));
        }

        const string Recent = "net.00000000000000000000000000000003.tmp";
        File.WriteAllText(_folder[Recent], "");
        Checkpoint.Save(_folder["net"], _network);
        Assert.Equal(others.Append(Recent).Append("net").Order(), _folder.Files.Order());
    }

    /// <summary>A process that saves without end is killed again and again; the file is always one that it saved.</summary>
    [Fact]
    public void A_process_killed_while_saving_leaves_a_whole_file()
    {
        const int Kills = 25;
        var random = new Random(1);
        int interrupted = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            string program = Path.Combine(AppContext.BaseDirectory, "NetGen.Training.Child.dll");
            var start = new ProcessStartInfo(Environment.ProcessPath!, [program, "save", _folder["net"]]) { RedirectStandardOutput = true };
            using Process process = Process.Start(start)!;
            int saved = 0;
            while (saved < 1 + kill % 3)
            {
                saved = int.Parse(process.StandardOutput.ReadLine()!);
            }

            Thread.Sleep(random.Next(15));
            process.Kill();
            process.WaitForExit();
            interrupted = _folder.Files.Length - 1;

            // All parameters are those of one version, which is the last one that was reported or a later one.
            var brain = new Brain();
            Checkpoint.Load(_folder["net"], brain, new Adam<float>(brain.Parameters));
            Assert.InRange(brain.Parameters.Canonical().Distinct().Single(), saved, float.MaxValue);
        }

        // Otherwise the test has shown nothing.
        Assert.InRange(interrupted, 1, Kills);
    }
}
