using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Fuzz.Sources;

/// <summary>Members and types of the user's with names that generated text writes without qualification, or that are words of C# in some places.</summary>
internal static class HostileNames
{
    /// <summary>Names of anything.</summary>
    private static readonly string[] Any =
    [
        "_", "nameof", "global", "field", "value", "record", "file", "scoped", "required", "unmanaged", "notnull", "managed", "dynamic", "async", "await", "yield", "partial", "where",
        "when", "with", "and", "or", "not", "get", "set", "init", "add", "remove", "args", "allows", "extension", "alias", "nuint", "System", "NetGen", "Math", "MathF", "Span",
        "ReadOnlySpan", "Unsafe", "MemoryMarshal", "Vector128", "Vector256", "Vector512", "BitConverter", "T", "K", "E", "x", "y", "z", "p", "g", "m", "s", "i", "j", "a1", "z1", "b1",
        "W1", "delta1", "loss", "scale", "input", "output", "trace", "target", "label", "gradient", "parameters", "inputs", "outputs", "Load128", "Store", "At", "Exp", "Tanh", "Sigmoid",
        "Elements", "Broadcast128", "KeepFirst", "IArithmetic", "FusedArithmetic1", "A", "Lines128", "Vectors128", "Lanes128", "Propagate", "Backpropagate", "Require", "ParameterBuffer", "ParameterLayout",
    ];

    /// <summary>Names of members alone: a type of such a name has to be asked back (NETGEN020).</summary>
    private static readonly string[] MembersOnly = ["var", "nint"];

    /// <summary>A file that all files see: static members, or types, or both. Empty for none.</summary>
    public static string Globals(Random random)
    {
        string[] parts = random.Next(4) switch
        {
            0 => [Class("Words", name => $"internal static string @{name}(string text) => text;", Any.Concat(MembersOnly))],
            1 => [Class("Values", name => $"internal static int @{name} => 1;", Any.Concat(MembersOnly))],
            2 => [Class("Types", name => $"internal sealed class @{name} {{ }}", Any)],
            _ => [Class("Words", name => $"internal static T @{name}<T>(T value) => value;", Any), Class("Constants", name => $"internal const double @{name} = double.NaN;", MembersOnly), Class("Types", name => $"internal enum @{name} {{ A }}", Any)],
        };
        IEnumerable<string> names = parts.Select(part => part.Split(' ', 5)[3]);
        return $"{string.Concat(names.Select(name => $"global using static global::Hostile.{name};\n"))}namespace Hostile\n{{\n{string.Join('\n', parts)}\n}}\n";
    }

    /// <summary>A base class whose members have such names; a type with the name of the class that derives from it would stand for that in the class's own text.</summary>
    /// <param name="random">Chooses the members.</param>
    /// <param name="modifiers">Its accessibility.</param>
    /// <param name="derived">The class that derives from it.</param>
    public static string Base(Random random, string modifiers, Name derived)
    {
        string[] members =
        [
            .. Any.Concat(MembersOnly).Where(word => word != derived.Value && random.Next(3) == 0).Select(word => random.Next(4) switch
            {
                0 => $"private protected const int @{word} = 1;",
                1 => $"private protected static string @{word}(string text) => text;",
                2 when !MembersOnly.Contains(word) => $"private protected sealed class @{word} {{ }}",
                _ => $"private protected double @{word} => 1;",
            }),
        ];
        return $"/// <summary>Documented.</summary>\n{modifiers}abstract class {derived.Text}Base\n{{\n{string.Join('\n', members)}\n}}";
    }

    private static string Class(string name, Func<string, string> member, IEnumerable<string> names) =>
        $"internal static class {name} {{\n{string.Join('\n', names.Select(member))} }}";
}
