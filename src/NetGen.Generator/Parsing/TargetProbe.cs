using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>Finds out what the consumer's compilation can compile, by language version and by the types it sees.</summary>
internal static class TargetProbe
{
    /// <summary>C# 11; the enumeration of the oldest supported compiler ends at 10.</summary>
    private const LanguageVersion CSharp11 = (LanguageVersion)1100;

    /// <summary>What the modern dialect names; the first came with .NET 8.</summary>
    private static readonly string[] ModernTypes =
    {
        "System.Runtime.Intrinsics.Vector512",
        "System.Runtime.Intrinsics.X86.Fma",
        "System.Runtime.Intrinsics.Arm.AdvSimd",
        "System.Runtime.CompilerServices.Unsafe",
    };

    public static TargetSpec Probe(CSharpCompilation compilation)
    {
        bool hasStaticMembers = compilation.LanguageVersion >= CSharp11;
        return new TargetSpec(
            hasStaticMembers && ModernTypes.All(name => Type(compilation, name).Any()) ? Dialect.Modern : Dialect.Floor,
            hasStaticMembers && Type(compilation, "NetGen.INetwork`2").Any() ? Contract.Static
                : Type(compilation, "NetGen.INetwork`1").Any() ? Contract.Instance
                : Contract.None,
            Type(compilation, "System.Runtime.CompilerServices.MethodImplOptions").Any(type => type.GetMembers("AggressiveOptimization").Any()));
    }

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

    /// <summary>
    /// The types of a name that the generated code may use: a name that two references define must not count as missing, nor one that a reference
    /// keeps to itself as there.
    /// </summary>
    private static IEnumerable<INamedTypeSymbol> Type(CSharpCompilation compilation, string metadataName) =>
        compilation.GetTypesByMetadataName(metadataName).Where(type => compilation.IsSymbolAccessibleWithin(type, compilation.Assembly));
}
