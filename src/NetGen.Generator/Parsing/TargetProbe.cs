using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>Finds out what the consumer's compilation can compile, by language version and by the types it sees.</summary>
internal sealed class TargetProbe
{
    /// <summary>C# 11; the enumeration of the oldest supported compiler ends at 10.</summary>
    private const LanguageVersion CSharp11 = (LanguageVersion)1100;

    /// <summary>The first compiler with all of C# 11; the one before it has parts as a preview.</summary>
    private static readonly Version CompilerOfCSharp11 = new(4, 4);

    /// <summary>The contract with static members, which only the NetGen for .NET 8 has.</summary>
    private const string StaticContract = "NetGen.INetwork`2";

    private const string Minimum = "target net8.0 or netstandard2.1 or later with C# 9 or later";

    /// <summary>What was found out: all networks of a compilation ask for the same, after every key.</summary>
    private static readonly ConditionalWeakTable<CSharpCompilation, TargetProbe> Known = new();

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

    private readonly CSharpCompilation _compilation;
    private readonly Contract _contract;
    private readonly bool _aggressiveOptimization;
    private readonly bool _skipsLocalsInit;

    private TargetProbe(CSharpCompilation compilation)
    {
        _compilation = compilation;
        MissingForModern = !ModernTypes.Concat(OwnModernTypes).All(Has) ? "a target framework from net8.0 on"
            : !HasCSharp11 ? $"C# 11, and the project uses C# {Language}"
            : null;
        Missing = FindMissing();
        _contract = HasCSharp11 && Has(StaticContract) ? Contract.Static : Has("NetGen.INetwork`1") ? Contract.Instance : Contract.None;
        _aggressiveOptimization = Types("System.Runtime.CompilerServices.MethodImplOptions").Any(type => type.GetMembers("AggressiveOptimization").Any());
        _skipsLocalsInit = SkipsLocalsInit(compilation.SourceModule);
    }

    /// <summary>What vectors and fused arithmetic need and the consumer lacks, or null.</summary>
    public string? MissingForModern { get; }

    /// <summary>What the generated code needs and the consumer lacks, with what to do; or null.</summary>
    public (string What, string Remedy)? Missing { get; }

    private bool HasCSharp11 => _compilation.LanguageVersion >= CSharp11 && typeof(CSharpCompilation).Assembly.GetName().Version >= CompilerOfCSharp11;

    private string Language => _compilation.LanguageVersion.ToDisplayString();

    public static TargetProbe Of(CSharpCompilation compilation) => Known.GetValue(compilation, static key => new TargetProbe(key));

    /// <summary>The target of a network.</summary>
    public TargetSpec For(INamedTypeSymbol network) => new(
        MissingForModern is null ? Dialect.Modern : Dialect.Floor,
        _contract,
        _aggressiveOptimization,
        _skipsLocalsInit || TypeNames.ContainingTypes(network).Prepend(network).Any(SkipsLocalsInit));

    private (string What, string Remedy)? FindMissing()
    {
        if (_compilation.LanguageVersion < LanguageVersion.CSharp9)
        {
            return ($"C# 9, and the project uses C# {Language}", Minimum);
        }

        if (!Has("System.Span`1") || !Types("System.Runtime.InteropServices.MemoryMarshal").Any(type => type.GetMembers("CreateSpan").Any()))
        {
            return ("System.Span<T> and MemoryMarshal.CreateSpan, which the target framework lacks", Minimum);
        }

        // The generator can also come with another version of the attributes than is referenced.
        // One without what the modern dialect needs is older if it is for .NET 8; that for netstandard2.1 leaves the floor dialect.
        bool isModern = HasCSharp11 && ModernTypes.Append(StaticContract).All(Has);
        string? type = OwnTypes.Concat(isModern ? OwnModernTypes : Array.Empty<string>()).FirstOrDefault(name => !Has(name));
        return type is null ? null
            : _compilation.GetTypesByMetadataName(type).Any() ? ("NetGen in the global namespace, and the reference has an alias in its place", "add 'global' to the aliases of the reference")
            : ($"{type}, which the referenced NetGen lacks", "reference the version that the generator comes with");
    }

    /// <summary>Whether the runtime leaves memory of the stack as it is in what a symbol contains; the attribute is for unsafe code only.</summary>
    private static bool SkipsLocalsInit(ISymbol symbol) => TypeNames.HasAttribute(symbol, "System.Runtime.CompilerServices.SkipLocalsInitAttribute");

    private bool Has(string metadataName) => Types(metadataName).Any();

    /// <summary>
    /// The types of a name that the generated code may use, which says <c>global::</c> before it: a name that two references define must not count as missing,
    /// nor one that a reference keeps to itself, or has under an alias alone, as there.
    /// </summary>
    private IEnumerable<INamedTypeSymbol> Types(string metadataName) => _compilation.GetTypesByMetadataName(metadataName)
        .Where(type => _compilation.IsSymbolAccessibleWithin(type, _compilation.Assembly) && IsGlobal(type));

    private bool IsGlobal(INamedTypeSymbol type) =>
        _compilation.GetMetadataReference(type.ContainingAssembly)?.Properties.Aliases is not { IsEmpty: false } aliases || aliases.Contains(MetadataReferenceProperties.GlobalAlias);
}
