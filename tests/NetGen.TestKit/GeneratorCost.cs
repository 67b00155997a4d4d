using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator;
using NetGen.Generator.Emit;
using NetGen.Generator.Model;
using NetGen.Generator.Parsing;
using NetGen.Generator.Planning;

namespace NetGen.TestKit;

/// <summary>What a network may cost the compiler or editor that generates it, whatever is declared.</summary>
public static class GeneratorCost
{
    /// <summary>What the default arithmetic may take, with 200 layers and any activation.</summary>
    private const long MostBytes = 64 << 20;

    /// <summary>In any other, texts of 200 layers are up to 12 million characters long.</summary>
    private const int MostBytesPerCharacter = 16;

    /// <summary>Bytes that planning and writing a network may allocate.</summary>
    internal static long Most(NetworkSpec spec, string text) => spec.Number == NumberType.Single && !spec.IsFused
        ? MostBytes
        : Math.Max(MostBytes, MostBytesPerCharacter * (long)text.Length);

    /// <summary>Plans and writes a network, and counts the bytes that this allocates.</summary>
    internal static (string Text, long Bytes) Measure(NetworkSpec spec)
    {
        // On a thread of its own: memory that another text left would not be counted.
        (string Text, long Bytes) measured = default;
        var thread = new Thread(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            string text = NetworkEmitter.Emit(Planner.Plan(spec));
            measured = (text, GC.GetAllocatedBytesForCurrentThread() - before);
        });
        thread.Start();
        thread.Join();
        return measured;
    }

    /// <summary>What a network of a compilation costs too much, or null.</summary>
    /// <param name="compilation">The user's part.</param>
    /// <param name="metadataName">The network's class.</param>
    public static string? Problem(CSharpCompilation compilation, string metadataName)
    {
        NetworkSpec spec = Spec(compilation, metadataName);
        (string text, long bytes) = Measure(spec);
        return bytes > Most(spec, text) ? $"the generator allocates {bytes} bytes for {text.Length} characters." : null;
    }

    /// <summary>What declarations become in a project that compiles a form.</summary>
    internal static NetworkSpec[] Specs(IReadOnlyList<Declaration> declarations, Form form)
    {
        string source = string.Concat(declarations.Select((declaration, index) => declaration.Source($"Net{index}") + "\n"));
        CSharpCompilation compilation = Compiled.Compilation(
            [("Demo.cs", $"using NetGen;\nnamespace Demo {{\n{source}}}\n")], form, Compiled.IsFloor(form) ? LanguageVersion.CSharp9 : LanguageVersion.Latest);
        return declarations.Select((_, index) => Spec(compilation, $"Demo.Net{index}")).ToArray();
    }

    /// <summary>What a class of a compilation declares.</summary>
    internal static NetworkSpec Spec(CSharpCompilation compilation, string metadataName)
    {
        INamedTypeSymbol type = compilation.GetTypeByMetadataName(metadataName) ?? throw new ArgumentException($"There is no class {metadataName}.", nameof(metadataName));
        return Verdict.Of(DeclarationParser.Read(type, compilation, CancellationToken.None)).Spec
            ?? throw new ArgumentException($"{metadataName} declares no network.", nameof(metadataName));
    }
}
