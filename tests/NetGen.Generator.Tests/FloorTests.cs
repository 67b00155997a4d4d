using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>The floor dialect: what C# 9 and netstandard2.1 can compile and every runtime computes alike, and who gets it.</summary>
public sealed class FloorTests
{
    private const string Small = "using NetGen; [Network(2)] [Dense(3)] partial class Net { }";

    /// <summary>Random networks in both precisions, and one with labels; small ones, straight, and large ones, in loops.</summary>
    private static readonly string Source = "using NetGen;\n#pragma warning disable CS1591\n" + string.Concat(
        RandomDeclarations.Create(seed: 9, 8)
            .SelectMany(declaration => new[] { declaration, declaration with { Precision = "Single" } })
            .Append(new Declaration(4, [new TestKit.Layer(16, "Tanh"), new TestKit.Layer(3, "Softmax")], "CategoricalCrossEntropy"))
            .Append(new Declaration(3, [new TestKit.Layer(2, "Tanh"), new TestKit.Layer(3)]))
            .Select((declaration, index) => declaration.Source($"Net{index}")));

    private static readonly Lazy<Compiled> Default = new(() => Compiled.From(Source, Form.Scalar));

    [Theory]
    [InlineData(false, false, NullableContextOptions.Enable)]
    [InlineData(true, true, NullableContextOptions.Disable)]
    [InlineData(false, true, NullableContextOptions.Disable)]
    public void Compiles_for_netstandard_without_a_warning(bool allowUnsafe, bool checkOverflow, NullableContextOptions nullable)
    {
        CSharpCompilation compilation = Compiled.Compilation(Source, LanguageVersion.CSharp9, Compiled.References("netstandard2.1"));
        Compiled compiled = Compiled.From(compilation.WithOptions(compilation.Options
            .WithAllowUnsafe(allowUnsafe).WithOverflowChecks(checkOverflow).WithNullableContextOptions(nullable)));
        Assert.Empty(compiled.GeneratorDiagnostics);
        Assert.DoesNotContain(compiled.Findings(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(compiled.CompilerDiagnostics);
        Assert.Equal(18, compiled.Files.Count);
        Assert.Equal(compiled.Files, Default.Value.Files);
    }

    [Fact]
    public void Names_nothing_that_is_not_everywhere() => Assert.All(Default.Value.Files.Values, text =>
    {
        foreach (string word in new[] { "unsafe", "Unsafe", "Vector", "Intrinsics", "AggressiveOptimization", "SkipLocalsInit", "FusedMultiplyAdd", "=> new float[]" })
        {
            Assert.DoesNotContain(word, text, StringComparison.Ordinal);
        }
    });

    /// <summary>
    /// A runtime may keep the result of an operation in double. Only a cast is sure to round it, so every operation stands in one, and nothing is
    /// assigned by an operation.
    /// </summary>
    [Fact]
    public void Every_operation_of_single_precision_is_rounded_by_a_cast()
    {
        int operations = 0;
        foreach (SyntaxTree tree in Default.Value.Output.SyntaxTrees.Skip(1))
        {
            SemanticModel model = Default.Value.Output.GetSemanticModel(tree);
            bool IsSingle(SyntaxNode node) => model.GetTypeInfo(node).Type?.SpecialType == SpecialType.System_Single;
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
            {
                bool isOperation = node is BinaryExpressionSyntax or PrefixUnaryExpressionSyntax
                    && node is ExpressionSyntax expression && IsSingle(node) && !model.GetConstantValue(expression).HasValue;
                if (isOperation)
                {
                    operations++;
                    SyntaxNode parent = node.Parent is ParenthesizedExpressionSyntax ? node.Parent.Parent! : node.Parent!;
                    Assert.True(parent is CastExpressionSyntax && IsSingle(parent), $"{tree.FilePath}: {node.Parent}");
                }

                Assert.False(
                    node is AssignmentExpressionSyntax assignment && !assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && IsSingle(assignment.Left),
                    $"{tree.FilePath}: {node}");
            }
        }

        Assert.InRange(operations, 5000, int.MaxValue);
    }

    /// <summary>Some builds of Mono, Debian's among them, lack the indexer of <c>ReadOnlySpan</c> that compilers call.</summary>
    [Fact]
    public void No_read_only_span_is_indexed() => Assert.All(Default.Value.Output.SyntaxTrees.Skip(1), tree =>
    {
        SemanticModel model = Default.Value.Output.GetSemanticModel(tree);
        Assert.All(
            tree.GetRoot().DescendantNodes().OfType<ElementAccessExpressionSyntax>(),
            access => Assert.NotEqual("ReadOnlySpan", model.GetTypeInfo(access.Expression).Type!.Name));
    });

    [NewerCompilerTheory(NewerCompiler.Syntax)]
    [InlineData(LanguageVersion.CSharp9, null)]
    [InlineData(LanguageVersion.CSharp10, null)]
    [InlineData(LanguageVersion.Latest, null)]
    [InlineData(LanguageVersion.CSharp9, "netstandard2.1")]
    [InlineData(LanguageVersion.Latest, "netstandard2.1")]
    public void Language_and_references_choose_the_dialect(LanguageVersion language, string? target)
    {
        // The oldest compiler ends before C# 11, which it knows as a preview.
        bool isModern = target is null && (language == LanguageVersion.Latest || (int)language.MapSpecifiedToEffectiveVersion() >= 1100);
        Compiled compiled = Compiled.From(Small, language: language, references: target is null ? null : Compiled.References(target));
        Assert.Empty(compiled.CompilerDiagnostics);
        Assert.Equal(isModern, Assert.Single(compiled.Files.Values).Contains("Vector128", StringComparison.Ordinal));
    }

    /// <summary>The contracts without static members are there too.</summary>
    [Theory]
    [InlineData("None", "Identity", typeof(INetwork<double>))]
    [InlineData("SquaredError", "Identity", typeof(ITrainable<double>))]
    [InlineData("CategoricalCrossEntropy", "Softmax", typeof(IClassifier<double>))]
    public void Implements_the_contracts(string loss, string activation, Type contract)
    {
        Type type = Networks.Type(new Declaration(2, [new TestKit.Layer(3, activation)], loss, Precision: "Double"), Form.Scalar);
        Assert.Contains(contract, type.GetInterfaces());
        Assert.DoesNotContain(type.GetInterfaces(), other => other.IsGenericType && other.GetGenericTypeDefinition() == typeof(INetwork<,>));
        Assert.Equal(type.GetField("TraceLength")!.GetRawConstantValue(), ((INetwork<double>)Activator.CreateInstance(type)!).TraceLength);
    }

    /// <summary>There is no fused instruction to ask for: such a network is computed as a strict one, and its table says so.</summary>
    [Fact]
    public void Fused_arithmetic_is_strict()
    {
        var strict = new Declaration(2, [new TestKit.Layer(3, "Tanh"), new TestKit.Layer(2)], "SquaredError");
        string[] Lines(Declaration declaration) => Compiled.From("using NetGen;\n" + declaration.Source("Net"), Form.Scalar).Files.Values.Single().Split('\n');
        (string Strict, string Fused)[] different = Lines(strict).Zip(Lines(strict with { Arithmetic = "Fused" })).Where(pair => pair.First != pair.Second).ToArray();
        Assert.EndsWith("Arithmetic: strict, since fused needs .NET 8 and C# 11: the same bits on every machine.", Assert.Single(different).Fused);
    }

    /// <summary>Without spans there is no network. The package with spans for older frameworks lacks a part, and a type that a reference keeps to itself is none.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("System.Memory")]
    [InlineData("internal")]
    public void Older_targets_are_refused(string spans)
    {
        IEnumerable<MetadataReference> references = Compiled.References("netstandard2.0");
        if (spans == "internal")
        {
            string source = "namespace System { struct Span<T> { } } namespace System.Runtime.InteropServices { static class MemoryMarshal { public static void CreateSpan() { } } }";
            references = references.Append(Compiled.Compilation(source, references: references.ToList()).WithAssemblyName("Library").ToMetadataReference());
        }
        else if (spans.Length > 0)
        {
            references = references.Concat(Compiled.References(spans));
        }

        Compiled compiled = Compiled.From(Small, language: LanguageVersion.CSharp9, references: references.ToList());
        Diagnostic diagnostic = Assert.Single(compiled.Findings());
        Assert.Equal("NETGEN014", diagnostic.Id);
        Assert.Contains("System.Span<T> and MemoryMarshal.CreateSpan, which the target framework lacks", diagnostic.GetMessage());
        Assert.Equal("Network(2)", diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan));
        Assert.Empty(compiled.CompilerDiagnostics);
        Assert.Empty(compiled.Files);
    }

    /// <summary>What is written against an older build of the contracts finds the same members in a newer one.</summary>
    [Fact]
    public void Contracts_of_older_targets_are_a_part_of_those_of_newer_ones()
    {
        string[] Members(IReadOnlyList<MetadataReference> references)
        {
            CSharpCompilation compilation = Compiled.Compilation("", references: references);
            var assembly = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(references.Single(reference => reference.Display!.EndsWith("NetGen.dll", StringComparison.Ordinal)))!;
            return assembly.GlobalNamespace.GetNamespaceMembers().Single(space => space.Name == "NetGen").GetTypeMembers()
                .Where(type => type.DeclaredAccessibility == Accessibility.Public)
                .SelectMany(type => type.GetMembers().Where(member => member.DeclaredAccessibility == Accessibility.Public))
                .Select(member => member.ToDisplayString())
                .ToArray();
        }

        string[] oldest = Members(Compiled.References("netstandard2.0"));
        string[] older = Members(Compiled.References("netstandard2.1"));
        string[] newest = Members([.. Compiled.PlatformReferences, Compiled.NetGenReference]);
        Assert.Contains("NetGen.Activation.Tanh", oldest);
        Assert.Contains("NetGen.ParameterBuffer<T>.AsSpan()", older);
        Assert.Empty(oldest.Except(older));
        Assert.Empty(older.Except(newest));
    }
}
