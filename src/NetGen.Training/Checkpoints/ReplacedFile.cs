#if NET
using System;
#endif
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace NetGen.Training;

/// <summary>The file that a new one takes the place of, and what the new one takes over from it.</summary>
internal sealed class ReplacedFile
{
#if NET
    private const UnixFileMode OwnersAccess = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly UnixFileStatus? _status;
    private readonly UnixFileMode? _mode;
#endif

    /// <param name="target">The path, which is no link.</param>
    public ReplacedFile(string target)
    {
#if NET
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            _status = UnixFile.Status(target);
            _mode = File.GetUnixFileMode(target);
        }
#endif
    }

    /// <summary>The file that a path leads to, which need not be there.</summary>
    /// <exception cref="IOException">There is something else than a file, or links lead in a circle.</exception>
    public static string Find(string path)
    {
#if NET
        if (UnixFile.Status(path) is { IsSpecial: true })
        {
            throw new IOException(AtomicFile.Message(path, "it is a pipe, a socket or a device, expected a file."));
        }

        // As many links as Linux follows.
        const int MaximumLinks = 40;
        string target = path;
        for (int link = 0; link <= MaximumLinks; link++)
        {
            string folder = Path.GetDirectoryName(target) ?? target;
            folder = UnixFile.RealFolder(folder) ?? folder;
            target = Path.Combine(folder, Path.GetFileName(target));
            if (LinkTarget(path, target) is not { } next)
            {
                return target;
            }

            CheckName(path, next);
            target = Path.Combine(folder, next);
        }

        throw new IOException(AtomicFile.Message(path, "it is a link that leads in a circle, or through too many others."));
#else
        return path;
#endif
    }

    /// <summary>Looks whether a path can be that of a file by its last part.</summary>
    /// <param name="path">The path for the message.</param>
    /// <param name="name">The path, or what a link there has.</param>
    /// <exception cref="IOException">It ends as that of a folder does.</exception>
    public static void CheckName(string path, string name)
    {
        if (Path.GetFileName(name) is "" or "." or "..")
        {
            string where = name == path ? "" : $"leads to '{name}', which ";
            throw new IOException(AtomicFile.Message(path, $"it {where}names a folder, expected a file; write the name of a file behind it."));
        }
    }

    /// <summary>Creates the new file, which nobody can read who cannot read the old one.</summary>
    public FileStream Create(string path)
    {
#if NET
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows() && _mode is { } mode)
        {
            options.UnixCreateMode = mode & OwnersAccess;
        }

        return new FileStream(path, options);
#else
        return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
#endif
    }

    /// <summary>Gives owner, group and mode of the old file to the new one, as far as that is permitted.</summary>
    public void Pass(SafeFileHandle file)
    {
#if NET
        if (OperatingSystem.IsWindows() || _mode is not { } mode)
        {
            return;
        }

        (bool isUserKept, bool isGroupKept) = _status is { } status ? UnixFile.GiveTo(file, status) : (false, true);
        const UnixFileMode Special = UnixFileMode.SetUser | UnixFileMode.SetGroup | UnixFileMode.StickyBit;
        if (!isUserKept || !isGroupKept)
        {
            mode &= ~Special;
        }

        if (!isGroupKept)
        {
            // What the old group could do is nothing that another may; what all could do, all may.
            int group = (int)mode >> 3 & 7;
            int common = group & (int)mode & 7;
            mode = (UnixFileMode)((int)mode & ~0x3F | common << 3 | common);
        }

        File.SetUnixFileMode(file, mode);
#endif
    }

#if NET
    private static string? LinkTarget(string path, string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileText.Named(exception, reason => AtomicFile.Message(path, reason))!;
        }
    }
#endif
}
