using System;
using System.Text;

namespace NetGen.Training;

/// <summary>Recognises by their first bytes the files that people take for weights, and knows what to do with each of them.</summary>
internal static class ForeignFile
{
    /// <summary>Bytes of a file that are looked at: in an archive of PyTorch's or NumPy's they have the name of a member.</summary>
    public const int Length = 1024;

    private const string Torch = "in Python, where the model is loaded: safetensors.torch.save_file(model.state_dict(), \"x.safetensors\")";
    private const string Keras = "in Python, where the model is loaded: safetensors.numpy.save_file({w.path: w.numpy() for w in model.weights}, \"x.safetensors\")";
    private const string NumPy = "in Python: safetensors.numpy.save_file(dict(numpy.load(\"x.npz\")), \"x.safetensors\")";
    private const string Array = "in Python: safetensors.numpy.save_file({\"layers.0.weight\": numpy.load(\"x.npy\")}, \"x.safetensors\")";
    private const string ParseIt = "parse the lines; samples are for Dataset.Create(network, inputs, targets), weights for network.Parameters.CopyFrom(values)";
    private const string Compressed = "decompress it first; a GZipStream can be given to Checkpoint.Load as it is";

    /// <summary>What a file is whose first bytes cannot begin a file of safetensors.</summary>
    /// <returns>A sentence that goes on from "it", with what to do; null if it is unknown.</returns>
    public static string? Describe(ReadOnlySpan<byte> start)
    {
        string text = Characters(start);
        return Archive(start, text) ?? Binary(start, text) ?? Picture(start) ?? WideText(start) ?? Document(text)
            ?? (IsText(text) ? $"is a text, such as a table of numbers (CSV): {ParseIt}" : null);
    }

    private static string? Archive(ReadOnlySpan<byte> start, string text)
    {
        if (Is(start, "\u001f\u008b"))
        {
            return $"is compressed with gzip: {Compressed}";
        }

        if (Is(start, "(\u00b5/\u00fd") || Is(start, "\u00fd7zXZ\0") || Is(start, "BZh") || Is(start, "7z\u00bc\u00af\u0027\u001c"))
        {
            return "is compressed: decompress it first";
        }

        if (!Is(start, "PK\u0003\u0004") && !Is(start, "PK\u0005\u0006"))
        {
            return null;
        }

        return Has(text, "data.pkl") ? $"is a file of PyTorch's: save it as safetensors, {Torch}"
            : Has(text, ".npy") ? $"is an archive of NumPy's (npz): save it as safetensors, {NumPy}"
            : Has(text, "model.weights.h5") || Has(text, "keras") ? $"is a model of Keras': save its weights as safetensors, {Keras}"
            : "is a zip archive: unpack it first";
    }

    private static string? Binary(ReadOnlySpan<byte> start, string text)
    {
        if (Is(start, "\u0089HDF\r\n\u001a\n"))
        {
            return $"is an HDF5 file, as Keras saves them: save the weights as safetensors, {Keras}";
        }

        if (Is(start, "\u0093NUMPY"))
        {
            return $"is an array of NumPy's (npy): save it as safetensors together with the others, {Array}";
        }

        if (Is(start, "GGUF"))
        {
            return $"is a GGUF file of a language model: save the model that it was made from as safetensors, {Torch}";
        }

        if (start.Length > 8 && Is(start[4..], "TFL3"))
        {
            return $"is a model of TensorFlow Lite: save the model that it was made from as safetensors, {Keras}";
        }

        // A pickle: its second byte is the version of the protocol.
        if (start.Length > 2 && start[0] == 0x80 && start[1] is >= 2 and <= 5)
        {
            return $"is a pickle, as older versions of PyTorch save them: save it as safetensors, {Torch}";
        }

        return IsOnnx(start) || start.Length > 1 && start[0] == 8 && Has(text, "onnx")
            ? $"is a model in ONNX: save the weights of the model that it was made from as safetensors, {Torch}"
            : null;
    }

    private static string? Picture(ReadOnlySpan<byte> start) =>
        Is(start, "\u0089PNG\r\n\u001a\n") ? NoWeights("an image (PNG)")
        : Is(start, "\u00ff\u00d8\u00ff") ? NoWeights("an image (JPEG)")
        : Is(start, "GIF8") ? NoWeights("an image (GIF)")
        : Is(start, "RIFF") ? NoWeights("a sound, an image or a film (RIFF)")
        : Is(start, "%PDF-") ? NoWeights("a document (PDF)")
        : Is(start, "SQLite format 3\0") ? NoWeights("a database (SQLite)")
        : Is(start, "PAR1") ? NoWeights("a table (Parquet)")
        : Is(start, "\u007fELF") || Is(start, "MZ\u0090\0") || Is(start, "\0asm") ? NoWeights("a program or a library")
        : null;

    private static string NoWeights(string what) => $"is {what}, which has no weights: give the path of the file of safetensors";

    /// <summary>A text of two bytes for a character, as Windows PowerShell writes it, behind the mark that tells their order.</summary>
    private static string? WideText(ReadOnlySpan<byte> start)
    {
        bool isBig = Is(start, "\u00fe\u00ff");
        if (!isBig && !Is(start, "\u00ff\u00fe"))
        {
            return null;
        }

        string text = (isBig ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(start[2..(Math.Min(start.Length, Length) & ~1)].ToArray());
        return Document(text) ?? $"is a text in UTF-16, such as a table of numbers (CSV): {ParseIt}";
    }

    /// <summary>Whether bytes are a text in UTF-8, or in an older code of a byte for each character: most of it is ASCII, and nothing controls anything.</summary>
    private static bool IsText(string bytes)
    {
        int ascii = 0;
        foreach (char value in bytes)
        {
            if (value == '\u007f' || (value < ' ' && value is not ('\t' or '\r' or '\n' or '\f')))
            {
                return false;
            }

            ascii += value < '\u0080' ? 1 : 0;
        }

        return ascii > bytes.Length / 2;
    }

    /// <summary>A message of Protocol Buffers that begins with <c>ir_version</c>, then one of the other fields of ONNX's <c>ModelProto</c>.</summary>
    private static bool IsOnnx(ReadOnlySpan<byte> start)
    {
        const int Version = 1 << 3;
        const int OldestVersion = 3;
        const int NewestVersion = 63;
        const int Number = 0;
        const int Bytes = 2;
        return start.Length > 3 && start[0] == Version && start[1] is >= OldestVersion and <= NewestVersion && (start[2] >> 3, start[2] & 7)
            is (2 or 3 or 4 or 6 or 7 or 8 or 14, Bytes) or (5, Number);
    }

    private static string? Document(string text)
    {
        text = text.TrimStart('\u00ef', '\u00bb', '\u00bf', ' ', '\t', '\r', '\n');
        if (text.StartsWith("version https://git-lfs", StringComparison.Ordinal))
        {
            return "is the pointer that Git LFS keeps in place of a large file: fetch the file itself with git lfs pull";
        }

        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
        {
            return "is a web page: perhaps one about the file was downloaded, or an error or a log-in, and not the file itself";
        }

        return text.StartsWith("<?xml", StringComparison.Ordinal) ? "is XML, perhaps the answer of a server with an error: download the file itself"
            : text.StartsWith('{') ? "is a text in JSON: the index of a model in several files names the files of safetensors to load; it has no weights itself"
            : null;
    }

    private static bool Is(ReadOnlySpan<byte> start, string signature)
    {
        if (start.Length < signature.Length)
        {
            return false;
        }

        for (int index = 0; index < signature.Length; index++)
        {
            if (start[index] != signature[index])
            {
                return false;
            }
        }

        return true;
    }

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.Ordinal);

    /// <summary>Each byte as the character of its number.</summary>
    private static string Characters(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (byte value in bytes[..Math.Min(bytes.Length, Length)])
        {
            text.Append((char)value);
        }

        return text.ToString();
    }
}
