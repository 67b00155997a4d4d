using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>The built file, loaded the way a compiler loads it: by its path, into a context of its own, knowing nothing but its attributes.</summary>
[Trait("Category", "Quick")]
public sealed class HostTests
{
    private const string Source = """
        using NetGen;
        namespace Demo;
        [Network(2, Loss = Loss.HalfSquaredError)] [Dense(3, Activation.Sigmoid)] public sealed partial class Right { }
        [Network(2)] public sealed partial class Wrong { }
        [Network(2)] [Dense(3)] [Dense(3)] public sealed partial class Warned { }
        """;

    private static string Built => typeof(NetworkGenerator).Assembly.Location;

    [Fact]
    public void The_tests_run_inside_of_the_compiler_that_the_project_names()
    {
        string version = typeof(CSharpCompilation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        Assert.StartsWith(Paths.Roslyn + "-", version);
    }

    [Fact]
    public async Task A_compiler_finds_two_generators_and_one_analyzer_that_work()
    {
        var loader = new Loader();
        var reference = new AnalyzerFileReference(Built, loader);
        var failures = new List<string>();
        reference.AnalyzerLoadFailed += (_, failure) => failures.Add($"{failure.ErrorCode}: {failure.Message}");
        ImmutableArray<ISourceGenerator> generators = reference.GetGenerators(LanguageNames.CSharp);
        Assert.Equal(2, generators.Length);
        DiagnosticAnalyzer analyzer = Assert.Single(reference.GetAnalyzers(LanguageNames.CSharp));
        Assert.Empty(failures);
        Assert.Empty(reference.GetGenerators(LanguageNames.VisualBasic));
        Assert.NotEqual(typeof(NetworkAnalyzer), analyzer.GetType());
        Assert.Equal(Built, analyzer.GetType().Assembly.Location);

        CSharpCompilation compilation = Compiled.Compilation(Source);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(generators, parseOptions: Compiled.ParseOptions())
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        Assert.Equal("NETGEN002", Assert.Single(diagnostics).Id);
        Assert.All(driver.GetRunResult().Results, each => Assert.Null(each.Exception));
        GeneratorRunResult result = driver.GetRunResult().Results.Single(each => !each.GeneratedSources.IsEmpty);
        Assert.Equal(Compiled.From(Source).Files, result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString()));
        Assert.Equal(["Demo.Right.g.cs", "Demo.Wrong.g.cs", "Demo.Warned.g.cs"], result.GeneratedSources.Select(source => source.HintName));
        ImmutableArray<Diagnostic> reported = await output.WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        Assert.Equal("NETGEN053", Assert.Single(reported).Id);
        Assert.Equal([Built], loader.Loaded);
    }

    /// <summary>Whatever else the file needed would have to lie beside it in every host.</summary>
    [Fact]
    public void The_file_needs_nothing_that_the_oldest_compiler_does_not_have()
    {
        string[] compiler = ["Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp"];
        AssemblyName[] references = typeof(NetworkGenerator).Assembly.GetReferencedAssemblies();
        Assert.Equal(
            ["Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "netstandard"],
            references.Select(reference => reference.Name).Order(StringComparer.Ordinal));
        Assert.All(references.Where(reference => compiler.Contains(reference.Name)), reference => Assert.Equal(new Version(4, 3, 0, 0), reference.Version));
    }

    /// <summary>Loads a file into a context of its own; what it refers to is what the compiler itself runs on.</summary>
    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        private readonly AssemblyLoadContext _context = new("generator");

        public List<string> Loaded { get; } = [];

        public void AddDependencyLocation(string fullPath) => Assert.True(File.Exists(fullPath));

        public Assembly LoadFromPath(string fullPath)
        {
            Assembly? known = _context.Assemblies.SingleOrDefault(assembly => assembly.Location == fullPath);
            if (known is null)
            {
                Loaded.Add(fullPath);
            }

            return known ?? _context.LoadFromAssemblyPath(fullPath);
        }
    }
}
