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

    /// <summary>Types that were looked up: all networks of a compilation ask for the same ones.</summary>
    private static readonly ConditionalWeakTable<CSharpCompilation, ConcurrentDictionary<string, ImmutableArray<INamedTypeSymbol>>> Known = new();

    public static TargetSpec Probe(CSharpCompilation compilation) => new(
        NetworkContract: compilation.LanguageVersion >= CSharp11 && Type(compilation, "NetGen.INetwork`2").Any(),
        AggressiveOptimization: Type(compilation, "System.Runtime.CompilerServices.MethodImplOptions")
            .Any(type => type.GetMembers("AggressiveOptimization").Any()),
        FusedMultiplyAdd: Type(compilation, "System.Runtime.Intrinsics.X86.Fma").Any()
            && Type(compilation, "System.Runtime.Intrinsics.Arm.AdvSimd").Any(),
        Vectors: compilation.LanguageVersion >= CSharp11 && Type(compilation, "System.Runtime.Intrinsics.Vector512").Any()
            && Type(compilation, "System.Runtime.CompilerServices.Unsafe").Any());

    /// <summary>What the generated code needs and the consumer lacks, or null.</summary>
    public static string? Missing(CSharpCompilation compilation)
    {
        if (compilation.LanguageVersion < LanguageVersion.CSharp9)
        {
            return $"C# 9, and the project uses C# {compilation.LanguageVersion.ToDisplayString()}";
        }

        bool hasSpans = Type(compilation, "System.Span`1").Any()
            && Type(compilation, "System.Runtime.InteropServices.MemoryMarshal").Any(type => type.GetMembers("CreateSpan").Any());
        return hasSpans ? null : "System.Span<T> and MemoryMarshal.CreateSpan, which the target framework lacks";
    }

    /// <summary>The types of a name: a name that two references define must not count as missing.</summary>
    private static ImmutableArray<INamedTypeSymbol> Type(CSharpCompilation compilation, string metadataName) => Known
        .GetValue(compilation, static _ => new ConcurrentDictionary<string, ImmutableArray<INamedTypeSymbol>>(StringComparer.Ordinal))
        .GetOrAdd(metadataName, name => compilation.GetTypesByMetadataName(name));
}
