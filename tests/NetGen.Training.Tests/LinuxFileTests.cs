using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Training.Child;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>What the file systems of Linux have beside plain files: links, modes, owners, pipes.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class LinuxFileTests : IDisposable
{
    private const uint Nobody = 65534;
    private const UnixFileMode All = (UnixFileMode)0x1FF;

    private readonly TemporaryFolder _folder = new();
    private readonly IrisNet _network = new();

    public LinuxFileTests()
    {
        _network.Initialize(1);
    }

    public void Dispose() => _folder.Dispose();

    [LinuxTheory]
    [InlineData("missing/")]
    [InlineData("missing/.")]
    [InlineData("folder/")]
    [InlineData("folder/..")]
    public void A_link_to_the_path_of_a_folder_is_an_error(string name)
    {
        Directory.CreateDirectory(_folder["folder"]);
        File.CreateSymbolicLink(_folder["link"], name);
        IOException error = Assert.Throws<IOException>(() => Checkpoint.Save(_folder["link"], _network));
        Assert.Equal($"'{_folder["link"]}' cannot be saved: it leads to '{name}', which names a folder, expected a file; write the name of a file behind it.", error.Message);
        Assert.Equal(name, new FileInfo(_folder["link"]).LinkTarget);
        Assert.False(Path.Exists(_folder["missing"]));
        Assert.Empty(Directory.GetFileSystemEntries(_folder["folder"]));
    }

    [LinuxFact]
    public void The_path_of_a_link_is_shown_without_what_controls_a_terminal()
    {
        const string Name = "a\u001b[31mb\n";
        File.CreateSymbolicLink(_folder[Name], Name);
        File.CreateSymbolicLink(_folder["to"], Name + "/");
        SavingTests.AssertShown(Name, () => Checkpoint.Save(_folder[Name], _network));
        SavingTests.AssertShown(Name, () => Checkpoint.Save(_folder["to"], _network));
        SavingTests.AssertShown(Name, () => Checkpoint.Load(_folder[Name], _network));
    }

    /// <summary>Modes in octal digits. The temporary file is looked at while it is written.</summary>
    [LinuxTheory]
    [InlineData("600")]
    [InlineData("640")]
    [InlineData("644")]
    [InlineData("666")]
    [InlineData("400")]
    [InlineData("444")]
    [InlineData("660")]
    [InlineData("604")]
    [InlineData("777")]
    [InlineData("000")]
    [InlineData("2640")]
    public void The_mode_is_kept_and_never_exceeded(string digits)
    {
        var mode = (UnixFileMode)Convert.ToInt32(digits, 8);
        File.WriteAllText(_folder["net"], "old");
        File.SetUnixFileMode(_folder["net"], mode);
        var seen = new List<UnixFileMode>();
        AtomicFile.Write(_folder["net"], stream =>
        {
            stream.WriteByte(1);
            stream.Flush();
            seen.AddRange(Directory.GetFiles(_folder[""], "*.tmp").Select(File.GetUnixFileMode));
        });
        Assert.Equal(mode, File.GetUnixFileMode(_folder["net"]));
        Assert.Equal(UnixFileMode.None, Assert.Single(seen) & ~mode);
        Assert.Equal(1, new FileInfo(_folder["net"]).Length);
    }

    [LinuxFact]
    public void A_new_file_has_the_mode_of_new_files()
    {
        File.WriteAllText(_folder["other"], "");
        Checkpoint.Save(_folder["net"], _network);
        Assert.Equal(File.GetUnixFileMode(_folder["other"]), File.GetUnixFileMode(_folder["net"]));
    }

    /// <summary>Who may give files away keeps their owners; whoever may not takes no rights of the group along.</summary>
    [RootFact]
    public void Owner_and_group_are_kept_where_permitted()
    {
        File.SetUnixFileMode(_folder[""], All);
        File.WriteAllText(_folder["net"], "");
        Assert.Equal(0, ChangeOwner(_folder["net"], Nobody, 7));
        File.SetUnixFileMode(_folder["net"], (UnixFileMode)Convert.ToInt32("2640", 8));
        Checkpoint.Save(_folder["net"], _network);
        Assert.Equal((Nobody, 7u, "2640"), Status("net"));

        As(Nobody, () => Checkpoint.Save(_folder["net"], _network));
        Assert.Equal((Nobody, Nobody, "600"), Status("net"));

        Assert.Equal(0, ChangeOwner(_folder["net"], 1, Nobody));
        File.SetUnixFileMode(_folder["net"], (UnixFileMode)Convert.ToInt32("660", 8));
        As(Nobody, () => Checkpoint.Save(_folder["net"], _network));
        Assert.Equal((Nobody, Nobody, "660"), Status("net"));

        Assert.Equal(0, ChangeOwner(_folder["net"], 0, 0));
        File.SetUnixFileMode(_folder["net"], (UnixFileMode)Convert.ToInt32("664", 8));
        As(Nobody, () => Checkpoint.Save(_folder["net"], _network));
        Assert.Equal((Nobody, Nobody, "644"), Status("net"));
    }

    [RootFact]
    public void A_folder_that_may_not_be_written_is_an_error_with_the_path()
    {
        Checkpoint.Save(_folder["net"], _network);
        File.SetUnixFileMode(_folder[""], (UnixFileMode)Convert.ToInt32("555", 8));
        As(Nobody, () =>
        {
            UnauthorizedAccessException error = Assert.Throws<UnauthorizedAccessException>(() => Checkpoint.Save(_folder["net"], _network));
            Assert.StartsWith($"'{_folder["net"]}' cannot be saved: ", error.Message);
        });
        Assert.Equal(["net"], _folder.Files);
    }

    /// <summary>Links to links, one of them in a folder that is itself a link: <c>..</c> there is the folder of what it leads to.</summary>
    [LinuxFact]
    public void Links_are_followed_to_the_last_target()
    {
        Directory.CreateDirectory(_folder["a/b"]);
        Directory.CreateDirectory(_folder["c"]);
        File.WriteAllText(_folder["a/target"], "old");
        File.SetUnixFileMode(_folder["a/target"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(_folder["a/b/last"], "../target");
        Directory.CreateSymbolicLink(_folder["c/folder"], "../a/b");
        File.CreateSymbolicLink(_folder["c/middle"], "folder/last");
        File.CreateSymbolicLink(_folder["first"], _folder["c/middle"]);
        Checkpoint.Save(_folder["first"], _network);
        Assert.Equal(["first"], _folder.Files);
        Assert.Equal(["last"], Names("a/b"));
        Assert.Equal(["folder", "middle"], Names("c"));
        Assert.Equal(["b", "target"], Names("a"));
        Assert.All(["first", "a/b/last", "c/folder", "c/middle"], link => Assert.NotNull(new FileInfo(_folder[link]).LinkTarget));
        Assert.Null(new FileInfo(_folder["a/target"]).LinkTarget);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["a/target"]));
        var loaded = new IrisNet();
        Checkpoint.Load(_folder["first"], loaded);
        Assert.Equal(_network.Parameters.Canonical(), loaded.Parameters.Canonical());
    }

    [LinuxFact]
    public void A_link_to_nothing_creates_what_it_leads_to()
    {
        Directory.CreateDirectory(_folder["a"]);
        File.CreateSymbolicLink(_folder["link"], "a/new");
        Checkpoint.Save(_folder["link"], _network);
        Assert.Equal("a/new", new FileInfo(_folder["link"]).LinkTarget);
        Assert.Equal(["new"], Names("a"));
        File.CreateSymbolicLink(_folder["lost"], "missing/new");
        DirectoryNotFoundException error = Assert.Throws<DirectoryNotFoundException>(() => Checkpoint.Save(_folder["lost"], _network));
        Assert.StartsWith($"'{_folder["lost"]}' cannot be saved: ", error.Message);
    }

    [LinuxFact]
    public void Links_in_a_circle_are_an_error()
    {
        File.CreateSymbolicLink(_folder["one"], "two");
        File.CreateSymbolicLink(_folder["two"], "one");
        IOException error = Assert.ThrowsAny<IOException>(() => Checkpoint.Save(_folder["one"], _network));
        Assert.StartsWith($"'{_folder["one"]}' cannot be saved: ", error.Message);
        Assert.ThrowsAny<IOException>(() => Checkpoint.Load(_folder["one"], _network));
        Assert.Equal(["one", "two"], Names("."));
    }

    [LinuxFact]
    public async Task What_is_no_file_is_neither_replaced_nor_read()
    {
        Assert.Equal(0, MakePipe(_folder["pipe"], 0x180));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["socket"]));
        File.CreateSymbolicLink(_folder["link"], "pipe");
        foreach (string name in new[] { "pipe", "socket", "link" })
        {
            Exception error = Assert.ThrowsAny<IOException>(() => Checkpoint.Save(_folder[name], _network));
            Assert.Equal($"'{_folder[name]}' cannot be saved: it is a pipe, a socket or a device, expected a file.", error.Message);

            // A pipe that is opened waits for somebody who writes.
            Task load = Task.Run(() => Checkpoint.Load(_folder[name], _network));
            error = await Assert.ThrowsAsync<InvalidDataException>(() => load.WaitAsync(TimeSpan.FromSeconds(20)));
            Assert.Equal($"'{_folder[name]}' cannot be loaded: it is a pipe or a device, expected a file.", error.Message);
        }

        Assert.Throws<InvalidDataException>(() => Checkpoint.Load("/dev/zero", _network));
        Assert.Equal(["link", "pipe", "socket"], Names("."));
    }

    /// <summary>The limit is the child's own: it may write no file of more than 100 bytes.</summary>
    [LinuxFact]
    public void A_limit_of_the_size_is_an_error_with_the_path()
    {
        File.WriteAllText(_folder["net"], "old");
        string program = Path.Combine(AppContext.BaseDirectory, "NetGen.Training.Child.dll");
        using Process process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, [program, "limit", _folder["net"]]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal($"System.IO.IOException: '{_folder["net"]}' cannot be saved: it has {Length()} bytes, and the process may write 100 into a file.\n", output);
        Assert.Equal("old", File.ReadAllText(_folder["net"]));
        Assert.Equal(["net"], _folder.Files);

        static long Length()
        {
            using var stream = new MemoryStream();
            Checkpoint.Save(stream, Program.CreateUniform(1));
            return stream.Length;
        }
    }

    /// <summary>The system's own record of its calls.</summary>
    [TraceFact]
    public void The_folder_is_on_the_disk_after_the_file_has_its_name()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "NetGen.Training.Child.dll");
        string[] arguments = ["-f", "-y", "-o", _folder["trace"], "-e", "trace=rename,renameat,renameat2,fsync", Environment.ProcessPath!, program, "once", _folder["net"]];
        using Process process = Process.Start(new ProcessStartInfo("strace", arguments))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        string[] calls = File.ReadAllLines(_folder["trace"]).Where(line => line.Contains(_folder[""].TrimEnd('/'))).ToArray();
        Assert.Equal(3, calls.Length);
        Assert.Matches(@" fsync\(\d+<.*/net\.[0-9a-f]{32}\.tmp>\) += 0", calls[0]);
        Assert.Contains(" rename", calls[1]);
        Assert.Matches($@" fsync\(\d+<{_folder[""].TrimEnd('/')}>\) += 0", calls[2]);
    }

    [LinuxFact]
    public void A_folder_can_be_written_to_the_disk()
    {
        Assert.True(UnixFile.SyncFolder(_folder[""]));
        IOException error = Assert.Throws<IOException>(() => UnixFile.SyncFolder(_folder["missing"]));
        Assert.EndsWith("a power failure may bring the old content back: No such file or directory", error.Message);
    }

    /// <summary>The second flush, which is the folder's, fails as the tracer says: with an error of the disk, or since the file system does not do it.</summary>
    [TraceTheory]
    [InlineData("EIO", "Input/output error")]
    [InlineData("EINVAL", null)]
    [InlineData("EOPNOTSUPP", null)]
    public void A_disk_that_does_not_take_the_folder_is_an_error(string error, string? message)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "NetGen.Training.Child.dll");
        string[] arguments = ["-f", "-o", _folder["trace"], "-e", "trace=fsync", "-e", $"inject=fsync:error={error}:when=2", Environment.ProcessPath!, program, "report", _folder["net"]];
        using Process process = Process.Start(new ProcessStartInfo("strace", arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Contains("INJECTED", File.ReadAllText(_folder["trace"]));
        Assert.Equal(
            message is null ? "" : $"System.IO.IOException: '{_folder["net"]}' cannot be saved: the new content is in place, but the folder could not be written to "
                + $"the disk, so that a power failure may bring the old content back: {message}\n",
            output);
        Checkpoint.Load(_folder["net"], new Brain());
        Assert.Equal(["net", "trace"], Names("."));
    }

    private string[] Names(string folder) => Directory.GetFileSystemEntries(_folder[folder]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToArray();

    private (uint User, uint Group, string Mode) Status(string name)
    {
        UnixFileStatus status = UnixFile.Status(_folder[name])!.Value;
        return (status.User, status.Group, Convert.ToString((int)File.GetUnixFileMode(_folder[name]), 8));
    }

    /// <summary>Runs something on a thread that the file systems take for another user's.</summary>
    private static void As(uint user, Action action)
    {
        Exception? error = null;
        var thread = new Thread(() =>
        {
            _ = SetGroup(user);
            _ = SetUser(user);
            error = Record.Exception(action);
        });
        thread.Start();
        thread.Join();
        Assert.Null(error);
    }

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetUser(uint user);

    [LibraryImport("libc", EntryPoint = "setfsgid")]
    private static partial int SetGroup(uint group);
}
