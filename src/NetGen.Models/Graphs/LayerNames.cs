using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NetGen.Models.Graphs;

/// <summary>Names of layers: those of their weights in the file, without what says that they are weights, and else their numbers.</summary>
internal sealed class LayerNames
{
    private readonly HashSet<string> _taken;
    private int _count;

    /// <param name="taken">Names that no layer may have: those of the inputs.</param>
    public LayerNames(IEnumerable<string> taken) => _taken = new HashSet<string>(taken, StringComparer.Ordinal);

    /// <summary>The name of a layer that was given none, by its place among the layers.</summary>
    public static string Numbered(int index) => "layers." + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>The name of the next layer.</summary>
    /// <param name="fileName">That of its weights in the file, or null.</param>
    public string Next(string? fileName)
    {
        string number = Numbered(_count++);
        string name = Clean(fileName ?? "");
        bool fits = name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= 100 && name.Any(char.IsLetter) && !_taken.Any(taken => IsInside(taken, name) || IsInside(name, taken));
        name = fits ? name : number;
        while (!_taken.Add(name))
        {
            name += "_";
        }

        return name;
    }

    private static bool IsInside(string one, string other) => one == other || one.StartsWith(other + ".", StringComparison.Ordinal);

    private static string Clean(string name)
    {
        foreach (string end in new[] { ".weight", "/MatMul/ReadVariableOp:0", "/ReadVariableOp:0", "/kernel:0", "/kernel", ".kernel", "_W", ".W" })
        {
            if (name.EndsWith(end, StringComparison.Ordinal))
            {
                name = name.Substring(0, name.Length - end.Length);
                break;
            }
        }

        return string.Concat(name.Select(character => character is '/' or ':' ? '.' : char.IsLetterOrDigit(character) || character is '_' or '.' or '-' ? character : '_')).Trim('.');
    }
}
