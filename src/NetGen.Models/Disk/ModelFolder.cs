#pragma warning disable RS1035 // A generator shall not read files, and a model cannot be had otherwise: the compiler has texts alone. Nothing else here does.
using System;
using System.IO;
using System.Security;
using NetGen.Models.Onnx;

namespace NetGen.Models;

/// <summary>The folder of a model: all that is read from disks, the model and the files beside it that it names.</summary>
internal sealed class ModelFolder : IExternalData
{
    private const int LongestLocation = 1_000;

    private readonly string _folder;
    private readonly long _limit;

    /// <param name="folder">The path of the folder.</param>
    /// <param name="limit">The most bytes to read at a time.</param>
    public ModelFolder(string folder, long limit)
    {
        string full = Path.GetFullPath(folder);
        _folder = full[full.Length - 1] == Path.DirectorySeparatorChar ? full : full + Path.DirectorySeparatorChar;
        _limit = limit;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path, from the user and not from a file.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <exception cref="InvalidDataException">It is not there, is none, has more bytes, or cannot be read; the message goes on from its name and a colon.</exception>
    public static byte[] ReadModel(string path, long limit) => Guarded(() => ReadPart(path, 0, null, limit));

    /// <inheritdoc/>
    public byte[] Read(string location, long offset, long? length) => Guarded(() =>
    {
        string path = Find(location);
        try
        {
            return ReadPart(path, offset, length, _limit);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"the file '{FileText.Short(location)}' beside the model: {error.Message}");
        }
    });

    /// <summary>The path of a file beside the model. What could lead out of the folder, on any system, is refused, and so is what is a link.</summary>
    private string Find(string location)
    {
        if (location.Length > LongestLocation)
        {
            throw new InvalidDataException($"it names a file by a path of {location.Length} characters, allowed are {LongestLocation}");
        }

        string path = _folder;
        foreach (string part in location.Split('/'))
        {
            if (!IsHarmless(part))
            {
                throw new InvalidDataException(
                    $"it names the file '{FileText.Short(location)}', expected a path from the folder of the model on, without '..', '\\', ':' and control characters");
            }

            path = Path.Combine(path, part);
            if (Directory.Exists(path) || File.Exists(path))
            {
                CheckNoLink(path, location);
            }
        }

        // Names that are devices of Windows have another path than they seem to have.
        return string.Equals(Path.GetFullPath(path), path, StringComparison.Ordinal) && path.StartsWith(_folder, StringComparison.Ordinal)
            ? path
            : throw new InvalidDataException($"it names the file '{FileText.Short(location)}', which is not in the folder of the model");
    }

    /// <summary>Whether a part of a path is the name of a file or a folder everywhere; Windows does not see dots and blanks at the end of one.</summary>
    private static bool IsHarmless(string part)
    {
        if (part.Length == 0 || part[part.Length - 1] is '.' or ' ')
        {
            return false;
        }

        foreach (char character in part)
        {
            if (character is '\\' or ':' || char.IsControl(character))
            {
                return false;
            }
        }

        return true;
    }

    private static void CheckNoLink(string path, string location)
    {
        if ((File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0)
        {
            throw new InvalidDataException($"it names the file '{FileText.Short(location)}', which is a link or in one");
        }
    }

    private static byte[] ReadPart(string path, long offset, long? length, long limit)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new InvalidDataException(Directory.Exists(path) ? "it is a folder" : "it does not exist");
        }

        if ((file.Attributes & FileAttributes.Device) != 0)
        {
            throw new InvalidDataException("it is no file");
        }

        // Pipes and devices have a length of 0 and are never opened, which could take forever.
        long available = file.Length - offset;
        long needed = length ?? Math.Max(0, available);
        if (available < needed || available < 0)
        {
            throw new InvalidDataException($"it has {OnnxText.Count(file.Length, "byte")}, expected {OnnxText.Count(needed, "byte")} from byte {offset} on");
        }

        if (needed > limit)
        {
            throw new InvalidDataException($"it has {OnnxText.Count(needed, "byte")}, allowed are {limit}");
        }

        byte[] bytes = new byte[needed];
        if (needed > 0)
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            stream.Position = offset;
            Fill(bytes, stream);
        }

        return bytes;
    }

    private static void Fill(byte[] bytes, Stream stream)
    {
        for (int count = 0; count < bytes.Length;)
        {
            int next = stream.Read(bytes, count, bytes.Length - count);
            if (next == 0)
            {
                throw new InvalidDataException("it became shorter while it was read");
            }

            count += next;
        }
    }

    /// <summary>Whatever the system says is an error of the file.</summary>
    private static byte[] Guarded(Func<byte[]> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or SecurityException)
        {
            throw new InvalidDataException(FileText.Harmless($"it cannot be read: {error.Message}"));
        }
    }
}
