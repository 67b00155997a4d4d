using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>
/// The text, to be read by people: a change of wording or layout shows here. Four networks are whole, among them a small, a middle and a large one as users declare
/// them; each of the others is the smallest that shows one form of the code, in one width of vectors where the widths only repeat it.
/// </summary>
[Trait("Category", "Quick")]
public sealed class SnapshotTests
{
    /// <summary>2-3-2, the network of the text books: straight lines, batches with a sample in every lane, all widths.</summary>
    [Fact]
    public void Seed() => Verify("""
        /// <summary>The network of the text books.</summary>
        [Network(2, Loss = Loss.HalfSquaredError)]
        [Dense(3, Activation.Sigmoid)]
        [Dense(2, Activation.Sigmoid)]
        public sealed partial class SeedNet { }
        """);

    /// <summary>4-16-3, a small classifier: layer by layer in registers of 256 bits, lanes with loops.</summary>
    [Fact]
    public void Iris() => Verify("""
        [Network(4, Loss = Loss.CategoricalCrossEntropy)]
        [Dense(16, Activation.Tanh)]
        [Dense(3, Activation.Softmax)]
        internal sealed partial class IrisNet { }
        """);

    /// <summary>4-64-64-2, a controller: kernels of layers in every width, half unrolled, and batches in blocks of samples.</summary>
    [Fact]
    public void Control() => Verify("""
        [Network(4, Loss = Loss.SquaredError)]
        [Dense(64, Activation.Tanh)]
        [Dense(64, Activation.Tanh)]
        [Dense(2)]
        internal sealed partial class ControlNet { }
        """);

    /// <summary>784-128-10, a reader of digits: loops over long rows.</summary>
    [Fact]
    public void Digits() => Verify("""
        [Network(784, Loss = Loss.CategoricalCrossEntropy)]
        [Dense(128, Activation.Relu)]
        [Dense(10, Activation.Softmax)]
        internal sealed partial class DigitsNet { }
        """);

    /// <summary>What is left of a network that is wrong.</summary>
    [Fact]
    public void Stub() => Verify("""
        #pragma warning disable NETGEN004
        [Network(2, Loss = Loss.HalfSquaredError)]
        [Dense(0)]
        internal sealed partial class SmallNet { }
        """);

    /// <summary>Without vectors, one method for each pass.</summary>
    [Fact]
    public void Scalar() => Verify(Small("Loss = Loss.HalfSquaredError"), language: LanguageVersion.CSharp9);

    /// <summary>Without vectors, layer by layer, every product a statement.</summary>
    [Fact]
    public void ScalarUnrolled() => VerifyKernels(Small(), Form.Unrolled, LanguageVersion.CSharp9);

    /// <summary>Without vectors, layer by layer in loops.</summary>
    [Fact]
    public void ScalarLooped() => VerifyKernels(Small("Unroll = Unroll.Never"), language: LanguageVersion.CSharp9);

    /// <summary>Layer by layer with vectors, as the planner chooses; batches in blocks, with a loss.</summary>
    [Fact]
    public void Vectors() => VerifyKernels(Small("Loss = Loss.HalfSquaredError"), Form.Vectors128);

    /// <summary>Layer by layer with vectors, every product a statement.</summary>
    [Fact]
    public void VectorsUnrolled() => VerifyKernels(Small("Unroll = Unroll.Full"), Form.Unrolled128);

    /// <summary>Layer by layer with vectors, in loops: layers too wide for one vector, in which the loops show.</summary>
    [Fact]
    public void VectorsLooped() => VerifyKernels("""
        [Network(3, Unroll = Unroll.Never)]
        [Dense(48)]
        internal partial class SmallNet { }
        """, Form.Vectors128);

    /// <summary>A layer that is stored unit by unit: few units, many inputs.</summary>
    [Fact]
    public void UnitMajor() => VerifyKernels("""
        [Network(8)]
        [Dense(1)]
        internal partial class SmallNet { }
        """, Form.Vectors128);

    /// <summary>A straight line of vectors whose products are rounded together with additions.</summary>
    [Fact]
    public void Fused() => VerifyKernels("""
        [Network(1, Arithmetic = Arithmetic.Fused)]
        [Dense(1)]
        internal partial class SmallNet { }
        """, Form.Narrow);

    /// <summary>A large batch with fused arithmetic: the weights are transposed first.</summary>
    [Fact]
    public void FusedBatch() => VerifyKernels("""
        [Network(1, Loss = Loss.HalfSquaredError, Arithmetic = Arithmetic.Fused)]
        [Dense(2, Activation.Relu)]
        [Dense(8)]
        internal partial class SmallNet { }
        """, Form.Vectors128);

    /// <summary>A block of samples whose loss has one in every lane.</summary>
    [Fact]
    public void LossBatch() => VerifyKernels("""
        [Network(1, Loss = Loss.CategoricalCrossEntropy)]
        [Dense(2, Activation.Softmax)]
        internal partial class SmallNet { }
        """, Form.Vectors128);

    /// <summary>Class labels, the stable pair of softmax and cross-entropy, and the elementary functions that they need.</summary>
    [Fact]
    public void Labels() => Verify("""
        [Network(1, Loss = Loss.CategoricalCrossEntropy)]
        [Dense(2, Activation.Softmax)]
        internal partial class SmallNet { }
        """, language: LanguageVersion.CSharp9);

    /// <summary>Double precision, a loss with a parameter and a sum, an activation with a parameter.</summary>
    [Fact]
    public void Double() => VerifyKernels("""
        [Network(1, Loss = Loss.Huber, Delta = 0.5, Reduction = Reduction.Sum, Precision = Precision.Double)]
        [Dense(1, Activation.LeakyRelu, Alpha = 0.25)]
        internal partial class SmallNet { }
        """, language: LanguageVersion.CSharp9);

    /// <summary>Double precision in a straight line of vectors.</summary>
    [Fact]
    public void VectorsDouble() => VerifyKernels("""
        [Network(1, Precision = Precision.Double)]
        [Dense(1)]
        internal partial class SmallNet { }
        """, Form.Narrow);

    /// <summary>The network that tests itself, with the plain network that it is compared with.</summary>
    [Fact]
    public void SelfTest() => Verify("""
        [Network(1, Loss = Loss.SquaredError, SelfTest = true)]
        [Dense(1)]
        internal partial class SmallNet { }
        """, language: LanguageVersion.CSharp9);

    /// <summary>No loss, no bias, and a class inside of others whose names are keywords.</summary>
    [Fact]
    public void Nested() => Verify("""
        internal partial struct @struct
        {
            [Network(1)]
            [Dense(1, UseBias = false)]
            private sealed partial class @event { }
        }
        """, language: LanguageVersion.CSharp9);

    /// <summary>The network of the text books in the floor dialect.</summary>
    [Fact]
    public void Floor() => Verify("""
        /// <summary>The network of the text books.</summary>
        [Network(2, Loss = Loss.HalfSquaredError)]
        [Dense(3, Activation.Sigmoid)]
        [Dense(2, Activation.Sigmoid)]
        public sealed partial class SeedNet { }
        """, Form.Scalar);

    /// <summary>A snapshot whose test is gone would never be compared again.</summary>
    [Fact]
    public void No_snapshot_is_stray()
    {
        string[] tests = typeof(SnapshotTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
            .ToArray();
        Assert.All(Snapshot.OfProject.Owners, owner => Assert.Contains(owner, tests));
    }

    /// <summary>The network whose forms are compared: two layers, so that a gradient goes through one into the other.</summary>
    private static string Small(string options = "") => $$"""
        [Network(1{{(options.Length == 0 ? "" : ", " + options)}})]
        [Dense(2, Activation.Relu)]
        [Dense(1)]
        internal partial class SmallNet { }
        """;

    private static void Verify(
        string declaration, Form form = Form.Auto, LanguageVersion? language = null, [CallerMemberName] string method = "") =>
        Snapshot.OfProject.Verify(Generate(declaration, form, language), nameof(SnapshotTests), method);

    /// <summary>Compares how a network is computed. What it looks like to its users is the same in every form.</summary>
    private static void VerifyKernels(
        string declaration, Form form = Form.Auto, LanguageVersion? language = null, [CallerMemberName] string method = "")
    {
        const string Start = " static class Kernels\n";
        Snapshot.OfProject.Verify(
            Generate(declaration, form, language).ToDictionary(file => file.Key, file => file.Value[(file.Value.LastIndexOf('\n', file.Value.IndexOf(Start, StringComparison.Ordinal)) + 1)..]),
            nameof(SnapshotTests),
            method);
    }

    private static IReadOnlyDictionary<string, string> Generate(string declaration, Form form, LanguageVersion? language)
    {
        Compiled compiled = Compiled.From($"using NetGen;\n\nnamespace Demo\n{{\n{declaration.ReplaceLineEndings("\n")}\n}}\n", form, language);
        Assert.DoesNotContain(compiled.Findings(), diagnostic => diagnostic.Severity > DiagnosticSeverity.Info);
        Assert.Empty(compiled.CompilerDiagnostics);
        return compiled.Files;
    }
}
