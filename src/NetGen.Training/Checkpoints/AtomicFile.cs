using System;
using System.IO;

namespace NetGen.Training;

/// <summary>
/// Replaces a file as a whole: the new content goes to a temporary file beside it, which takes the file's place only when everything is on
/// the disk. Whoever opens the file finds the old content or the new, also when the process is killed, the disk is full, or somebody else
/// saves at the same time.
/// </summary>
internal static class AtomicFile
{
    private const string Extension = ".tmp";

    /// <summary>Nobody writes for so long without the time of the last write changing.</summary>
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromHours(1);

    /// <summary>Writes a file, and removes what processes that were killed while writing it have left.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing there is not allowed.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        // Each save has a name of its own: of two that shared one, the first could publish what the second has half written.
        string target = Path.GetFullPath(path);
        Write(target, $"{target}.{Guid.NewGuid():N}{Extension}", write);
        RemoveLeftovers(target);
    }

    /// <summary>Writes a file by way of another.</summary>
    internal static void Write(string path, string temporary, Action<Stream> write)
    {
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            Replace(temporary, path);
        }
        catch (Exception exception)
        {
            DeleteIfPossible(temporary);
            string message = $"'{path}' cannot be saved: {exception.Message}";
            switch (exception)
            {
                case DirectoryNotFoundException:
                    throw new DirectoryNotFoundException(message, exception);
                case IOException:
                    throw new IOException(message, exception);
                case UnauthorizedAccessException:
                    throw new UnauthorizedAccessException(message, exception);
                default:
                    throw;
            }
        }
    }

    private static void RemoveLeftovers(string path)
    {
        try
        {
            string prefix = Path.GetFileName(path) + ".";
            DateTime newest = DateTime.UtcNow - LeftoverAge;
            foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*" + Extension))
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
