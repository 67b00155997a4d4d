using System.Linq;
using System.Reflection;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>The text of some networks, to be read by people: a change of wording or layout shows here.</summary>
public sealed class SnapshotTests
{
    /// <summary>2-3-2, the network of the text books: one straight line.</summary>
    [Fact]
    public void Seed() => Verify(nameof(Seed), """
        using NetGen;

        namespace Demo;

        /// <summary>The network of the text books.</summary>
        [Network(2, Loss = Loss.HalfSquaredError)]
        [Dense(3, Activation.Sigmoid)]
        [Dense(2, Activation.Sigmoid)]
        public sealed partial class SeedNet { }
        """);

    /// <summary>4-16-3 with class labels: the stable pair of softmax and cross-entropy.</summary>
    [Fact]
    public void Iris() => Verify(nameof(Iris), """
        using NetGen;

        namespace Demo;

        /// <summary>Species of an iris flower.</summary>
        [Network(4, Loss = Loss.CategoricalCrossEntropy)]
        [Dense(16, Activation.Tanh)]
        [Dense(3, Activation.Softmax)]
        public sealed partial class IrisNet { }
        """);

    /// <summary>8-33-33-2 in double: a looped layer between two unrolled ones, softmax in the middle, a nested class.</summary>
    [Fact]
    public void Loops() => Verify(nameof(Loops), """
        using NetGen;

        namespace Demo;

        internal static partial class Game
        {
            [Network(2, Loss = Loss.SquaredError, Precision = Precision.Double)]
            [Dense(33, Activation.Relu)]
            [Dense(33, Activation.Softmax, UseBias = false)]
            [Dense(2)]
            internal sealed partial class Brain { }
        }
        """);

    /// <summary>The first network in the floor dialect.</summary>
    [Fact]
    public void Floor() => Verify(
        nameof(Floor),
        """
        using NetGen;

        namespace Demo
        {
            /// <summary>The network of the text books.</summary>
            [Network(2, Loss = Loss.HalfSquaredError)]
            [Dense(3, Activation.Sigmoid)]
            [Dense(2, Activation.Sigmoid)]
            public sealed partial class SeedNet { }
        }
        """,
        Form.Scalar);

    /// <summary>A snapshot whose test is gone would never be compared again.</summary>
    [Fact]
    public void No_snapshot_is_stray()
    {
        string[] tests = typeof(SnapshotTests).GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Select(method => $"{nameof(SnapshotTests)}.{method.Name}")
            .ToArray();
        Assert.All(Snapshot.Owners(), owner => Assert.Contains(owner, tests));
        Assert.Equal(4, Snapshot.Owners().Distinct().Count());
    }

    private static void Verify(string method, string source, Form form = Form.Auto)
    {
        Compiled compiled = Compiled.From(source, form);
        Assert.Empty(compiled.CompilerDiagnostics);
        Assert.Empty(compiled.AnalyzerDiagnostics());
        Snapshot.Verify(compiled, nameof(SnapshotTests), method);
    }
}
