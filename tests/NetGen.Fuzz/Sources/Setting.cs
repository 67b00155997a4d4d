using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;

namespace NetGen.Fuzz.Sources;

/// <summary>What the cases of a block are compiled with.</summary>
internal sealed record Setting(LanguageVersion Language, Form Form, bool AllowUnsafe = false, bool CheckOverflow = true, bool IsNet80 = false)
{
    private static readonly LanguageVersion[] Languages =
    [
        LanguageVersion.CSharp9, LanguageVersion.CSharp10, LanguageVersion.CSharp11, LanguageVersion.CSharp12, LanguageVersion.CSharp13, LanguageVersion.Latest,
        LanguageVersion.Latest, LanguageVersion.Preview,
    ];

    /// <summary>The setting of a block. A consumer without vectors is one block in four, and every one before C# 11.</summary>
    public static Setting Of(int seed, int block)
    {
        var random = new Random(unchecked((seed * 7919) + block));
        LanguageVersion language = Languages[random.Next(Languages.Length)];
        Form form = random.Next(4) switch { 0 => Form.Scalar, 1 when language >= LanguageVersion.CSharp11 => Form.Narrow, _ => Form.Auto };
        return new Setting(language, form, AllowUnsafe: random.Next(2) == 0, CheckOverflow: random.Next(2) == 0, IsNet80: random.Next(2) == 0);
    }

    /// <summary>Whether networks get the floor dialect.</summary>
    public bool IsFloor => Compiled.IsFloor(Form) || Language < LanguageVersion.CSharp11;

    /// <summary>Compiles cases together.</summary>
    public Compiled Compile(IEnumerable<FuzzCase> cases)
    {
        CSharpCompilation compilation = Compiled.Compilation(cases.Select(one => (one.Path, one.Source)), Form, Language);
        if (IsNet80 && Form != Form.Scalar)
        {
            compilation = compilation.WithReferences(Compiled.References("net8.0"));
        }

        return Compiled.From(compilation.WithOptions(compilation.Options.WithAllowUnsafe(AllowUnsafe).WithOverflowChecks(CheckOverflow)), Form);
    }

    public override string ToString() => $"C# {Language.ToDisplayString()}, form {Form}{(AllowUnsafe ? ", unsafe" : "")}{(CheckOverflow ? ", checked" : "")}{(IsNet80 ? ", .NET 8" : "")}";
}
