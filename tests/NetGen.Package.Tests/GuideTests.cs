using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator;
using NetGen.TestKit;
using NetGen.Training;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>The programs in the guides and in the descriptions of the packages compile, without a warning.</summary>
public sealed partial class GuideTests
{
    /// <summary>Types of engines that are not here, as far as the guides use them.</summary>
    private const string Engines = """
        namespace UnityEngine
        {
            public class MonoBehaviour { }
            public struct Vector3 { public float x, y, z; public static Vector3 operator -(Vector3 a, Vector3 b) => default; }
            public class Transform { public Vector3 position { get; set; } }
            public static class Debug { public static void Log(object message) { } }
        }

        namespace Godot
        {
            public class Node { public virtual void _Ready() { } public virtual void _PhysicsProcess(double delta) { } }
            public static class GD { public static void Print(string message) { } }
        }
        """;

    private static string Repository => typeof(GuideTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Repository").Value!;

    /// <summary>Each page with the number of its C# blocks and the language that they are written in.</summary>
    public static TheoryData<string, int, LanguageVersion> Pages() => new()
    {
        { "src/NetGen.Attributes/README.md", 1, LanguageVersion.CSharp12 },
        { "src/NetGen.Training/README.md", 1, LanguageVersion.CSharp12 },
        { "docs/getting-started.md", 2, LanguageVersion.CSharp12 },
        { "docs/unity.md", 1, LanguageVersion.CSharp9 },
        { "docs/engines.md", 1, LanguageVersion.CSharp12 },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_program_compiles(string page, int blocks, LanguageVersion language)
    {
        MatchCollection found = Block().Matches(File.ReadAllText(Path.Combine(Repository, page)).ReplaceLineEndings("\n"));
        Assert.Equal(blocks, found.Count);
        Assert.All(found, block => Assert.Empty(Complaints(block.Groups[1].Value, language)));
    }

    private static IEnumerable<string> Complaints(string source, LanguageVersion language)
    {
        var options = new CSharpParseOptions(language);
        bool isProgram = CSharpSyntaxTree.ParseText(source, options).GetCompilationUnitRoot().Members.Any(member => member.IsKind(Microsoft.CodeAnalysis.CSharp.SyntaxKind.GlobalStatement));
        var compilation = CSharpCompilation.Create(
            "Guide",
            [CSharpSyntaxTree.ParseText(source, options), CSharpSyntaxTree.ParseText(Engines, options)],
            [.. Compiled.PlatformReferences, Compiled.NetGenReference, MetadataReference.CreateFromFile(typeof(Checkpoint).Assembly.Location)],
            new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary));
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        return output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString());
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
