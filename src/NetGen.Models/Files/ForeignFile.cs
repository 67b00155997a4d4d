using System;
using System.Text;

namespace NetGen.Models;

/// <summary>Recognises by their first bytes the files that people take for models and weights.</summary>
internal static class ForeignFile
{
    /// <summary>Bytes of a file that are looked at: in an archive of PyTorch's or NumPy's they have the name of a member.</summary>
    public const int Length = 1024;

    /// <summary>What a file is whose first bytes cannot begin the format that is wanted.</summary>
    /// <param name="start">Its first bytes.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="advice">What to do with each.</param>
    /// <returns>A sentence that goes on from "it", with what to do; null if it is unknown.</returns>
    public static string? Describe(byte[] start, int count, FileAdvice advice)
    {
        // A character for each byte, of its number.
        var characters = new StringBuilder();
        for (int index = 0; index < Math.Min(count, Length); index++)
        {
            characters.Append((char)start[index]);
        }

        string text = characters.ToString();
        return Archive(text, advice) ?? Binary(start, text, advice) ?? Picture(text, advice) ?? WideText(start, text, advice) ?? Document(text, advice)
            ?? (IsText(text) ? $"is a text, such as a table of numbers (CSV): {advice.Table}" : null);
    }

    private static string? Archive(string start, FileAdvice advice)
    {
        if (Is(start, "\u001f\u008b"))
        {
            return $"is compressed with gzip: {advice.Gzip}";
        }

        if (Is(start, "(\u00b5/\u00fd") || Is(start, "\u00fd7zXZ\0") || Is(start, "BZh") || Is(start, "7z\u00bc\u00af\u0027\u001c"))
        {
            return "is compressed: decompress it first";
        }

        if (!Is(start, "PK\u0003\u0004") && !Is(start, "PK\u0005\u0006"))
        {
            return null;
        }

        return Has(start, "data.pkl") ? $"is a file of PyTorch's: {advice.Torch}"
            : Has(start, ".npy") ? $"is an archive of NumPy's (npz): {advice.NumPyArchive}"
            : Has(start, "model.weights.h5") || Has(start, "keras") ? $"is a model of Keras': {advice.Keras}"
            : "is a zip archive: unpack it first";
    }

    /// <summary>Whether bytes begin a file of safetensors: a length below 2²⁴, and JSON.</summary>
    public static bool IsSafetensors(byte[] start) => start.Length > 8 && start[3] == 0 && start[4] == 0 && start[5] == 0 && start[6] == 0 && start[7] == 0 && start[8] == (byte)'{';

    private static string? Binary(byte[] bytes, string start, FileAdvice advice)
    {
        if (Is(start, "\u0089HDF\r\n\u001a\n"))
        {
            return $"is an HDF5 file, as Keras saves them: {advice.Hdf5}";
        }

        if (Is(start, "\u0093NUMPY"))
        {
            return $"is an array of NumPy's (npy): {advice.NumPyArray}";
        }

        if (Is(start, "GGUF"))
        {
            return $"is a GGUF file of a language model: {advice.Gguf}";
        }

        if (start.Length > 8 && Is(start, "TFL3", 4))
        {
            return $"is a model of TensorFlow Lite: {advice.TensorFlowLite}";
        }

        // A pickle: its second byte is the version of the protocol.
        if (start.Length > 2 && start[0] == 0x80 && start[1] is >= '\u0002' and <= '\u0005')
        {
            return $"is a pickle, as older versions of PyTorch save them: {advice.Torch}";
        }

        if (advice.Safetensors is not null && start.Length > 8 && IsSafetensors(bytes))
        {
            return $"is a file of safetensors: {advice.Safetensors}";
        }

        return advice.Onnx is not null && (IsOnnx(start) || start.Length > 1 && start[0] == '\u0008' && Has(start, "onnx"))
            ? $"is a model in ONNX: {advice.Onnx}"
            : null;
    }

    private static string? Picture(string start, FileAdvice advice) =>
        Is(start, "\u0089PNG\r\n\u001a\n") ? NoWeights("an image (PNG)", advice)
        : Is(start, "\u00ff\u00d8\u00ff") ? NoWeights("an image (JPEG)", advice)
        : Is(start, "GIF8") ? NoWeights("an image (GIF)", advice)
        : Is(start, "RIFF") ? NoWeights("a sound, an image or a film (RIFF)", advice)
        : Is(start, "%PDF-") ? NoWeights("a document (PDF)", advice)
        : Is(start, "SQLite format 3\0") ? NoWeights("a database (SQLite)", advice)
        : Is(start, "PAR1") ? NoWeights("a table (Parquet)", advice)
        : Is(start, "\u007fELF") || Is(start, "MZ\u0090\0") || Is(start, "\0asm") ? NoWeights("a program or a library", advice)
        : null;

    private static string NoWeights(string what, FileAdvice advice) => $"is {what}, which has no weights: {advice.NoWeights}";

    /// <summary>A text of two bytes for a character, as Windows PowerShell writes it, behind the mark that tells their order.</summary>
    private static string? WideText(byte[] bytes, string start, FileAdvice advice)
    {
        bool isBig = Is(start, "\u00fe\u00ff");
        if (!isBig && !Is(start, "\u00ff\u00fe"))
        {
            return null;
        }

        string text = (isBig ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes, 2, (start.Length & ~1) - 2);
        return Document(text, advice) ?? $"is a text in UTF-16, such as a table of numbers (CSV): {advice.Table}";
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
    private static bool IsOnnx(string start)
    {
        const char Version = (char)(1 << 3);
        const char OldestVersion = (char)3;
        const char NewestVersion = (char)63;
        const int Number = 0;
        const int Bytes = 2;
        return start.Length > 3 && start[0] == Version && start[1] is >= OldestVersion and <= NewestVersion && (start[2] >> 3, start[2] & 7)
            is (2 or 3 or 4 or 6 or 7 or 8 or 14, Bytes) or (5, Number);
    }

    private static string? Document(string text, FileAdvice advice)
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
            : text.StartsWith("{", StringComparison.Ordinal) ? $"is a text in JSON: {advice.Json}"
            : null;
    }

    private static bool Is(string start, string signature, int at = 0) =>
        start.Length >= at + signature.Length && string.CompareOrdinal(start, at, signature, 0, signature.Length) == 0;

    private static bool Has(string text, string part) => text.IndexOf(part, StringComparison.Ordinal) >= 0;
}
