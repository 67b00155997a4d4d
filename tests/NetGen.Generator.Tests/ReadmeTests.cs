using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>What the README shows as generated is what is generated.</summary>
[Trait("Category", "Quick")]
public sealed class ReadmeTests
{
    private static string[] Blocks => Regex.Matches(File.ReadAllText(Paths.Readme), "```csharp\n(.*?)```", RegexOptions.Singleline)
        .Select(match => match.Groups[1].Value)
        .ToArray();

    [Fact]
    public void The_excerpts_are_real()
    {
        string[] blocks = Blocks;
        string declaration = blocks[0];
        Assert.Contains("public sealed partial class SeedNet", declaration);
        string generated = Compiled.From(declaration.Replace("[Network", "namespace Demo;\n[Network", StringComparison.Ordinal)).Files.Values.Single();
        string[] excerpts = blocks[1..4];
        Assert.All(excerpts, excerpt => Assert.Contains(Unindent(excerpt), Unindent(generated)));
        Assert.Contains("var z1 =", excerpts[0]);
        Assert.Contains("float loss =", excerpts[1]);
        Assert.Contains("layer  shape", excerpts[2]);
    }

    /// <summary>The program under "Using it", with the variables that it uses and the class that its first comment shows.</summary>
    [Fact]
    public void The_program_compiles()
    {
        string program = Blocks[4];
        string declaration = Regex.Match(program, "// (\\[Network.*)").Groups[1].Value;
        string source = $"""
            using System;
            using NetGen;
            float[] flower = new float[4], flowers = new float[8];
            int label = 1;
            int[] labels = [0, 2];
            {program}
            {declaration} internal sealed partial class IrisNet;
            """;
        CSharpCompilation compilation = Compiled.Compilation(source);
        Compiled compiled = Compiled.From(compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication)));
        Assert.Contains("network.Forward", program);
        Assert.Empty(compiled.Findings());
        Assert.DoesNotContain(compiled.CompilerDiagnostics, diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    /// <summary>The declarations of heads and of a graph, and the places of their values.</summary>
    [Fact]
    public void The_declarations_of_graphs_compile()
    {
        string declarations = Blocks[5];
        Compiled compiled = Compiled.From($"using NetGen;\nnamespace Demo;\n{declarations}\nstatic class Use {{ public static object All => (ActorCritic.ValueOutput, Critic.ActionInput); }}");
        Assert.Contains("[Head(", declarations);
        Assert.Equal(2, compiled.Files.Count);
        Assert.Empty(compiled.Findings());
        Assert.DoesNotContain(compiled.CompilerDiagnostics, diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    /// <summary>Each signature in the table of members is that of an overload, with the parameters in brackets and without, of a classifier or of a network with several losses.</summary>
    [Fact]
    public void The_members_in_the_table_exist()
    {
        Compiled compiled = Compiled.From("""
            using NetGen;
            [Network(4, Loss = Loss.CategoricalCrossEntropy)] [Dense(3, Activation.Softmax)] public sealed partial class Net { }
            [Network(4)] [Dense(3)] [Head("A", Loss.SquaredError)] [Dense(1)] [Head("B", Loss.SquaredError)] [Dense(1)] public sealed partial class Heads { }
            """);
        string[] generated = new[] { "Net", "Heads" }.SelectMany(name => compiled.Output.GetTypeByMetadataName(name)!.GetMembers()).OfType<IMethodSymbol>()
            .Select(method => $"{method.Name}({string.Join(", ", method.Parameters.Select(parameter => parameter.Name))})")
            .ToArray();
        string table = Regex.Match(File.ReadAllText(Paths.Readme), "\\| member \\|.*?\n\n", RegexOptions.Singleline).Value;
        string[] shown = Regex.Matches(table, "`([A-Z][A-Za-z]+\\(.*?\\))`").Select(match => match.Groups[1].Value)
            .SelectMany(signature => new[] { Regex.Replace(signature, "\\[.*?\\]", ""), signature.Replace("[", "").Replace("]", "") })
            .Distinct()
            .ToArray();
        Assert.InRange(shown.Length, 14, 20);
        Assert.All(shown, signature => Assert.Contains(signature, generated));
    }

    /// <summary>An excerpt keeps its lines but not its depth.</summary>
    private static string Unindent(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim())).Trim();
}
