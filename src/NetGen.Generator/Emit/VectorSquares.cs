using System.Collections.Generic;
using System.Linq;

namespace NetGen.Generator.Emit;

/// <summary>
/// The functions that transpose: squares of as many rows as elements in 128 bits, in every 128 bits of a vector one. The rows of the first square come
/// first in memory, then those of the next.
/// </summary>
internal static class VectorSquares
{
    /// <summary>The columns of squares whose rows lie in memory.</summary>
    public const string Load = "LoadSquares";

    /// <summary>Writes squares, of which vectors are the columns, row by row to memory.</summary>
    public const string Store = "StoreSquares";

    private static readonly string[] Names = { "a", "b", "c", "d" };

    /// <summary>Rows and columns of a square.</summary>
    public static int Size(VectorType type) => (type with { Bits = 128 }).Count;

    /// <summary>Notes that a function is needed, with the helpers that it calls, and returns its name.</summary>
    public static string Use(ElementaryFunctions functions, string function, VectorType type)
    {
        foreach ((string helper, VectorType needed) in Needs(function, type))
        {
            functions.Use(helper, needed);
        }

        return functions.Use(function, type);
    }

    private static IEnumerable<(string Helper, VectorType Type)> Needs(string function, VectorType type)
    {
        VectorType narrow = type with { Bits = 128 };
        yield return (function == Load ? VectorHelpers.Load : VectorHelpers.Store, narrow);
        for (VectorType wide = type; wide.Bits > 128; wide = wide.Half)
        {
            foreach (string helper in function == Load ? new[] { VectorHelpers.Join } : new[] { VectorHelpers.Lower, VectorHelpers.Upper })
            {
                yield return (helper, wide);
            }
        }

        // Where the hardware lacks a wide instruction, the narrow ones do it.
        for (VectorType wide = type; wide.Bits >= 128; wide = wide.Half)
        {
            yield return (VectorHelpers.ZipLow, wide);
            yield return (VectorHelpers.ZipHigh, wide);
            if (Size(type) == 4)
            {
                yield return (VectorHelpers.LowHalves, wide);
                yield return (VectorHelpers.HighHalves, wide);
            }
        }
    }

    /// <summary>The lines of a function, comment and attribute first.</summary>
    public static IReadOnlyList<string> Render(string function, VectorType type, string t)
    {
        string[] names = Names.Take(Size(type)).ToArray();
        IEnumerable<string> lines = function == Load ? LoadLines(type, t, names) : StoreLines(type, t, names);
        return lines.ToList();
    }

    private static IEnumerable<string> LoadLines(VectorType type, string t, string[] names)
    {
        yield return $"// The elements of rows in memory, each in a vector of its own; {type.Count} rows, one every few elements";
        yield return EmitContext.InliningAttribute;
        yield return $"internal static void {type.Helper(Load)}(ref {t} x, int step, {string.Join(", ", names.Select(name => $"out {type.Name} {name}"))})";
        yield return "{";
        for (int row = 0; row < names.Length; row++)
        {
            yield return $"    var {names[row]}Row = {Rows(type, row, names.Length)};";
        }

        foreach (string line in Transpose(names.Select(name => name + "Row").ToArray(), names, ""))
        {
            yield return line;
        }

        yield return "}";
    }

    private static IEnumerable<string> StoreLines(VectorType type, string t, string[] names)
    {
        yield return $"// Vectors as the elements of rows in memory; {type.Count} rows, one every few elements, the first one first";
        yield return EmitContext.InliningAttribute;
        yield return $"internal static void {Store}({string.Join(", ", names.Select(name => $"{type.Name} {name}"))}, ref {t} x, int step)";
        yield return "{";
        foreach (string line in Transpose(names, names.Select(name => name + "Row").ToArray(), "var "))
        {
            yield return line;
        }

        for (int row = 0; row < type.Count; row++)
        {
            yield return $"    {VectorHelpers.Store}({Part(type, names[row % names.Length] + "Row", row / names.Length, names.Length)}, ref x, {Place(row)});";
        }

        yield return "}";
    }

    private static IEnumerable<string> Transpose(string[] from, string[] to, string declare)
    {
        string Zip(string helper, string left, string right) => $"{helper}({left}, {right});";
        if (from.Length == 2)
        {
            yield return $"    {declare}{to[0]} = {Zip(VectorHelpers.ZipLow, from[0], from[1])}";
            yield return $"    {declare}{to[1]} = {Zip(VectorHelpers.ZipHigh, from[0], from[1])}";
            yield break;
        }

        foreach ((string zip, int first) in new[] { (VectorHelpers.ZipLow, 0), (VectorHelpers.ZipHigh, 2) })
        {
            string suffix = first == 0 ? "Low" : "High";
            yield return $"    var ab{suffix} = {Zip(zip, from[0], from[1])}";
            yield return $"    var cd{suffix} = {Zip(zip, from[2], from[3])}";
            yield return $"    {declare}{to[first]} = {Zip(VectorHelpers.LowHalves, "ab" + suffix, "cd" + suffix)}";
            yield return $"    {declare}{to[first + 1]} = {Zip(VectorHelpers.HighHalves, "ab" + suffix, "cd" + suffix)}";
        }
    }

    /// <summary>128 bits of a row, and in the following 128 bits those of the same row of later squares.</summary>
    private static string Rows(VectorType type, int row, int size)
    {
        if (type.Bits == 128)
        {
            return $"{type.Helper(VectorHelpers.Load)}(ref x, {Place(row)})";
        }

        return $"{VectorHelpers.Join}({Rows(type.Half, row, size)}, {Rows(type.Half, row + type.Half.Count, size)})";
    }

    /// <summary>128 bits of a vector.</summary>
    private static string Part(VectorType type, string vector, int index, int size)
    {
        if (type.Bits == 128)
        {
            return vector;
        }

        int half = type.Half.Count / size;
        return Part(type.Half, $"{(index < half ? VectorHelpers.Lower : VectorHelpers.Upper)}({vector})", index % half, size);
    }

    private static string Place(int row) => row switch
    {
        0 => "0",
        1 => "step",
        _ => EmitContext.Text(row) + " * step",
    };
}
