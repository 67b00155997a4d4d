using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NetGen.Generator.Parsing;

/// <summary>
/// The names under which files have parameters: <c>name.weight</c>, and <c>optimizer.name.weight.exp_avg</c> for what an optimizer keeps. None lies inside of another, for
/// then a parameter of one layer could be what is kept for the other.
/// </summary>
internal sealed class FileNames
{
    /// <summary>Most bytes of a name: with all escaped and with what is put around it, it stays below the 1000 of a name in a file.</summary>
    private const int MostBytes = 150;

    /// <summary>How the names begin of what a program keeps in a checkpoint.</summary>
    private const string Extra = "extra.";

    /// <summary>How names begin that are not those of parameters.</summary>
    private static readonly string[] Others = { Extra, "optimizer.", "trainer." };

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly HashSet<string> _blocks = new();
    private readonly HashSet<string> _beginnings = new();

    /// <summary>What is wrong with the text of a name, and what is right, or null.</summary>
    public static (string What, string Expected)? Fault(string name)
    {
        try
        {
            int bytes = Utf8.GetByteCount(name);
            return bytes <= MostBytes ? null : ($"{bytes} bytes long", $"at most {MostBytes} bytes of UTF-8 long, so that files have room for it");
        }
        catch (EncoderFallbackException)
        {
            return ("no text, with half of a surrogate pair", "text that files can have");
        }
    }

    /// <summary>What a layer must be called instead, whose parameters a checkpoint could not tell from what else it has; or null.</summary>
    public static string? Other(string name) => (name == "extra" ? Extra : Others.FirstOrDefault(other => name.StartsWith(other, StringComparison.Ordinal))) is { } start
        ? $"another one, as what begins with '{start}' is no parameter in a checkpoint"
        : null;

    /// <summary>Adds a layer with parameters of its own.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <returns>The name that is something else already, and what that is; null where there is none.</returns>
    public (string Name, string What)? Add(string name, IReadOnlyList<string> blocks)
    {
        List<string> beginnings = Enumerable.Range(0, name.Length).Where(index => name[index] == '.').Select(index => name.Substring(0, index)).Append(name).ToList();
        List<string> own = blocks.Select(block => name + "." + block).ToList();
        string? block = beginnings.FirstOrDefault(_blocks.Contains);
        string? beginning = own.FirstOrDefault(_beginnings.Contains);
        _beginnings.UnionWith(beginnings);
        _blocks.UnionWith(own);
        return block is not null ? (block, "block of parameters") : beginning is not null ? (beginning, "layer, or the beginning of it") : null;
    }
}
