using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using NetGen.Generator;
using NetGen.Generator.Parsing;
using NetGen.Generator.Planning;

namespace NetGen.TestKit;

/// <summary>Which form a test asks for.</summary>
public enum Form
{
    /// <summary>What the planner chooses.</summary>
    Auto,

    /// <summary>What the planner chooses in the floor dialect; like the next two compiled as C# 9 for netstandard2.1.</summary>
    Scalar,

    /// <summary>Every layer unrolled, in methods of its own, in the floor dialect.</summary>
    Unrolled,

    /// <summary>Every layer a loop, in the floor dialect.</summary>
    Looped,

    /// <summary>Layer by layer with vectors of 512 bits.</summary>
    Vectors512,

    /// <summary>Layer by layer with vectors of 256 bits.</summary>
    Vectors256,

    /// <summary>Layer by layer with vectors of 128 bits.</summary>
    Vectors128,

    /// <summary>Every layer a loop over vectors.</summary>
    LoopedVectors,

    /// <summary>Every layer straight, in methods of its own, with vectors of 512 bits.</summary>
    Unrolled512,

    /// <summary>Every layer straight, in methods of its own, with vectors of 256 bits.</summary>
    Unrolled256,

    /// <summary>Every layer straight, in methods of its own, with vectors of 128 bits.</summary>
    Unrolled128,

    /// <summary>What the planner chooses with vectors of 128 bits at most.</summary>
    Narrow,

    /// <summary>The batches of a tiny network with a sample in every lane of vectors of 512 bits.</summary>
    Lanes512,

    /// <summary>The same with vectors of 256 bits.</summary>
    Lanes256,

    /// <summary>The same with vectors of 128 bits.</summary>
    Lanes128,
}

/// <summary>The result of compiling a source text with the generator.</summary>
public sealed class Compiled
{
    /// <summary>C# 11, by its number: not every compiler that the tests run in has the name.</summary>
    public const LanguageVersion CSharp11 = (LanguageVersion)1100;

    private IReadOnlyList<Diagnostic>? _compilerDiagnostics;
    private IReadOnlyList<Diagnostic>? _analyzerDiagnostics;
    private byte[]? _code;

    private Compiled(CSharpCompilation input, GeneratorDriver driver, Compilation output, ImmutableArray<Diagnostic> generatorDiagnostics)
    {
        Input = input;
        Driver = driver;
        Output = output;

        // Later drivers leave out what is suppressed.
        GeneratorDiagnostics = [.. generatorDiagnostics.Where(diagnostic => !diagnostic.IsSuppressed)];
    }

    public static MetadataReference NetGenReference => ReferenceSets.NetGen;

    public static IReadOnlyList<MetadataReference> PlatformReferences => ReferenceSets.Platform;

    public CSharpCompilation Input { get; }

    public GeneratorDriver Driver { get; }

    /// <summary>The compilation with the generated files.</summary>
    public Compilation Output { get; }

    /// <summary>What the generator says: errors of declarations, and should it throw.</summary>
    public ImmutableArray<Diagnostic> GeneratorDiagnostics { get; }

    /// <summary>The generated files, by hint name.</summary>
    public IReadOnlyDictionary<string, string> Files => Driver.GetRunResult().Results.Single().GeneratedSources
        .ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    /// <summary>The same, parsed.</summary>
    public IReadOnlyList<SyntaxTree> GeneratedTrees => Driver.GetRunResult().GeneratedTrees;

    /// <summary>Everything that the compiler says, hidden remarks apart.</summary>
    public IReadOnlyList<Diagnostic> CompilerDiagnostics => _compilerDiagnostics ??= Visible(Output.GetDiagnostics());

    /// <summary>What a project for <c>netstandard2.0</c>, <c>netstandard2.1</c> or <c>net8.0</c> compiles against, NetGen included; or another assembly by its name.</summary>
    public static IReadOnlyList<MetadataReference> References(string target) => ReferenceSets.Of(target);

    /// <summary>Compiles a source text at the highest warning level, with documentation checked.</summary>
    /// <param name="source">The text.</param>
    /// <param name="form">The form of the code.</param>
    /// <param name="language">The language; that of the form's consumers where nothing is given.</param>
    /// <param name="references">What it compiles against; likewise.</param>
    /// <param name="path">The name of the file.</param>
    /// <param name="onlyCode">Leaves out what the compiler would say of nulls and documentation, a third of its time.</param>
    public static Compiled From(
        string source,
        Form form = Form.Auto,
        LanguageVersion? language = null,
        IEnumerable<MetadataReference>? references = null,
        string path = "",
        bool onlyCode = false)
    {
        LanguageVersion version = language ?? Language(form);
        return From(Compilation(source, version, references ?? DefaultReferences(form), path, onlyCode), form, onlyCode);
    }

    /// <summary>Runs the generator on a compilation.</summary>
    public static Compiled From(CSharpCompilation compilation, Form form = Form.Auto, bool onlyCode = false)
    {
        GeneratorDriver driver = CreateDriver(form, compilation.LanguageVersion, isTracked: false, onlyCode: onlyCode)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        return new Compiled(compilation, driver, output, diagnostics);
    }

    /// <summary>A compilation without the generator.</summary>
    public static CSharpCompilation Compilation(
        string source, LanguageVersion language = LanguageVersion.Latest, IEnumerable<MetadataReference>? references = null, string path = "", bool onlyCode = false) =>
        ReferenceSets.Compilation(references ?? ReferenceSets.Default)
            .WithOptions(new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,

                // Bit patterns wrap on purpose; a project that checks for overflow must not notice.
                checkOverflow: true,
                nullableContextOptions: language >= LanguageVersion.CSharp8 ? NullableContextOptions.Enable : NullableContextOptions.Disable,
                warningLevel: 9999))
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, ParseOptions(language, onlyCode), path));

    /// <summary>A compilation of several files, given with their paths, for the consumers of a form.</summary>
    public static CSharpCompilation Compilation(IEnumerable<(string Path, string Source)> files, Form form, LanguageVersion? language = null, bool onlyCode = false)
    {
        LanguageVersion version = language ?? Language(form);
        return Compilation("", version, DefaultReferences(form)).RemoveAllSyntaxTrees().AddSyntaxTrees(
            files.Select(file => CSharpSyntaxTree.ParseText(file.Source, ParseOptions(version, onlyCode), file.Path)));
    }

    /// <summary>Whether this compiler is from a time before C# 11, which it knows as a preview only.</summary>
    public static bool IsOldest => LanguageVersion.Latest.MapSpecifiedToEffectiveVersion() < CSharp11;

    public static CSharpParseOptions ParseOptions(LanguageVersion language = LanguageVersion.Latest, bool onlyCode = false)
    {
        LanguageVersion known = IsOldest && language is (LanguageVersion.Latest or CSharp11) ? LanguageVersion.Preview : language;
        return onlyCode
            ? new CSharpParseOptions(known, DocumentationMode.None).WithFeatures([KeyValuePair.Create("run-nullable-analysis", "never")])
            : new CSharpParseOptions(known, DocumentationMode.Diagnose);
    }

    /// <summary>A driver, which tracks its steps unless it should be as those of editors are.</summary>
    public static GeneratorDriver CreateDriver(Form form = Form.Auto, LanguageVersion language = LanguageVersion.Latest, bool isTracked = true, bool onlyCode = false) =>
        CSharpGeneratorDriver.Create(
            new[] { CreateGenerator(form).AsSourceGenerator() },
            parseOptions: ParseOptions(language, onlyCode),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: isTracked));

    /// <summary>The same with some of its files only.</summary>
    public Compiled Of(IEnumerable<SyntaxTree> files) => new(Input, Driver, Output.RemoveAllSyntaxTrees().AddSyntaxTrees(files), GeneratorDiagnostics);

    /// <summary>Everything that NetGen says: what the generator says about the compilation, and the analyzer about that with the generated files, in order of place.</summary>
    public IReadOnlyList<Diagnostic> Findings() => ((IEnumerable<Diagnostic>)[.. GeneratorDiagnostics, .. AnalyzerDiagnostics()])
        .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
        .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)
        .ToList();

    /// <summary>What the analyzer says of it. What the compiler says comes with it: to ask afterwards would compile everything twice.</summary>
    public IReadOnlyList<Diagnostic> AnalyzerDiagnostics()
    {
        if (_analyzerDiagnostics is null)
        {
            ILookup<bool, Diagnostic> all = Output
                .WithAnalyzers(ImmutableArray.Create<DiagnosticAnalyzer>(new NetworkAnalyzer()))
                .GetAllDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult()
                .ToLookup(diagnostic => diagnostic.Id.StartsWith("CS", StringComparison.Ordinal));
            _compilerDiagnostics ??= Visible(all[true]);
            _analyzerDiagnostics = [.. all[false]];
        }

        return _analyzerDiagnostics;
    }

    /// <summary>Loads the compiled assembly; anything that the compiler says is an error.</summary>
    /// <param name="context">Where it is loaded; for good where nothing is given.</param>
    public Assembly Load(AssemblyLoadContext? context = null)
    {
        byte[]? code = Emit();
        Diagnostic[] diagnostics = [.. GeneratorDiagnostics, .. CompilerDiagnostics];
        if (code is null || diagnostics.Length > 0)
        {
            throw new InvalidOperationException(
                $"The generated code does not compile cleanly:\n{string.Join("\n", diagnostics.Take(10))}\n{Numbered(diagnostics[0])}");
        }

        using var image = new MemoryStream(code);
        return (context ?? AssemblyLoadContext.Default).LoadFromStream(image);
    }

    /// <summary>The compiled assembly; null where the compiler refuses. What the compiler has to say comes with it: to ask first would compile everything twice.</summary>
    public byte[]? Emit()
    {
        if (_code is null)
        {
            // Each assembly needs a name of its own to be loaded beside the others. Comments are looked at only when they are asked for.
            using var image = new MemoryStream();
            EmitResult result = Output.WithAssemblyName($"Networks-{Guid.NewGuid():N}").Emit(image, xmlDocumentationStream: Stream.Null);
            if (result.Success)
            {
                _code = image.ToArray();
                _compilerDiagnostics ??= Visible(result.Diagnostics);
            }
        }

        return _code;
    }

    /// <summary>What the generator adds to a file name that differs from another in case only.</summary>
    public static string HintHash(string hintName) => TypeNames.Hash(hintName);

    /// <summary>Whether a form is one of the floor dialect, whose consumers have an older language and framework.</summary>
    public static bool IsFloor(Form form) => form is Form.Scalar or Form.Unrolled or Form.Looped;

    private static LanguageVersion Language(Form form) => IsFloor(form) ? LanguageVersion.CSharp9 : LanguageVersion.Latest;

    private static IEnumerable<MetadataReference>? DefaultReferences(Form form) => IsFloor(form) ? References("netstandard2.1") : null;

    /// <summary>What a form forces on the planner.</summary>
    internal static PlanChoice? Choice(Form form) => form switch
    {
        Form.Unrolled => new PlanChoice(MethodShape.LayerByLayer, LayerForm.Unrolled),
        Form.Looped => new PlanChoice(MethodShape.LayerByLayer, LayerForm.Looped),
        Form.Vectors512 => new PlanChoice(MethodShape.LayerByLayer, VectorWidths: [512]),
        Form.Vectors256 => new PlanChoice(MethodShape.LayerByLayer, VectorWidths: [256]),
        Form.Vectors128 => new PlanChoice(MethodShape.LayerByLayer, VectorWidths: [128]),
        Form.LoopedVectors => new PlanChoice(MethodShape.LayerByLayer, LayerForm.Looped, [512]),
        Form.Unrolled512 => new PlanChoice(MethodShape.LayerByLayer, LayerForm.Unrolled, [512]),
        Form.Unrolled256 => new PlanChoice(MethodShape.LayerByLayer, LayerForm.Unrolled, [256]),
        Form.Unrolled128 => new PlanChoice(MethodShape.LayerByLayer, LayerForm.Unrolled, [128]),
        Form.Narrow => new PlanChoice(VectorWidths: [128]),
        Form.Lanes512 => new PlanChoice(MethodShape.LayerByLayer, VectorWidths: [128], LaneWidths: [512]),
        Form.Lanes256 => new PlanChoice(MethodShape.LayerByLayer, VectorWidths: [128], LaneWidths: [256]),
        Form.Lanes128 => new PlanChoice(VectorWidths: [128], LaneWidths: [128]),
        _ => null,
    };

    private static NetworkGenerator CreateGenerator(Form form) => new(Choice(form));

    private static List<Diagnostic> Visible(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden).ToList();

    private static string Numbered(Diagnostic diagnostic)
    {
        string[] lines = diagnostic.Location.SourceTree?.ToString().Split('\n') ?? [];
        int line = diagnostic.Location.GetLineSpan().StartLinePosition.Line;
        return string.Join("\n", lines.Select((text, index) => $"{index + 1,5} {text}").Skip(line - 5).Take(10));
    }
}
