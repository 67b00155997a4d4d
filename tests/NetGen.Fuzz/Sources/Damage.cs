using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Fuzz.Sources;

/// <summary>Damages a source text as typing does: tokens and characters lost, doubled, exchanged, strewn in, or the rest of the file missing.</summary>
internal static class Damage
{
    private static readonly string[] Strays =
    [
        "{", "}", "(", ")", "[", "]", "<", ">", ",", ";", ":", "::", ".", "=", "=>", "?", "!", "@", "#", "$", "\"", "'", "\\", "/*", "*/", "//", "\"\"\"", "$\"{",
        "@\"", "#if X\n", "#endif\n", "\n#region\n", "\n#nullable enable\n", "\n#pragma warning disable\n", "\n#line hidden\n", "class", "struct", "record", "interface", "enum", "namespace", "partial", "static",
        "abstract", "file", "public", "private", "new", "using", "global::", "NetGen", "Network", "Dense", "Loss", "Activation", "int", "void", "null", "default", "typeof", "where T : struct",
        "<T>", "0", "-1", "99", "2147483648", "1e400", "[Network(2)]", "[Dense(3)]", "[Network(", "[Dense(", "partial class", "class Net { }", "namespace A { ", "partial", "\u0000",
        "\uD800", "\u200B", "é", "\u2028", "async", "await", "extern alias X;", "goto", "operator", "event", "get;", "this", "base", "ref", "readonly", "const", "unsafe", "fixed",
    ];

    /// <summary>Damages a text and says how.</summary>
    public static (string Source, string What) Apply(Random random, string source)
    {
        var done = new List<string>();
        int times = random.Next(3) == 0 ? random.Next(2, 7) : 1;
        for (int time = 0; time < times; time++)
        {
            int kind = random.Next(9);
            if (kind == 0)
            {
                source = source[..random.Next(source.Length + 1)];
                done.Add("cut off");
                continue;
            }

            if (kind == 1)
            {
                int place = random.Next(source.Length + 1);
                source = source.Insert(place, Strays[random.Next(Strays.Length)]);
                done.Add("strewn in");
                continue;
            }

            List<SyntaxToken> tokens = CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens(descendIntoTrivia: true).Where(token => token.Span.Length > 0).ToList();
            if (tokens.Count == 0)
            {
                continue;
            }

            SyntaxToken token = tokens[random.Next(tokens.Count)];
            SyntaxToken other = tokens[random.Next(tokens.Count)];
            (string text, string what) = kind switch
            {
                2 or 3 => ("", "token lost"),
                4 => ($"{token.Text} {token.Text}", "token doubled"),
                5 => (other.Text, "token replaced by another"),
                6 => (Strays[random.Next(Strays.Length)], "token replaced"),
                7 => (token.Text[..random.Next(token.Text.Length)], "token cut"),
                _ => ($"{token.Text} {Strays[random.Next(Strays.Length)]}", "token added"),
            };
            source = string.Concat(source.AsSpan(0, token.SpanStart), text, source.AsSpan(token.Span.End));
            done.Add(what);
        }

        return (source, string.Join(", ", done));
    }
}
