using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Emit;
using NetGen.Generator.Model;
using NetGen.Generator.Parsing;
using NetGen.Generator.Planning;

namespace NetGen.TestKit;

/// <summary>What a network may cost the compiler or editor that generates it, whatever is declared.</summary>
public static class GeneratorCost
{
    /// <summary>Bytes that planning and writing a network may allocate.</summary>
    public const long MostBytes = 64 << 20;

    /// <summary>Bytes that planning and writing a network allocate.</summary>
    /// <param name="compilation">The user's part.</param>
    /// <param name="metadataName">The network's class.</param>
    public static long Bytes(CSharpCompilation compilation, string metadataName)
    {
        INamedTypeSymbol type = compilation.GetTypeByMetadataName(metadataName) ?? throw new ArgumentException($"There is no class {metadataName}.", nameof(metadataName));
        NetworkSpec spec = Verdict.Of(DeclarationParser.Read(type, compilation, CancellationToken.None)).Spec
            ?? throw new ArgumentException($"{metadataName} declares no network.", nameof(metadataName));
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = NetworkEmitter.Emit(Planner.Plan(spec));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
