using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Whatever the source, the generator and the analyzer do not throw.</summary>
[Trait("Category", "Quick")]
public sealed class RobustnessTests
{
    public static TheoryData<string> Sources => new()
    {
        { "" },
        { "[Network] class" },
        { "[Network(] [Dense(3)] partial class Net { }" },
        { "[Network()] [Dense()] partial class Net { }" },
        { "[Network(\"two\")] [Dense(3)] partial class Net { }" },
        { "[Network(2.5)] [Dense(null)] partial class Net { }" },
        { "[Network(Missing)] [Dense(Missing)] partial class Net { }" },
        { "[Network(2, 3)] [Dense(3, 4, 5)] partial class Net { }" },
        { "[Network(2, Loss = 1)] [Dense(3, 2)] partial class Net { }" },
        { "[Network(2, Loss = null)] [Dense(3, null)] partial class Net { }" },
        { "[Network(2, Nothing = 1)] [Dense(3, Nothing = 2)] partial class Net { }" },
        { "[Network(2, Loss = Loss.Missing)] [Dense(3, Activation.Missing)] partial class Net { }" },
        { "[Network(2)] [Network(3)] [Dense(3)] partial class Net { }" },
        { "[Network(2)] [Dense(3)] partial class Net { } [Network(2)] [Dense(3)] partial class Net { }" },
        { "[Network(2)] [Dense(3)] partial class { }" },
        { "[Network(2)] [Dense(3)] partial class Net" },
        { "[Network(2)] [Dense(3)] partial struct Net { }" },
        { "[Network(2)] [Dense(3)] partial interface Net { }" },
        { "[Network(2)] [Dense(3)] enum Net { }" },
        { "[Network(2)] [Dense(3)] delegate void Net();" },
        { "[Network(2)] [Dense(3)] void F() { }" },
        { "[Network(1 / 0)] [Dense(int.MaxValue + 1)] partial class Net { }" },
        { "[assembly: Network(2)] [module: Dense(3)]" },
        { "partial class Net<T> { [Network(2)] [Dense(3)] void F() { } }" },
        { "[Network(2)] [Dense(3)] partial class Net : Net { }" },
        { "[Network(2)] [Dense(3)] partial class Net : Missing { }" },
        { "class A<T> { partial class B { [Network(0)] [Dense(-1, (Activation)77)] static class Net { } } }" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void Never_throws(string source)
    {
        Compiled compiled = Compiled.From("using NetGen;\n" + source);
        AssertDidNotFail(compiled.Driver.GetRunResult());
        Assert.DoesNotContain(compiled.Findings(), diagnostic => diagnostic.Id.StartsWith("AD"));

        // Where the user's source is wrong nothing wrong is added to it.
        Assert.DoesNotContain(
            compiled.CompilerDiagnostics,
            diagnostic => diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs") == true && diagnostic.Severity == DiagnosticSeverity.Error);
    }

    /// <summary>What is seen while a file is typed, three keys at a time, and while the attributes of a class are, one after another.</summary>
    [Theory]
    [InlineData("""
        using NetGen;
        using N = NetGen.NetworkAttribute;
        namespace A.@event { partial interface I { partial record struct @class<T> { } } }
        partial struct S
        {
            /// <summary>A <see cref="Brain"/>.</summary>
            [N(inputs: 2, Loss = Loss.Huber, Delta = 0.5, Precision = Precision.Double, SelfTest = true), System.Serializable]
            [Dense(3, Activation.LeakyRelu, Alpha = 1e-1)] [Dense(units: 1 + 1, activation: Activation.Tanh, UseBias = !true)]
            public sealed partial class \u0042rain : System.IDisposable
            {
                #if DEBUG
                void F() { }
                #endif
                public static readonly Brain Shared = new();
                void System.IDisposable.Dispose() => _ = $"{Shared.CreateGradient()}";
            }
        }
        """)]
    public void Never_throws_while_it_is_typed(string source)
    {
        CSharpParseOptions options = Compiled.ParseOptions(onlyCode: true);
        CSharpCompilation compilation = Compiled.Compilation("", onlyCode: true);
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        GeneratorDriver driver = Compiled.CreateDriver(isTracked: false, onlyCode: true);
        int attributes = source.IndexOf("[N(", StringComparison.Ordinal);
        int type = source.IndexOf("public sealed", StringComparison.Ordinal);
        IEnumerable<string> whole = Enumerable.Range(1, source.Length).Where(length => length % 3 == 0 || length == source.Length).Select(length => source[..length]);
        foreach (string text in Enumerable.Range(attributes + 1, type - attributes - 1).Select(length => source[..length] + "\nsealed partial class Net { }").Concat(whole))
        {
            SyntaxTree next = CSharpSyntaxTree.ParseText(text, options);
            compilation = compilation.ReplaceSyntaxTree(tree, next);
            tree = next;
            driver = driver.RunGenerators(compilation);
            AssertDidNotFail(driver.GetRunResult());
        }

        Assert.Contains("Compares the derivatives", Assert.Single(driver.GetRunResult().GeneratedTrees).ToString());
    }

    private static void AssertDidNotFail(GeneratorDriverRunResult result)
    {
        Assert.Null(result.Results.Single().Exception);
        Assert.All(result.Diagnostics, diagnostic => Assert.True(diagnostic.Id.StartsWith("NETGEN", StringComparison.Ordinal) && diagnostic.Id != FailureTests.Id, diagnostic.ToString()));
    }
}
