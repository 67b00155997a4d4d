using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;

namespace NetGen.Fuzz.Sources;

/// <summary>What the cases of a block are compiled with.</summary>
/// <param name="Language">The version of C#.</param>
/// <param name="Form">The form of the code.</param>
/// <param name="AllowUnsafe">Whether unsafe code is allowed.</param>
/// <param name="CheckOverflow">Whether integers are checked.</param>
/// <param name="IsNet80">Whether the class library is that of .NET 8.</param>
/// <param name="Globals">A file whose names all others see; empty for none.</param>
internal sealed record Setting(LanguageVersion Language, Form Form, bool AllowUnsafe = false, bool CheckOverflow = true, bool IsNet80 = false, string Globals = "")
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
        bool allowUnsafe = random.Next(2) == 0;
        bool checkOverflow = random.Next(2) == 0;
        bool isNet80 = random.Next(2) == 0;
        string globals = language >= LanguageVersion.CSharp10 && random.Next(2) == 0 ? HostileNames.Globals(random) : "";
        return new Setting(language, form, allowUnsafe, checkOverflow, isNet80, globals);
    }

    /// <summary>Whether networks get the floor dialect.</summary>
    public bool IsFloor => Compiled.IsFloor(Form) || Language < LanguageVersion.CSharp11;

    /// <summary>Cases and what they are compiled with, without NetGen's generator.</summary>
    public CSharpCompilation Compilation(IEnumerable<FuzzCase> cases)
    {
        CSharpCompilation compilation = Compiled.Compilation(cases.Select(one => (one.Path, one.Source)).Concat(Globals.Length > 0 ? [("Globals.cs", Globals)] : []), Form, Language);
        if (IsNet80 && Form != Form.Scalar)
        {
            compilation = compilation.WithReferences(Compiled.References("net8.0"));
        }

        return compilation.WithOptions(compilation.Options.WithAllowUnsafe(AllowUnsafe).WithOverflowChecks(CheckOverflow));
    }

    /// <summary>Compiles cases together.</summary>
    public Compiled Compile(IEnumerable<FuzzCase> cases) => Compiled.From(Compilation(cases), Form);

    public override string ToString() => $"C# {Language.ToDisplayString()}, form {Form}{(AllowUnsafe ? ", unsafe" : "")}{(CheckOverflow ? ", checked" : "")}{(IsNet80 ? ", .NET 8" : "")}{(Globals.Length > 0 ? ", hostile names" : "")}";
}
