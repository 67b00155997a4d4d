using System;
using System.IO;
using System.Text;

namespace NetGen.Training;

/// <summary>
/// Replaces a file as a whole: the new content goes to a temporary file beside it, which takes the file's place only when everything is on
/// the disk. Whoever opens the file finds the old content or the new, also when the process is killed, the disk is full, or somebody else
/// saves at the same time.
/// </summary>
internal static class AtomicFile
{
    private const string Extension = ".tmp";

    /// <summary>Bytes of a name that leave room for an ID and the extension on file systems that take 143 bytes, the fewest in use; most take 255.</summary>
    private const int LongestPrefix = 100;

    /// <summary>Nobody writes for so long without the time of the last write changing.</summary>
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromHours(1);

    /// <summary>Writes a file, and removes what processes that were killed while writing it have left.</summary>
    /// <param name="path">The file. Links are followed; mode and, where permitted, owner and group of a file that exists are kept.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="length">The number of bytes, if that is known.</param>
    /// <exception cref="IOException">The file cannot be written, or is none; what was there before is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing there is not allowed.</exception>
    public static void Write(string path, Action<Stream> write, long length = 0)
    {
        // Before it is completed, which would lose that it names a folder.
        ReplacedFile.CheckName(path, path);
        path = Path.GetFullPath(path);
        string target = ReplacedFile.Find(path);
#if NET
        // A process that goes beyond its limit is killed, unless it ignores the signal.
        if (UnixFile.LargestFile is { } largest && (ulong)length > largest)
        {
            throw new IOException(Message(path, FormattableString.Invariant($"it has {length} bytes, and the process may write {largest} into a file.")));
        }
#endif
        // Each save has a name of its own: of two that shared one, the first could publish what the second has half written.
        string folder = Path.GetDirectoryName(target)!;
        string prefix = Prefix(Path.GetFileName(target));
        Write(path, target, Path.Combine(folder, $"{prefix}{Guid.NewGuid():N}{Extension}"), write);
        RemoveLeftovers(folder, prefix);
    }

    /// <summary>Writes a file by way of another.</summary>
    /// <param name="path">The name of the file for messages.</param>
    /// <param name="target">The file itself.</param>
    /// <param name="temporary">The other, in the same folder.</param>
    /// <param name="write">Writes the content.</param>
    internal static void Write(string path, string target, string temporary, Action<Stream> write)
    {
        try
        {
            var old = new ReplacedFile(target);
            using (FileStream stream = old.Create(temporary))
            {
                write(stream);
                stream.Flush();
                old.Pass(stream.SafeFileHandle);
                stream.Flush(flushToDisk: true);
            }

            Replace(temporary, target);
#if NET
            // Otherwise a power failure could bring the old file back.
            UnixFile.SyncFolder(Path.GetDirectoryName(target)!);
#endif
        }
        catch (Exception exception)
        {
            DeleteIfPossible(temporary);
            if (exception is ArgumentOutOfRangeException)
            {
                // What .NET makes of the error EFBIG.
                throw new IOException(Message(path, "it would be larger than the system allows."), exception);
            }

            if (FileText.Named(exception, reason => Message(path, reason)) is { } named)
            {
                throw named;
            }

            throw;
        }
    }

    /// <summary>Why a file cannot be saved.</summary>
    internal static string Message(string path, string reason) => FileText.Harmless($"'{path}' cannot be saved: {reason}");

    /// <summary>How the names of temporary files begin: with the file's own, unless the rest would make it longer than a file system takes.</summary>
    private static string Prefix(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= LongestPrefix)
        {
            return name + ".";
        }

        // FNV-1a: two names of a folder rarely have one prefix, and if so, one save removes the old leftovers of the other.
        ulong hash = 14695981039346656037;
        foreach (char character in name)
        {
            hash = unchecked((hash ^ character) * 1099511628211);
        }

        return FormattableString.Invariant($"netgen-{hash:x16}.");
    }

    private static void RemoveLeftovers(string folder, string prefix)
    {
        try
        {
            DateTime newest = DateTime.UtcNow - LeftoverAge;
            foreach (string file in Directory.EnumerateFiles(folder, "*" + Extension))
            {
                string name = Path.GetFileName(file);
                if (name.StartsWith(prefix, StringComparison.Ordinal)
                    && Guid.TryParseExact(Path.GetFileNameWithoutExtension(name[prefix.Length..]), "N", out _)
                    && File.GetLastWriteTimeUtc(file) < newest)
                {
                    DeleteIfPossible(file);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever may write to a folder need not be allowed to list it. The file itself is saved.
        }
    }

    /// <summary>Whoever cannot delete a file has already been told why it could not be written.</summary>
    private static void DeleteIfPossible(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A later save removes it.
        }
    }

    private static void Replace(string source, string target)
    {
#if NET
        File.Move(source, target, overwrite: true);
#else
        if (!File.Exists(target))
        {
            try
            {
                File.Move(source, target);
                return;
            }
            catch (IOException) when (File.Exists(target))
            {
                // Somebody else has saved it meanwhile.
            }
        }

        File.Replace(source, target, destinationBackupFileName: null);
#endif
    }
}
