using System.IO;

// The generator reads one kind of file: a model that the project names, as bytes. Compilers cannot hand those over: they read additional files as text.
#pragma warning disable RS1035

namespace NetGen.Generator.Importing;

/// <summary>Reads the bytes of model files: the one place where the generator reads files.</summary>
internal static class ModelBytes
{
    /// <summary>Far more than can be compiled.</summary>
    public const int MostBytes = 64 << 20;

    /// <summary>All bytes of a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It has too many.</exception>
    public static byte[] Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        if (stream.Length > MostBytes)
        {
            throw new InvalidDataException($"it has {stream.Length} bytes, allowed are {MostBytes}; a model of this size is for a library that loads it at run time");
        }

        var bytes = new byte[(int)stream.Length];
        for (int count = 0, next = 1; count < bytes.Length && next > 0; count += next)
        {
            next = stream.Read(bytes, count, bytes.Length - count);
        }

        return bytes;
    }
}
