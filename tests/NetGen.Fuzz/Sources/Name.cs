using System;

namespace NetGen.Fuzz.Sources;

/// <summary>An identifier as it is written, and as the compiler knows it.</summary>
internal sealed record Name(string Text, string Value)
{
    private static readonly string[] Plain = ["Net", "Brain", "Policy", "IrisNet", "N0", "_x", "aB"];

    private static readonly string[] Keywords =
    [
        "class", "event", "namespace", "int", "string", "void", "this", "new", "float", "true", "operator", "checked", "params", "record", "var_", "dynamic",
        "await", "async", "partial", "where", "yield", "typeof", "field", "required", "scoped", "file", "value", "get", "global", "nuint", "notnull", "managed",
        "unmanaged", "with", "and", "or", "when", "alias", "args", "allows", "extension", "net", "p",
    ];

    private static readonly Name[] Unicode =
    [
        new("Ünï", "Ünï"), new("網路", "網路"), new("Код", "Код"), new("Δ", "Δ"), new("Ｎｅｔ", "Ｎｅｔ"), new("e\u0301x", "e\u0301x"), new("ﬁn", "ﬁn"), new("Ⅷ", "Ⅷ"),
        new(new string('L', 300), new string('L', 300)), new(new string('網', 115), new string('網', 115)), new(new string('é', 150), new string('é', 150)),
        new("İstanbul", "İstanbul"), new("ßa", "ßa"), new("\\u0041bc", "Abc"), new("N\u200Det", "Net"), new("naïve", "naïve"), new("_é", "_é"), new("نت", "نت"),
    ];

    /// <summary>Names that the generated text uses itself.</summary>
    private static readonly string[] Shadowing =
    [
        "System", "NetGen", "K", "Span", "Math", "MathF", "Require", "Network", "Dense", "Activation", "Loss", "Precision", "ParameterBuffer", "Vectors512",
        "Vectors128", "FusedArithmetic1", "Lines256", "Lanes128", "Sigmoid", "Exp", "Tanh", "At", "Int32", "Attribute", "GeneratedCode", "Propagate", "Affine1", "Load128",
        "Runtime", "Numerics", "Vector128", "Unsafe", "MemoryMarshal", "BitConverter", "INetwork", "ParameterLayout",
    ];

    /// <summary>Whether the name may stand for something else where it is in scope.</summary>
    public bool Shadows => Array.IndexOf(Shadowing, Value) >= 0;

    /// <summary>Any name.</summary>
    public static Name Next(Random random) => random.Next(10) switch
    {
        < 5 => Verbatim(Plain[random.Next(Plain.Length)], ""),
        < 7 => Verbatim(Keywords[random.Next(Keywords.Length)], "@"),
        < 9 => Unicode[random.Next(Unicode.Length)],
        _ => Verbatim(Shadowing[random.Next(Shadowing.Length)], ""),
    };

    /// <summary>The name with an ending that makes it differ from others.</summary>
    public Name With(string ending) => new(Text + ending, Value + ending);

    private static Name Verbatim(string value, string sign) => new(sign + value, value);
}
