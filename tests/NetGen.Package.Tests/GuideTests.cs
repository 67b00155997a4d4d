using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator;
using NetGen.Models;
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

    /// <summary>The model files that the guides name: a policy, and an agent of ML-Agents.</summary>
    private static readonly AdditionalText[] Models =
    [
        Model("iris.safetensors", "golden/models/iris.safetensors"),
        Model("policy.onnx", "golden/models/policy_4_64_64_2.onnx"),
        Model("agent.onnx", "models/total-wipeout-ai/deterContinuous2vis8vec2action_v2_0.onnx"),
    ];

    private static string Repository => typeof(GuideTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Repository").Value!;

    /// <summary>Each page with the number of its C# blocks and the framework that they are written for.</summary>
    public static TheoryData<string, int, string> Pages() => new()
    {
        { "src/NetGen.Attributes/README.md", 1, "net8.0" },
        { "src/NetGen.Training/README.md", 1, "net8.0" },
        { "src/NetGen.Models/README.md", 1, "net8.0" },
        { "docs/getting-started.md", 3, "net8.0" },
        { "docs/self-test.md", 1, "net8.0" },
        { "docs/wire.md", 5, "net8.0" },
        { "docs/own-formulas.md", 1, "net8.0" },
        { "docs/models.md", 4, "net8.0" },
        { "docs/unity.md", 1, "netstandard2.1" },
        { "docs/engines.md", 1, "net8.0" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_program_compiles(string page, int blocks, string framework)
    {
        MatchCollection found = Block().Matches(File.ReadAllText(Path.Combine(Repository, page)).ReplaceLineEndings("\n"));
        Assert.Equal(blocks, found.Count);
        Assert.All(found, block => Assert.Empty(Complaints(block.Groups[1].Value, framework)));
    }

    /// <summary>What the compiler and NetGen say, with the language that the framework's projects have or, for netstandard2.1, need.</summary>
    private static IEnumerable<string> Complaints(string source, string framework)
    {
        var options = new CSharpParseOptions(framework == "net8.0" ? LanguageVersion.CSharp12 : LanguageVersion.CSharp9);
        IEnumerable<MetadataReference> references = Compiled.References(framework);
        if (framework == "net8.0")
        {
            references = [.. references, MetadataReference.CreateFromFile(typeof(Checkpoint).Assembly.Location), MetadataReference.CreateFromFile(typeof(ModelFile).Assembly.Location)];
        }

        bool isProgram = CSharpSyntaxTree.ParseText(source, options).GetCompilationUnitRoot().Members.Any(member => member.IsKind(Microsoft.CodeAnalysis.CSharp.SyntaxKind.GlobalStatement));
        var compilation = CSharpCompilation.Create(
            "Guide",
            [CSharpSyntaxTree.ParseText(source, options), CSharpSyntaxTree.ParseText(Engines, options)],
            references,
            new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary));
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator(), new ModelGenerator().AsSourceGenerator()], Models, options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        ImmutableArray<Diagnostic> diagnostics = output.WithAnalyzers([new NetworkAnalyzer()]).GetAllDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult();
        return diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString());
    }

    /// <summary>A file of the repository under another name.</summary>
    private static AdditionalText Model(string name, string file)
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(System.AppContext.BaseDirectory, "guide-models")).FullName, name);
        File.Copy(Path.Combine(Repository, "data", file), path, overwrite: true);
        return CompiledModel.Stub(path);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
