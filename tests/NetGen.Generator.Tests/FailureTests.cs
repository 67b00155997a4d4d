using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Model;
using NetGen.Generator.Parsing;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>A fault of the generator is an error of the network that shows it, and of no other.</summary>
[Trait("Category", "Quick")]
public sealed class FailureTests
{
    internal const string Id = "NETGEN021";

    private const string Source = """
        using NetGen;
        [Network(2)] [Dense(3)] sealed partial class A { }
        [Network(2, Loss = Loss.SquaredError)] [Dense(3)] sealed partial class Bad { }
        partial class Bad { public static readonly Bad Shared = new(); }
        [Network(2)] [Dense(0)] sealed partial class Wrong { }
        [Network(2)] [Dense(4)] sealed partial class Z { static int Use(Bad bad) => Bad.InputCount + (bad.CreateGradient() is null ? 0 : Bad.Layout.ParameterCount); }
        """;

    private const string Text = "NetGen failed to generate 'Bad' (InvalidOperationException: first line second line third fourth fifth \\x \"sixth\"); this is a fault of NetGen, "
        + "not of the declaration: please report it with the declaration at https://github.com/netgen-dotnet/netgen/issues";

    /// <summary>The step that fails, how often in a row, and whether members are left.</summary>
    public static TheoryData<string, int, bool> Failures => new()
    {
        { PipelineSteps.Readings, 1, false },
        { PipelineSteps.Verdicts, 1, true },
        { PipelineSteps.Sources, 1, true },
        { PipelineSteps.Sources, 2, true },
        { PipelineSteps.Sources, 3, false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void An_exception_is_one_error_and_leaves_the_other_networks(string step, int times, bool leavesMembers)
    {
        GeneratorRunResult right = Run(out _);
        int left = times;
        GeneratorRunResult result = Run(out Compilation output, (at, type) =>
        {
            if (at.StartsWith(step, StringComparison.Ordinal) && type.Simple == "Bad" && left-- > 0)
            {
                throw new InvalidOperationException("first line\r\nsecond line\u2028third\u2029fourth\u0085fifth\0\\x\u0001\"sixth\"");
            }
        });
        Assert.Null(result.Exception);
        Assert.True(left <= 0);
        Diagnostic error = Assert.Single(result.Diagnostics, diagnostic => diagnostic.Id == Id);
        Assert.Equal(Text, error.GetMessage());
        Assert.Equal(DiagnosticSeverity.Error, error.Severity);
        Assert.Equal("Bad", error.Location.SourceTree!.GetText().ToString(error.Location.SourceSpan));
        Assert.Equal(right.Diagnostics.Select(diagnostic => diagnostic.ToString()), result.Diagnostics.Where(diagnostic => diagnostic.Id != Id).Select(diagnostic => diagnostic.ToString()));

        Dictionary<string, string> texts = Texts(right);
        Dictionary<string, string> actual = Texts(result);
        Assert.Equal(leavesMembers, actual.Remove("Bad.g.cs", out string? stub));
        Assert.True(texts.Remove("Bad.g.cs"));
        Assert.Equal(texts, actual);
        if (leavesMembers)
        {
            Assert.Contains($"InvalidOperationException(\"{Id}: {Text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\")", stub);
            Assert.DoesNotContain(output.GetDiagnostics(), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        }
    }

    [Fact]
    public void A_run_that_is_cancelled_is_no_failure() =>
        Assert.Throws<OperationCanceledException>(() => Failure.Catch(() => throw new OperationCanceledException(), failure => failure));

    private static GeneratorRunResult Run(out Compilation output, Action<string, ClassName>? before = null)
    {
        CSharpCompilation compilation = Compiled.Compilation(Source, onlyCode: true);
        return CSharpGeneratorDriver
            .Create([new NetworkGenerator(null, before).AsSourceGenerator()], parseOptions: Compiled.ParseOptions(onlyCode: true))
            .RunGeneratorsAndUpdateCompilation(compilation, out output, out _)
            .GetRunResult().Results.Single();
    }

    private static Dictionary<string, string> Texts(GeneratorRunResult result) =>
        result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());
}
