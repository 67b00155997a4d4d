using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>Finds out what the consumer's compilation can compile, by language version and by the types it sees.</summary>
internal static class TargetProbe
{
    /// <summary>C# 11; the enumeration of the oldest supported compiler ends at 10.</summary>
    private const LanguageVersion CSharp11 = (LanguageVersion)1100;

    /// <summary>The first compiler with all of C# 11; the one before it has parts as a preview.</summary>
    private static readonly Version CompilerOfCSharp11 = new(4, 4);

    /// <summary>The contract with static members, which only the NetGen for .NET 8 has.</summary>
    private const string StaticContract = "NetGen.INetwork`2";

    /// <summary>Types that were looked up: all networks of a compilation ask for the same ones.</summary>
    private static readonly ConditionalWeakTable<CSharpCompilation, ConcurrentDictionary<string, ImmutableArray<INamedTypeSymbol>>> Known = new();

    /// <summary>What the modern dialect names of the framework; the first came with .NET 8.</summary>
    private static readonly string[] ModernTypes =
    {
        "System.Runtime.Intrinsics.Vector512",
        "System.Runtime.Intrinsics.X86.Fma",
        "System.Runtime.CompilerServices.Unsafe",
    };

    /// <summary>What the modern dialect names of the NetGen for .NET 8.</summary>
    private static readonly string[] OwnModernTypes = { "NetGen.Runtime.FusedArithmetic1" };

    /// <summary>The types of NetGen that generated code names.</summary>
    private static readonly string[] OwnTypes = { "NetGen.ParameterBuffer`1", "NetGen.ParameterLayout", "NetGen.LayerLayout", "NetGen.Require", "NetGen.Runtime.Strict1" };

    public static TargetSpec Probe(INamedTypeSymbol network, CSharpCompilation compilation)
    {
        bool hasStaticMembers = HasCSharp11(compilation);
        return new TargetSpec(
            MissingForModern(compilation) is null ? Dialect.Modern : Dialect.Floor,
            hasStaticMembers && Type(compilation, StaticContract).Any() ? Contract.Static
                : Type(compilation, "NetGen.INetwork`1").Any() ? Contract.Instance
                : Contract.None,
            Type(compilation, "System.Runtime.CompilerServices.MethodImplOptions").Any(type => type.GetMembers("AggressiveOptimization").Any()),
            TypeNames.ContainingTypes(network).Prepend<ISymbol>(network).Append(compilation.SourceModule).Any(SkipsLocalsInit));
    }

    /// <summary>What vectors and fused arithmetic need and the consumer lacks, or null.</summary>
    public static string? MissingForModern(CSharpCompilation compilation) =>
        !ModernTypes.Concat(OwnModernTypes).All(name => Type(compilation, name).Any()) ? "a target framework from net8.0 on"
        : !HasCSharp11(compilation) ? $"C# 11, and the project uses C# {Language(compilation)}"
        : null;

    /// <summary>What the generated code needs and the consumer lacks, with what to do; or null.</summary>
    public static (string What, string Remedy)? Missing(CSharpCompilation compilation)
    {
        const string Minimum = "target net8.0 or netstandard2.1 or later with C# 9 or later";
        if (compilation.LanguageVersion < LanguageVersion.CSharp9)
        {
            return ($"C# 9, and the project uses C# {Language(compilation)}", Minimum);
        }

        if (!Type(compilation, "System.Span`1").Any()
            || !Type(compilation, "System.Runtime.InteropServices.MemoryMarshal").Any(type => type.GetMembers("CreateSpan").Any()))
        {
            return ("System.Span<T> and MemoryMarshal.CreateSpan, which the target framework lacks", Minimum);
        }

        // The generator can also come with another version of the attributes than is referenced.
        // One without what the modern dialect needs is older if it is for .NET 8; that for netstandard2.1 leaves the floor dialect.
        bool isModern = HasCSharp11(compilation) && ModernTypes.Append(StaticContract).All(name => Type(compilation, name).Any());
        string? type = OwnTypes.Concat(isModern ? OwnModernTypes : Array.Empty<string>()).FirstOrDefault(name => !Type(compilation, name).Any());
        return type is null ? null
            : compilation.GetTypesByMetadataName(type).Any() ? ("NetGen in the global namespace, and the reference has an alias in its place", "add 'global' to the aliases of the reference")
            : ($"{type}, which the referenced NetGen lacks", "reference the version that the generator comes with");
    }

    /// <summary>Whether the runtime leaves memory of the stack as it is in what a symbol contains; the attribute is for unsafe code only.</summary>
    private static bool SkipsLocalsInit(ISymbol symbol) => TypeNames.HasAttribute(symbol, "System.Runtime.CompilerServices.SkipLocalsInitAttribute");

    private static bool HasCSharp11(CSharpCompilation compilation) =>
        compilation.LanguageVersion >= CSharp11 && typeof(CSharpCompilation).Assembly.GetName().Version >= CompilerOfCSharp11;

    private static string Language(CSharpCompilation compilation) => compilation.LanguageVersion.ToDisplayString();

    /// <summary>
    /// The types of a name that the generated code may use, which says <c>global::</c> before it: a name that two references define must not count as missing,
    /// nor one that a reference keeps to itself, or has under an alias alone, as there.
    /// </summary>
    private static ImmutableArray<INamedTypeSymbol> Type(CSharpCompilation compilation, string metadataName) => Known
        .GetValue(compilation, static _ => new ConcurrentDictionary<string, ImmutableArray<INamedTypeSymbol>>(StringComparer.Ordinal))
        .GetOrAdd(metadataName, name => compilation.GetTypesByMetadataName(name)
            .Where(type => compilation.IsSymbolAccessibleWithin(type, compilation.Assembly) && IsGlobal(type, compilation)).ToImmutableArray());

    private static bool IsGlobal(INamedTypeSymbol type, CSharpCompilation compilation) =>
        compilation.GetMetadataReference(type.ContainingAssembly)?.Properties.Aliases is not { IsEmpty: false } aliases || aliases.Contains(MetadataReferenceProperties.GlobalAlias);
}
