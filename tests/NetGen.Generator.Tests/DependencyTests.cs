using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>
/// Each folder of the generator knows only what stands before it on the way of a declaration. The compiler says what each name in a folder stands for, so
/// that a type counts however it is reached: by a directive, by its full name, or as the type of a member.
/// </summary>
public sealed class DependencyTests
{
    private const string Generator = "NetGen.Generator";

    private const string Roslyn = "Microsoft.CodeAnalysis";

    /// <summary>What reads model files, beside the generator and in it.</summary>
    private const string Models = "Models";

    private static readonly string ModelSources = Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Paths.GeneratorSources))!, "NetGen.Models");

    /// <summary>What each folder may know, itself aside. What connects the stages stands in none and may know all; none may know it.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Model"] = [],
        ["Formulas"] = ["Model"],
        ["Layers"] = ["Model", "Formulas"],
        ["Diagnostics"] = [Roslyn],
        ["Parsing"] = ["Model", "Formulas", "Layers", "Diagnostics", Roslyn],
        [Models] = [],
        ["Importing"] = ["Model", "Formulas", "Layers", Models, Roslyn],
        ["Planning"] = ["Model", "Formulas"],
        ["Lowering"] = ["Model", "Formulas", "Planning"],

        // Strings are quoted by the compiler.
        ["Emit"] = ["Model", "Formulas", "Planning", "Lowering", Roslyn],
    };

    private static readonly Lazy<CSharpCompilation> Sources = new(Compile);

    public static TheoryData<string, string, string> Violations => new()
    {
        { "Model", "class C { Microsoft.CodeAnalysis.ISymbol F; }", "Model: Microsoft.CodeAnalysis" },
        { "Model", "class C { object F = Formulas.Catalogue.NoLoss; }", "Model: Formulas" },
        { "Model", "class C { string F = PipelineSteps.Readings; }", "Model: NetGen.Generator" },
        { "Layers", "using P = NetGen.Generator.Planning.Planner; class C { P F; }", "Layers: Planning" },
        { "Layers", "using static NetGen.Generator.Planning.ParameterRule; class C { object F = PaddedUnits(1); }", "Layers: Planning" },
        { "Parsing", "class C { int F = new Model.NetworkMember(null, null).Name.Length + Planning.SummationRule.Chains; }", "Parsing: Planning" },
        { "Planning", "class C { object F = new Layers.Input(1); }", "Planning: Layers" },
        { "Planning", "class C { void M() { var plan = Planner.Plan(null); Emit.NetworkEmitter.Emit(plan); } }", "Planning: Emit" },
        { "Planning", "class C { object F = new NetGen.Models.Importing.ImportOptions(); }", "Planning: Models" },
        { "Emit", "class C { object F = typeof(NetGen.Generator.Layers.Dense); }", "Emit: Layers" },
        { "Unknown", "class C { }", "Unknown: no folder of the list" },
    };

    [Fact]
    public void Each_folder_knows_what_stands_before_it()
    {
        Assert.Empty(Find(Sources.Value.SyntaxTrees));
        IEnumerable<string> folders = Directory.GetDirectories(Paths.GeneratorSources).Select(folder => Path.GetFileName(folder)!);
        Assert.All(folders.Where(name => name is not ("bin" or "obj")), folder => Assert.Contains(folder, Allowed.Keys));
    }

    [Theory]
    [MemberData(nameof(Violations))]
    public void Whatever_else_it_knows_is_found(string folder, string text, string violation)
    {
        int members = text.LastIndexOf("class C", StringComparison.Ordinal);
        SyntaxTree added = Parse(
            $"{text[..members]} namespace {Generator}.{folder} {{ {text[members..]} }}", Path.Combine(Paths.GeneratorSources, folder, "Added.cs"));
        Assert.Equal([violation], Find([added], Sources.Value.AddSyntaxTrees(added)));
    }

    private static string[] Find(IEnumerable<SyntaxTree> trees, CSharpCompilation? compilation = null) =>
        [.. trees.SelectMany(tree => Find(tree, (compilation ?? Sources.Value).GetSemanticModel(tree))).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What a file knows and must not.</summary>
    private static IEnumerable<string> Find(SyntaxTree tree, SemanticModel model)
    {
        string[] path = Path.GetRelativePath(Paths.GeneratorSources, tree.FilePath).Split(Path.DirectorySeparatorChar);
        if (path.Length == 1)
        {
            return [];
        }

        path[0] = path[0] == ".." ? Models : path[0];
        return Allowed.TryGetValue(path[0], out string[]? allowed)
            ? Known(tree, model).Where(known => known != path[0] && !allowed.Contains(known)).Select(known => $"{path[0]}: {known}")
            : [$"{path[0]}: no folder of the list"];
    }

    /// <summary>The folders whose types a file names or uses, the generator itself where they stand in none, and the compiler.</summary>
    private static IEnumerable<string> Known(SyntaxTree tree, SemanticModel model) => tree.GetRoot().DescendantNodes()
        .Where(node => node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax)
        .SelectMany(node => new[] { model.GetSymbolInfo(node).Symbol, model.GetTypeInfo(node).Type })
        .OfType<ISymbol>()
        .Select(symbol => (symbol as INamedTypeSymbol ?? symbol.ContainingType)?.ContainingNamespace?.ToDisplayString() ?? "")
        .Distinct()
        .Select(space => space.StartsWith(Generator + ".", StringComparison.Ordinal) ? space[(Generator.Length + 1)..].Split('.')[0]
            : space == Generator ? Generator
            : space.StartsWith("NetGen.Models", StringComparison.Ordinal) ? Models
            : space.StartsWith(Roslyn, StringComparison.Ordinal) ? Roslyn : "")
        .Where(known => known.Length > 0);

    private static CSharpCompilation Compile()
    {
        IEnumerable<string> files = Directory.EnumerateFiles(Paths.GeneratorSources, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(Paths.GeneratorSources, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .Concat(new[] { "Onnx", "Importing", "Graphs", "Files", "Numbers", "Disk", "Safetensors", "Tensors" }.Select(folder => Path.Combine(ModelSources, folder)).SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs")));
        IEnumerable<string> platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !Path.GetFileName(file).StartsWith("NetGen", StringComparison.Ordinal));
        CSharpCompilation compilation = CSharpCompilation.Create(
            Generator,
            files.Select(file => Parse(File.ReadAllText(file), file)),
            platform.Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

        // A name that the compiler does not know would be one that nobody looks at.
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return compilation;
    }

    /// <summary>Reads a file in a language in which an array is no span yet: the generator is compiled for a framework that has none.</summary>
    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp12), path);
}
