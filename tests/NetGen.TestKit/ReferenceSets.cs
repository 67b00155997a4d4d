using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.TestKit;

/// <summary>
/// What tests compile against, read once: the compiler keeps with a file what it has found in it, and binds a set of files once for all compilations that
/// come from one.
/// </summary>
internal static class ReferenceSets
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<MetadataReference>> Targets = new();
    private static readonly ConditionalWeakTable<IEnumerable<MetadataReference>, CSharpCompilation> Compilations = new();

    public static MetadataReference NetGen { get; } = MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location);

    /// <summary>The class library that the tests run on.</summary>
    public static IReadOnlyList<MetadataReference> Platform { get; } = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
        .Select(path => MetadataReference.CreateFromFile(path))
        .ToList();

    /// <summary>The same and NetGen.</summary>
    public static IReadOnlyList<MetadataReference> Default { get; } = [.. Platform, NetGen];

    /// <summary>What a project for a framework compiles against, or the file of another assembly, by the name in References.props.</summary>
    public static IReadOnlyList<MetadataReference> Of(string target) => Targets.GetOrAdd(target, static target => typeof(ReferenceSets).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == target).Value!.Split(';')
        .SelectMany(path => Directory.Exists(path) ? Directory.GetFiles(path, "*.dll") : [path])
        .Select(path => MetadataReference.CreateFromFile(path))
        .ToList());

    /// <summary>A compilation of no files, which has bound the set.</summary>
    public static CSharpCompilation Compilation(IEnumerable<MetadataReference> references) => Compilations.GetValue(references, static references =>
    {
        CSharpCompilation empty = CSharpCompilation.Create("Networks", references: references, options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _ = empty.GetSpecialType(SpecialType.System_Object);
        return empty;
    });
}
