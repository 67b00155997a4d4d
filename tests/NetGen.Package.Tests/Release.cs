using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Determinism;
using NetGen.TestKit;

namespace NetGen.Package.Tests;

/// <summary>
/// What is kept of a version for a framework, in <c>Releases/version/framework</c>: <c>NetGen.txt</c>, what its NetGen.dll lets others use; <c>Declarations.txt</c> and the texts that
/// its generator wrote for these networks; <c>bits.txt</c>, a hash of all that each of them computes.
/// </summary>
internal sealed class Release
{
    private const string Contracts = "NetGen.txt";
    private const string Declarations = "Declarations.txt";
    private const string Bits = "bits.txt";
    private const ulong Seed = 11;

    private static readonly ConcurrentDictionary<(string Version, string Framework), Release> Known = new();

    private readonly IReadOnlyDictionary<string, string> _files;
    private readonly Lazy<MetadataReference> _reference;
    private readonly Lazy<byte[]> _library;

    private Release(string version, string framework, IReadOnlyDictionary<string, string> files)
    {
        Version = version;
        Framework = framework;
        _files = files;
        _reference = new Lazy<MetadataReference>(() => ReferenceOf(ContractsText));
        _library = new Lazy<byte[]>(() => Emit(CSharpCompilation.Create(
            $"Kept-{Guid.NewGuid():N}",
            Names.Append(Path.GetFileNameWithoutExtension(Declarations)).Select(name => Parse(_files[$"{name}.txt"], Language, $"{name}.g.cs")),
            With(Reference),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release))));
    }

    /// <summary>The frameworks that may have networks.</summary>
    public static string[] Frameworks => ["netstandard2.1", "net8.0"];

    /// <summary>All versions that are kept.</summary>
    public static IEnumerable<string> Versions => Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    /// <summary>The version of the sources.</summary>
    public static string Current => typeof(NetworkAttribute).Assembly.GetName().Version!.ToString(3);

    public string Version { get; }

    public string Framework { get; }

    /// <summary>The hashes that were written with the version, by the names of the networks.</summary>
    public IReadOnlyDictionary<string, string> Hashes => _files[Bits].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(line => line[0], line => line[1]);

    /// <summary>What the NetGen.dll of the version lets others use.</summary>
    public MetadataReference Reference => _reference.Value;

    /// <summary>The kept networks, compiled against that as the version did.</summary>
    public byte[] Library => _library.Value;

    /// <summary>The text of the NetGen.dll of the version, without what its members do.</summary>
    public string ContractsText => _files[Contracts];

    private static string Root => Path.Combine(Path.GetDirectoryName(Metadata("PublicApi"))!, "Releases");

    private LanguageVersion Language => Framework == "net8.0" ? Compiled.CSharp11 : LanguageVersion.CSharp9;

    /// <summary>What the framework of the version gives, without NetGen.</summary>
    private IEnumerable<MetadataReference> Platform => Compiled.References(Framework).Where(reference => Path.GetFileName(reference.Display) != "NetGen.dll");

    /// <summary>The NetGen.dll of the sources for the framework.</summary>
    public MetadataReference CurrentContracts => MetadataReference.CreateFromFile(ContractsFile(Framework));

    /// <summary>The NetGen.dll of the sources for a framework.</summary>
    public static string ContractsFile(string framework) =>
        Path.Combine(Metadata("Repository"), "src", "NetGen.Attributes", "bin", Metadata("Configuration"), framework, "NetGen.dll");

    /// <summary>What is kept of a version.</summary>
    public static Release Of(string version, string framework) => Known.GetOrAdd(
        (version, framework),
        key => new Release(version, framework, Directory.GetFiles(Folder(version, framework)).ToDictionary(path => Path.GetFileName(path)!, File.ReadAllText)));

    /// <summary>Writes what is to be kept of the version of the sources.</summary>
    public static void Write(string framework)
    {
        string folder = Folder(Current, framework);
        if (!NetGen.Runtime.FusedArithmetic1.IsSupported)
        {
            throw new InvalidOperationException("This machine has no fused multiply-add: fused networks would be kept with the bits of strict ones. Write the folder on one that has it.");
        }

        if (Directory.Exists(folder))
        {
            throw new InvalidOperationException($"{folder} is there. What is published never changes; of a version that is not, the folder may be deleted and written anew.");
        }

        IReadOnlyList<(string Name, Declaration Declaration, Form Form)> networks = ReleaseNetworks.Of(framework);
        string source = $"namespace Kept\n{{\nusing NetGen;\n{string.Join("\n", networks.Select(network => network.Declaration.Source(network.Name)))}}}\n";
        var files = new Dictionary<string, string>
        {
            [Contracts] = ReferenceSource.Of(Path.Combine(Metadata("Repository"), "src", "NetGen.Attributes", "NetGen.Attributes.csproj"), framework),
            [Declarations] = source,
        };
        var release = new Release(Current, framework, files);
        foreach (Form form in networks.Select(network => network.Form).Distinct())
        {
            IReadOnlyDictionary<string, string> texts = Compiled.From(source, form, release.Language, Compiled.References(framework)).Files;
            foreach ((string name, _, _) in networks.Where(network => network.Form == form))
            {
                files[$"{name}.txt"] = texts[$"Kept.{name}.g.cs"];
            }
        }

        files[Bits] = string.Concat(release.Run().Select(network => $"{network.Key} {network.Value}\n"));
        Directory.CreateDirectory(folder);
        foreach ((string name, string text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text.ReplaceLineEndings("\n"), new UTF8Encoding(false));
        }
    }

    /// <summary>A NetGen.dll of the version with what a text lets others use.</summary>
    public MetadataReference ReferenceOf(string text) => MetadataReference.CreateFromImage(Emit(CSharpCompilation.Create(
        "NetGen",
        [Parse($"[assembly: System.Reflection.AssemblyVersion(\"{Version}.0\")]", LanguageVersion.Latest), Parse(text, LanguageVersion.Latest)],
        Platform,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true))));

    /// <summary>What a project for the framework compiles against, with a NetGen.dll.</summary>
    public IReadOnlyList<MetadataReference> With(MetadataReference contracts) => [.. Platform, contracts];

    /// <summary>Loads the kept networks beside the NetGen.dll of the sources and hashes what they compute.</summary>
    public IReadOnlyDictionary<string, string> Run()
    {
        var context = new AssemblyLoadContext("Release", isCollectible: true);
        try
        {
            using var image = new MemoryStream(Library);
            Assembly library = context.LoadFromStream(image);
            return Names.ToDictionary(name => name, name => Hash(library.GetType($"Kept.{name}", throwOnError: true)!));
        }
        finally
        {
            context.Unload();
        }
    }

    private IEnumerable<string> Names => _files.Keys
        .Where(name => name is not (Contracts or Declarations or Bits)).Select(name => Path.GetFileNameWithoutExtension(name)!).Order(StringComparer.Ordinal);

    private static string Hash(Type type)
    {
        object network = Activator.CreateInstance(type)!;
        if (type.GetMethod("SelfTest") is { } test && !((SelfTestReport)test.Invoke(network, null)!).Passed)
        {
            throw new InvalidOperationException($"The self-test of {type.Name} fails.");
        }

        ulong hash = network is ITrainable<float> single ? new Exercise<float>(single, NumberFormats.Single).Run(Seed) : new Exercise<double>((ITrainable<double>)network, NumberFormats.Double).Run(Seed);
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    private static SyntaxTree Parse(string text, LanguageVersion language, string path = "") =>
        CSharpSyntaxTree.ParseText(text, Compiled.ParseOptions(language).WithDocumentationMode(DocumentationMode.None), path);

    private static byte[] Emit(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        IEnumerable<Diagnostic> errors = compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return errors.Any() ? throw new InvalidOperationException($"{compilation.AssemblyName}:\n{string.Join('\n', errors.Take(10))}") : image.ToArray();
    }

    private static string Folder(string version, string framework) => Path.Combine(Root, version, framework);

    private static string Metadata(string key) => typeof(Release).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
