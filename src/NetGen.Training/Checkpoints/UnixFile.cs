#if NET
using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NetGen.Training;

/// <summary>What is at a path.</summary>
/// <param name="Kind">The bits of the mode that say what it is.</param>
/// <param name="User">The number of the owner.</param>
/// <param name="Group">The number of the group.</param>
internal readonly record struct UnixFileStatus(int Kind, uint User, uint Group)
{
    private const int Folder = 0x4000;
    private const int Regular = 0x8000;

    public bool IsFolder => Kind == Folder;

    /// <summary>Whether it is a pipe, a socket or a device.</summary>
    public bool IsSpecial => Kind is not (Folder or Regular);
}

/// <summary>
/// What .NET does not say about files, from the C library of Linux and macOS. Where a library lacks something, as where there is none, the answer is
/// that it is not known, and callers do without.
/// </summary>
internal static partial class UnixFile
{
    private const string Library = "libc";
    private const int KindMask = 0xF000;
    private const uint Unchanged = uint.MaxValue;

    /// <summary>EPERM and EACCES: whoever may write to a folder need not be allowed to read it.</summary>
    private static readonly int[] NotPermitted = [1, 13];

    /// <summary>EBADF, EINVAL, EROFS, and ENOSYS and ENOTSUP of either system: how file systems say that they do not do this for folders.</summary>
    private static readonly int[] NotSupported = [9, 22, 30, 38, 45, 78, 95];

    /// <summary>As many bytes as any of the structures has.</summary>
    private const int StatusLength = 256;

    /// <summary>The length of a path that <c>realpath</c> may write.</summary>
    private const int PathLength = 4096;

    private static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    /// <summary>The number of bytes of the largest file that the process may write; null if it is not known.</summary>
    public static ulong? LargestFile => Ask<ulong?>(() =>
    {
        const int FileSize = 1;
        Span<ulong> limits = stackalloc ulong[2];
        return nint.Size == sizeof(ulong) && Limit(FileSize, limits) == 0 ? limits[0] : null;
    });

    /// <summary>What a path leads to, following links.</summary>
    /// <returns>Null if there is nothing, or if it is not known.</returns>
    public static UnixFileStatus? Status(string path) => Ask<UnixFileStatus?>(() =>
    {
        Span<byte> status = stackalloc byte[StatusLength];
        if (OperatingSystem.IsMacOS())
        {
            int error = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Stat64(path, status) : Stat(path, status);
            return error == 0 ? Status(status, mode: 4, user: 16, isShort: true) : null;
        }

        try
        {
            const int WorkingFolder = -100;
            const uint BasicStatus = 0x7FF;
            return StatX(WorkingFolder, path, 0, BasicStatus, status) == 0 ? Status(status, mode: 28, user: 20, isShort: true) : null;
        }
        catch (EntryPointNotFoundException)
        {
            // Older versions of musl.
            (int mode, int user) = RuntimeInformation.ProcessArchitecture switch
            {
                Architecture.X64 => (24, 28),
                Architecture.Arm64 => (16, 24),
                _ => throw new PlatformNotSupportedException(),
            };
            return Stat(path, status) == 0 ? Status(status, mode, user, isShort: false) : null;
        }
    });

    /// <summary>The path of a folder without links, as the system follows them: <c>link/..</c> is the folder of what the link leads to.</summary>
    /// <returns>Null if there is none, or if it is not known.</returns>
    public static string? RealFolder(string path) => Ask(() =>
    {
        byte[] real = new byte[PathLength + 1];
        return RealPath(path, real) == 0 ? null : Encoding.UTF8.GetString(real, 0, Array.IndexOf(real, (byte)0));
    });

    /// <summary>Gives an open file to a user and a group.</summary>
    /// <returns>Whether the user and whether the group has it now.</returns>
    public static (bool IsUserKept, bool IsGroupKept) GiveTo(SafeFileHandle file, UnixFileStatus status)
    {
        bool isKept = Ask(() => ChangeOwner(file, status.User, status.Group) == 0);
        return (isKept, isKept || Ask(() => ChangeOwner(file, Unchanged, status.Group) == 0));
    }

    /// <summary>Writes the names in a folder to the disk. Not every file system can, and what it cannot do or does not permit is no error.</summary>
    /// <returns>Whether it has been done.</returns>
    /// <exception cref="IOException">The disk could not take it.</exception>
    public static bool SyncFolder(string path) => Ask(() =>
    {
        const int CloseOnExecuteOfLinux = 0x80000;
        const int CloseOnExecuteOfMac = 0x1000000;
        int folder = Open(path, OperatingSystem.IsLinux() ? CloseOnExecuteOfLinux : CloseOnExecuteOfMac);
        if (folder < 0)
        {
            return NotDone(NotPermitted);
        }

        bool isDone = Sync(folder) == 0 || NotDone(NotSupported);
        _ = Close(folder);
        return isDone;
    });

    /// <summary>Looks at the last error.</summary>
    /// <param name="harmless">The numbers of errors that may be.</param>
    private static bool NotDone(int[] harmless)
    {
        int error = Marshal.GetLastPInvokeError();
        return Array.IndexOf(harmless, error) >= 0 ? false : throw new IOException(
            "the new content is in place, but the folder could not be written to the disk, so that a power failure may bring the old content back: "
            + Marshal.GetPInvokeErrorMessage(error));
    }

    /// <summary>The answer of the library, or the default if there is none.</summary>
    private static TAnswer? Ask<TAnswer>(Func<TAnswer?> ask)
    {
        try
        {
            return IsSupported ? ask() : default;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or PlatformNotSupportedException)
        {
            return default;
        }
    }

    /// <summary>Reads a structure, in which the group follows the user.</summary>
    private static UnixFileStatus Status(ReadOnlySpan<byte> status, int mode, int user, bool isShort)
    {
        int bits = isShort ? MemoryMarshal.Read<ushort>(status[mode..]) : MemoryMarshal.Read<int>(status[mode..]);
        return new UnixFileStatus(bits & KindMask, MemoryMarshal.Read<uint>(status[user..]), MemoryMarshal.Read<uint>(status[(user + sizeof(uint))..]));
    }

    [LibraryImport(Library, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, Span<byte> status);

    [LibraryImport(Library, EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, Span<byte> status);

    [LibraryImport(Library, EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat64(string path, Span<byte> status);

    [LibraryImport(Library, EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPath(string path, Span<byte> real);

    [LibraryImport(Library, EntryPoint = "getrlimit")]
    private static partial int Limit(int resource, Span<ulong> limits);

    [LibraryImport(Library, EntryPoint = "fchown")]
    private static partial int ChangeOwner(SafeFileHandle file, uint user, uint group);

    // Without the mode, which only new files have, it is called like any other function.
    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int file);

    [LibraryImport(Library, EntryPoint = "close")]
    private static partial int Close(int file);
}
#endif
