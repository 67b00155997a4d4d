using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Each diagnostic: which token, which message, all wrong things at once, and that the page's right example is clean.</summary>
public sealed class DiagnosticTests
{
    /// <summary>Source with the token to be marked between ⟦ and ⟧, in order of place; then ids and messages.</summary>
    public static TheoryData<string, string[]> Declarations => new()
    {
        { "[Network(2)] [Dense(3)] class ⟦Net⟧ { }", ["NETGEN001: 'Net' is not partial, so the network cannot be added to it; write 'partial class Net'"] },
        { "[⟦Network(2)⟧] partial class Net { }", ["NETGEN002: 'Net' declares no layer; add [Dense(units, Activation.…)] for each layer below [Network]"] },
        {
            "[Network(2)] [Dense(3)] partial class Net { } [⟦Dense(1)⟧] partial class Net { }",
            ["NETGEN003: The layers of 'Net' are spread over several partial declarations, which have no order; move this attribute to the declaration with [Network]"]
        },
        {
            "[⟦Dense(1)⟧] partial class Net { } [Network(2)] partial class Net { }",
            ["NETGEN003: The layers of 'Net' are spread over several partial declarations, which have no order; move this attribute to the declaration with [Network]"]
        },
        { "[Network(⟦0⟧)] [Dense(3)] partial class Net { }", ["NETGEN004: The number of inputs is 0; it must be at least 1"] },
        { "[Network(inputs: ⟦-5⟧)] [Dense(3)] partial class Net { }", ["NETGEN004: The number of inputs is -5; it must be at least 1"] },
        { "[Network(2)] [Dense(activation: Activation.Tanh, units: ⟦int.MinValue⟧)] partial class Net { }", ["NETGEN004: The number of units is -2147483648; it must be at least 1"] },
        {
            "[Network(int.MaxValue)] [Dense(⟦int.MaxValue⟧)] partial class Net { }",
            ["NETGEN005: With this layer 'Net' needs 4611686018427387904 parameters, padding included, and 268435456 is the limit; make the layers smaller"]
        },
        {
            "[Network(1)] [Dense(4)] [Dense(⟦20000⟧)] [Dense(1)] partial class Net { }",
            ["NETGEN005: With this layer 'Net' needs 320064 bytes of stack per call, and 262144 is the limit; make the layers smaller"]
        },
        { "[Network(2)] [Dense(3)] partial class Net⟦<T>⟧ { }", ["NETGEN006: 'Net' is generic; a network has fixed sizes and number types, so neither it nor a type around it may have type parameters"] },
        {
            "partial class Outer⟦<T, U>⟧ { [Network(2)] [Dense(3)] partial class Net { } }",
            ["NETGEN006: 'Outer' is generic; a network has fixed sizes and number types, so neither it nor a type around it may have type parameters"]
        },
        {
            "class ⟦A⟧ { partial struct B { [Network(2)] [Dense(3)] partial class Net { } } }",
            ["NETGEN007: 'A' contains the network 'Net' but is not partial, so the network cannot be added; make 'A' partial"]
        },
        {
            "[Network(2, Loss = ⟦Loss.BinaryCrossEntropy⟧)] [Dense(3, Activation.Tanh)] partial class Net { }",
            ["NETGEN008: Loss.BinaryCrossEntropy needs a last layer with Activation.Sigmoid or Activation.HardSigmoid, and the last layer has Activation.Tanh; change one of the two"]
        },
        {
            "[Network(2, Loss = ⟦Loss.CategoricalCrossEntropy⟧)] [Dense(3)] partial class Net { }",
            ["NETGEN008: Loss.CategoricalCrossEntropy needs a last layer with Activation.Softmax, and the last layer has Activation.Identity; change one of the two"]
        },
        {
            "[Network(2, Loss = ⟦Loss.BinaryCrossEntropyWithLogits⟧)] [Dense(3, Activation.Sigmoid)] partial class Net { }",
            ["NETGEN008: Loss.BinaryCrossEntropyWithLogits needs a last layer that gives logits (the same loss without WithLogits takes probabilities), and the last layer has Activation.Sigmoid; change one of the two"]
        },
        {
            "[Network(2, Loss = ⟦Loss.CategoricalCrossEntropyWithLogits⟧)] [Dense(3, Activation.Softmax)] partial class Net { }",
            ["NETGEN008: Loss.CategoricalCrossEntropyWithLogits needs a last layer that gives logits (the same loss without WithLogits takes probabilities), and the last layer has Activation.Softmax; change one of the two"]
        },
        { "[Network(2)] [Dense(3, Activation.Elu, Alpha = ⟦double.NaN⟧)] partial class Net { }", ["NETGEN015: Alpha is NaN; it must be a finite number"] },
        { "[Network(2)] [Dense(3, Activation.LeakyRelu, Alpha = ⟦1.0 / 0⟧)] partial class Net { }", ["NETGEN015: Alpha is Infinity; it must be a finite number"] },
        { "[Network(2, Loss = Loss.Huber, Delta = ⟦0⟧)] [Dense(3)] partial class Net { }", ["NETGEN015: Delta is 0; it must be a finite number above 0"] },
        { "[Network(2, Loss = Loss.Huber, Delta = ⟦double.NaN⟧)] [Dense(3)] partial class Net { }", ["NETGEN015: Delta is NaN; it must be a finite number above 0"] },
        { "[Network(2)] [Dense(3, Activation.Relu, Alpha = ⟦0.1⟧)] partial class Net { }", ["NETGEN016: Activation.Relu has no parameter Alpha; remove it"] },
        { "[Network(2, Loss = Loss.SquaredError, Delta = ⟦1⟧)] [Dense(3)] partial class Net { }", ["NETGEN016: Loss.SquaredError has no parameter Delta; remove it"] },
        { "[Network(2)] [Dense(3)] partial class Net { int ⟦Layout⟧; }", ["NETGEN009: 'Net' already has 'Net.Layout', which NetGen generates; rename or remove it"] },
        {
            "[Network(2)] [Dense(3)] partial class Net { void ⟦Forward⟧(System.ReadOnlySpan<float> a, System.Span<float> b) { } void Forward(float[] a) { } }",
            ["NETGEN009: 'Net' already has 'Net.Forward(ReadOnlySpan<float>, Span<float>)', which NetGen generates; rename or remove it"]
        },
        {
            "class Base { protected int Kernels = 0; } [Network(2)] [Dense(3)] partial class ⟦Net⟧ : Base { }",
            ["NETGEN009: 'Net' already has 'Base.Kernels', which NetGen generates; rename or remove it"]
        },
        { "[Network(2)] [Dense(3)] partial class ⟦Backward⟧ { }", ["NETGEN009: 'Backward' already has 'Backward', which NetGen generates; rename or remove it"] },
        { "[Network(2)] [Dense(3, ⟦(Activation)99⟧)] partial class Net { }", ["NETGEN010: '99' is not a defined value of NetGen.Activation; use one of its members"] },
        { "[Network(2, Loss = ⟦(Loss)(-1)⟧)] [Dense(3)] partial class Net { }", ["NETGEN010: '-1' is not a defined value of NetGen.Loss; use one of its members"] },
        { "[Network(2, Precision = ⟦(Precision)7⟧)] [Dense(3)] partial class Net { }", ["NETGEN010: '7' is not a defined value of NetGen.Precision; use one of its members"] },
        { "[Network(2, Arithmetic = ⟦(Arithmetic)2⟧)] [Dense(3)] partial class Net { }", ["NETGEN010: '2' is not a defined value of NetGen.Arithmetic; use one of its members"] },
        { "[Network(2, Unroll = ⟦(Unroll)3⟧)] [Dense(3)] partial class Net { }", ["NETGEN010: '3' is not a defined value of NetGen.Unroll; use one of its members"] },
        { "[Network(2, Loss = Loss.SquaredError, Reduction = ⟦(Reduction)2⟧)] [Dense(3)] partial class Net { }", ["NETGEN010: '2' is not a defined value of NetGen.Reduction; use one of its members"] },
        { "[⟦Dense(3)⟧] partial class Net { }", ["NETGEN011: 'Net' has a layer but no [Network(inputs)], so nothing is generated; add [Network(inputs)] above the layers"] },
        {
            "[Network(2)] [Dense(3)] static partial class ⟦Net⟧ { }",
            ["NETGEN012: 'Net' is static; a network holds parameters of its own, so declare it as an ordinary partial class"]
        },
        {
            "[Network(2)] [Dense(3)] partial record ⟦Net⟧;",
            ["NETGEN012: 'Net' is a record, whose copies would share their parameters; a network holds parameters of its own, so declare it as an ordinary partial class"]
        },
        {
            "[Network(2)] [Dense(3)] file partial class ⟦Net⟧ { }",
            ["NETGEN012: 'Net' is local to its file, where a generated file cannot reach it; a network holds parameters of its own, so declare it as an ordinary partial class"]
        },
        {
            "[Network(2, Loss = Loss.HalfSquaredError, Reduction = ⟦Reduction.Mean⟧)] [Dense(3)] partial class Net { }",
            ["NETGEN013: Loss.HalfSquaredError has one definition and ignores Reduction; remove it"]
        },
        { "[Network(2, Reduction = ⟦Reduction.Sum⟧)] [Dense(3)] partial class Net { }", ["NETGEN013: Loss.None has one definition and ignores Reduction; remove it"] },
        {
            "class ⟦Outer⟧ { [Network(⟦0⟧)] [Dense(⟦-1⟧)] [Dense(1, ⟦(Activation)99⟧)] class ⟦Net⟧⟦<T>⟧ { } }",
            [
                "NETGEN007: 'Outer' contains the network 'Net' but is not partial, so the network cannot be added; make 'Outer' partial",
                "NETGEN004: The number of inputs is 0; it must be at least 1",
                "NETGEN004: The number of units is -1; it must be at least 1",
                "NETGEN010: '99' is not a defined value of NetGen.Activation; use one of its members",
                "NETGEN001: 'Net' is not partial, so the network cannot be added to it; write 'partial class Net'",
                "NETGEN006: 'Net' is generic; a network has fixed sizes and number types, so neither it nor a type around it may have type parameters",
            ]
        },
    };

    public static IEnumerable<object[]> Pages => new NetworkAnalyzer().SupportedDiagnostics.Select(descriptor => new object[] { descriptor.Id });

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Is_reported_at_the_token_with_what_to_do(string marked, string[] expected)
    {
        if (Compiled.IsOldest && marked.Contains("file partial", StringComparison.Ordinal))
        {
            // The oldest compiler does not know the modifier.
            return;
        }

        string source = "using NetGen;\n" + marked;
        List<string> tokens = Regex.Matches(source, "⟦(.*?)⟧").Select(match => match.Groups[1].Value).ToList();
        Compiled compiled = Compiled.From(source.Replace("⟦", "").Replace("⟧", ""));
        IReadOnlyList<Diagnostic> actual = compiled.AnalyzerDiagnostics();

        Assert.Equal(expected, actual.Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage()}"));
        Assert.Equal(tokens, actual.Select(diagnostic =>
            diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)));
        Assert.Equal(Positions(source), actual.Select(diagnostic => diagnostic.Location.SourceSpan.Start));
        Assert.Empty(compiled.Files);
        Assert.Empty(compiled.GeneratorDiagnostics);
    }

    [Fact]
    public void A_pragma_silences_a_diagnostic()
    {
        Compiled compiled = Compiled.From("""
            using NetGen;
            #pragma warning disable NETGEN011
            [Dense(3)] class Quiet { }
            #pragma warning restore NETGEN011
            [Dense(3)] class Loud { }
            """);
        Diagnostic diagnostic = Assert.Single(compiled.AnalyzerDiagnostics(), diagnostic => !diagnostic.IsSuppressed);
        Assert.Contains("'Loud'", diagnostic.GetMessage());
    }

    [Fact]
    public void A_project_without_spans_is_told_what_to_target()
    {
        // The types that a .NET Framework project sees, as far as a declaration needs them.
        CSharpCompilation old = Compiled.Compilation(
            """
            namespace System
            {
                public class Object { } public class String { } public class Attribute { } public class Enum { }
                public class ValueType { } public struct Int32 { } public struct Boolean { } public struct Void { }
                public class AttributeUsageAttribute : Attribute { public AttributeUsageAttribute(AttributeTargets t) { } public bool AllowMultiple; }
                public enum AttributeTargets { Class }
            }
            namespace NetGen
            {
                public enum Activation { Identity }
                public class NetworkAttribute : System.Attribute { public NetworkAttribute(int inputs) { } }
                public class DenseAttribute : System.Attribute { public DenseAttribute(int units, Activation activation = 0) { } }
                [Network(2)] [Dense(3)] partial class Net { }
            }
            """,
            references: []);
        Assert.Equal(
            "NETGEN014: 'Net' needs System.Span<T> and MemoryMarshal.CreateSpan, which the target framework lacks; target net8.0 or netstandard2.1 or later with C# 9 or later",
            Message(old));
        Assert.Equal(
            "NETGEN014: 'Net' needs C# 9, and the project uses C# 8.0; target net8.0 or netstandard2.1 or later with C# 9 or later",
            Message(Compiled.Compilation("using NetGen; [Network(2)] [Dense(3)] partial class Net { }", LanguageVersion.CSharp8)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Has_a_page_whose_examples_are_true(string id)
    {
        DiagnosticDescriptor descriptor = new NetworkAnalyzer().SupportedDiagnostics.Single(descriptor => descriptor.Id == id);
        string page = File.ReadAllText(Path.Combine(Paths.DiagnosticPages, id + ".md"));
        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", descriptor.HelpLinkUri);
        string[] examples = Regex.Matches(page, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value).ToArray();
        if (id == "NETGEN014")
        {
            // Its examples are project files.
            Assert.Empty(examples);
            return;
        }

        Assert.Equal(2, examples.Length);
        Assert.Equal(id, Assert.Single(Compiled.From("using NetGen;\n" + examples[0]).AnalyzerDiagnostics()).Id);
        Compiled right = Compiled.From("using NetGen;\n#pragma warning disable CS1591\n" + examples[1]);
        Assert.Empty(right.AnalyzerDiagnostics());
        Assert.Empty(right.CompilerDiagnostics);
        Assert.Single(right.Files);
    }

    [Fact]
    public void Every_page_belongs_to_a_diagnostic()
    {
        string[] ids = new NetworkAnalyzer().SupportedDiagnostics.Select(descriptor => descriptor.Id).ToArray();
        Assert.Equal(ids, Directory.GetFiles(Paths.DiagnosticPages, "NETGEN*.md").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal));
        string index = File.ReadAllText(Path.Combine(Paths.DiagnosticPages, "README.md"));
        Assert.All(ids, id => Assert.Contains($"[{id}]({id}.md)", index));
    }

    private static string Message(CSharpCompilation compilation)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)compilation.GetSymbolsWithName("Net", SymbolFilter.Type).Single();
        Diagnostic diagnostic = Assert.Single(Parsing.DeclarationParser.Parse(type, compilation, default).Diagnostics);
        return $"{diagnostic.Id}: {diagnostic.GetMessage()}";
    }

    /// <summary>Where the marked tokens start once the marks are gone.</summary>
    private static IEnumerable<int> Positions(string marked)
    {
        int marks = 0;
        for (int index = 0; index < marked.Length; index++)
        {
            if (marked[index] == '⟦')
            {
                yield return index - marks;
            }

            marks += marked[index] is '⟦' or '⟧' ? 1 : 0;
        }
    }
}
