using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator;

namespace NetGen.TestKit;

/// <summary>The result of compiling classes that are the networks of model files.</summary>
public sealed class CompiledModel
{
    private CompiledModel(GeneratorDriver driver, Compilation output, ImmutableArray<Diagnostic> diagnostics)
    {
        Driver = driver;
        Output = output;
        Diagnostics = diagnostics;
    }

    /// <summary>The driver, which tracks its steps.</summary>
    public GeneratorDriver Driver { get; }

    /// <summary>The compilation with the generated files.</summary>
    public Compilation Output { get; }

    /// <summary>What the generator says.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The files that are generated of models, by hint name.</summary>
    public IReadOnlyDictionary<string, string> Files => Driver.GetRunResult().Results[0].GeneratedSources
        .ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    /// <summary>What the compiler says, hidden remarks apart.</summary>
    public IEnumerable<Diagnostic> CompilerDiagnostics => Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden);

    /// <summary>Compiles a source text with model files, each named by a text as builds write it.</summary>
    /// <param name="source">The text.</param>
    /// <param name="form">The newest language and framework, or those of the floor dialect.</param>
    /// <param name="models">The paths of the files.</param>
    public static CompiledModel From(string source, Form form, params string[] models) => From(source, form, models.Select(model => Stub(model)).ToArray());

    /// <summary>The same with any additional files.</summary>
    public static CompiledModel From(string source, Form form, params AdditionalText[] files)
    {
        CSharpCompilation compilation = Compilation(source, form);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            new[] { new ModelGenerator().AsSourceGenerator(), new NetworkGenerator().AsSourceGenerator() },
            files,
            Compiled.ParseOptions(compilation.LanguageVersion),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return Run(driver, compilation);
    }

    /// <summary>A compilation for the consumers of a form; the oldest compiler has those of the floor dialect alone.</summary>
    public static CSharpCompilation Compilation(string source, Form form = Form.Auto)
    {
        bool isFloor = Compiled.IsFloor(form) || Compiled.IsOldest;
        return Compiled.Compilation(source, isFloor ? LanguageVersion.CSharp9 : LanguageVersion.Latest, isFloor ? Compiled.References("netstandard2.1") : null);
    }

    /// <summary>Runs a driver.</summary>
    public static CompiledModel Run(GeneratorDriver driver, Compilation compilation)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        return new CompiledModel(driver, output, diagnostics);
    }

    /// <summary>The text that names a model file, and the files beside it: the usual one, if it is there, and others.</summary>
    public static AdditionalText Stub(string path, params string[] beside)
    {
        IEnumerable<string> files = [path, .. File.Exists(path + ".data") ? [path + ".data"] : Array.Empty<string>(), .. beside];
        return new Text(path + ".netgenmodel", string.Join("\n", files.Select(file => $"{file}|{(File.Exists(file) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))) : "")}")));
    }

    /// <summary>A file whose content must not be read as text.</summary>
    public static AdditionalText Binary(string path) => new Text(path, null);

    /// <summary>Loads the compiled assembly; anything that is said is an error.</summary>
    public Assembly Load()
    {
        using var image = new MemoryStream();
        string[] findings = [.. Diagnostics.Concat(CompilerDiagnostics).Select(diagnostic => diagnostic.ToString())];
        if (findings.Length > 0 || !Output.WithAssemblyName($"Models-{Guid.NewGuid():N}").Emit(image).Success)
        {
            throw new InvalidOperationException($"The generated code does not compile cleanly:\n{string.Join("\n", findings.Take(10))}");
        }

        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }

    private sealed class Text(string path, string? content) : AdditionalText
    {
        public override string Path => path;

        public override SourceText? GetText(CancellationToken cancellationToken = default) =>
            content is null ? throw new InvalidOperationException($"{path} is read as text.") : SourceText.From(content);
    }
}
