using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
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
        Assert.Throws<DirectoryNotFoundException>(() => Checkpoint.Save(_folder["missing/net"], _network));
        Directory.CreateDirectory(_folder["folder"]);
        Exception? error = Record.Exception(() => Checkpoint.Save(_folder["folder"], _network));
        Assert.True(error is IOException or UnauthorizedAccessException, $"{error}");
        Assert.Throws<ArgumentException>("path", () => Checkpoint.Save("", _network));
        Assert.Empty(_folder.Files);
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
        Assert.Equal("enough", error.Message);
        Assert.Equal("old", File.ReadAllText(_folder["net"]));
        Assert.Equal(["net"], _folder.Files);
    }

    /// <summary>Linux has a device whose disk is always full; the temporary file leads to it.</summary>
    [LinuxFact]
    public void A_full_disk_keeps_the_old_file()
    {
        Checkpoint.Save(_folder["net"], _network);
        byte[] before = File.ReadAllBytes(_folder["net"]);
        File.CreateSymbolicLink(_folder["net.tmp"], "/dev/full");
        _network.Initialize(2);
        IOException error = Assert.ThrowsAny<IOException>(() => Checkpoint.Save(_folder["net"], _network));
        Assert.Contains("No space left", error.Message);
        Assert.Equal(before, File.ReadAllBytes(_folder["net"]));
        Assert.Equal(["net"], _folder.Files);
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

    /// <summary>Two savers at a time: the second one fails and does no harm.</summary>
    [Fact]
    public void A_file_that_is_being_saved_is_left_alone()
    {
        using (new FileStream(_folder["net.tmp"], FileMode.Create, FileAccess.Write, FileShare.None))
        {
            Assert.ThrowsAny<IOException>(() => Checkpoint.Save(_folder["net"], _network));
            Assert.Equal(["net.tmp"], _folder.Files);
        }
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
            interrupted += File.Exists(_folder["net.tmp"]) ? 1 : 0;

            // All parameters are those of one version, which is the last one that was reported or a later one.
            var brain = new Brain();
            Checkpoint.Load(_folder["net"], brain, new Adam<float>(brain.Parameters));
            Assert.InRange(brain.Parameters.Canonical().Distinct().Single(), saved, float.MaxValue);
        }

        // Otherwise the test has shown nothing.
        Assert.InRange(interrupted, 1, Kills);
    }
}
