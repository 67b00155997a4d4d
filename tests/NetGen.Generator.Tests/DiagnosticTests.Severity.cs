using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Users may silence a diagnostic or change its severity in each of the ways that C# knows; the generated code stays what it is.</summary>
public sealed partial class DiagnosticTests
{
    private const string TwoLinearNetworks = """
        using NetGen;
        {0}
        [Network(4)] [Dense(8)] [Dense(3)] sealed partial class A {{ }}
        {1}
        [Network(4)] [Dense(8)] [Dense(3)] sealed partial class B {{ }}
        """;

    [Theory]
    [InlineData("#pragma warning disable NETGEN053", "#pragma warning restore NETGEN053")]
    [InlineData("[System.Diagnostics.CodeAnalysis.SuppressMessage(\"NetGen\", \"NETGEN053\", Justification = \"Wanted.\")]", "")]
    [InlineData("[System.Diagnostics.CodeAnalysis.SuppressMessage(\"NetGen\", \"NETGEN053:A layer without an activation adds nothing\")]", "")]
    public void A_diagnostic_is_silenced_in_one_place(string before, string after)
    {
        Compiled compiled = Compiled.From(Networks(before, after));
        Diagnostic loud = Assert.Single(compiled.Findings(), diagnostic => !diagnostic.IsSuppressed);
        Assert.Equal("NETGEN053", loud.Id);
        Assert.Equal(4, loud.Location.GetLineSpan().StartLinePosition.Line);
        Assert.Equal(2, compiled.Files.Count);
    }

    [Fact]
    public void An_error_that_is_silenced_gives_no_network_either()
    {
        Compiled compiled = Compiled.From("""
            using NetGen;
            #pragma warning disable NETGEN004
            [Network(0)] [Dense(3)] sealed partial class Net { }
            """);
        Assert.DoesNotContain(compiled.Findings(), diagnostic => !diagnostic.IsSuppressed);
        Assert.Contains("throw global::NetGen.Generated.Kernels.Error", Assert.Single(compiled.Files).Value);
    }

    /// <summary>Errors come from the generator, whose driver reads pragmas and options at their places, and attributes in later compilers.</summary>
    [Theory]
    [InlineData("#pragma warning disable NETGEN004", "#pragma warning restore NETGEN004", 4)]
    [InlineData("[System.Diagnostics.CodeAnalysis.SuppressMessage(\"NetGen\", \"NETGEN004\")]", "", 4)]
    public void An_error_is_silenced_in_one_place(string before, string after, int line)
    {
        Compiled compiled = Compiled.From(Networks(before, after).Replace("Network(4)", "Network(0)", StringComparison.Ordinal));
        int[] lines = compiled.Findings().Where(finding => !finding.IsSuppressed).Select(finding => finding.Location.GetLineSpan().StartLinePosition.Line).ToArray();
        Assert.Equal(Compiled.IsOldest && before.StartsWith('[') ? [2, line] : [line], lines);
        Assert.Equal(2, compiled.Files.Count);
    }

    [Theory]
    [InlineData("warning", DiagnosticSeverity.Warning)]
    [InlineData("none", null)]
    public void The_severity_of_an_error_is_set_in_editorconfig(string severity, DiagnosticSeverity? expected)
    {
        CSharpCompilation compilation = Compiled.Compilation(Networks("", "").Replace("Network(4)", "Network(0)", StringComparison.Ordinal), path: "/project/Nets.cs");
        AnalyzerConfigSet configuration = AnalyzerConfigSet.Create(new[]
        {
            AnalyzerConfig.Parse($"root = true\n[*.cs]\ndotnet_diagnostic.NETGEN004.severity = {severity}\n", "/project/.editorconfig"),
        });
        Compiled compiled = Compiled.From(compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new Configured(configuration))));
        Assert.Equal(expected is { } given ? [given, given] : [], compiled.GeneratorDiagnostics.Select(diagnostic => diagnostic.Severity));
        Assert.Equal(2, compiled.Files.Count);
    }

    [Theory]
    [InlineData("error", DiagnosticSeverity.Error)]
    [InlineData("suggestion", DiagnosticSeverity.Info)]
    [InlineData("none", null)]
    public async Task The_severity_is_set_in_editorconfig(string severity, DiagnosticSeverity? expected)
    {
        Compiled compiled = Compiled.From(Networks("", ""), path: "/project/Nets.cs");
        AnalyzerConfigSet configuration = AnalyzerConfigSet.Create(new[]
        {
            AnalyzerConfig.Parse($"root = true\n[*.cs]\ndotnet_diagnostic.NETGEN053.severity = {severity}\n", "/project/.editorconfig"),
        });
        CSharpCompilation configured = ((CSharpCompilation)compiled.Output)
            .WithOptions(compiled.Input.Options.WithSyntaxTreeOptionsProvider(new Configured(configuration)));
        ImmutableArray<Diagnostic> diagnostics = await configured
            .WithAnalyzers(ImmutableArray.Create<DiagnosticAnalyzer>(new NetworkAnalyzer()))
            .GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        Assert.Equal(expected is { } given ? [given, given] : [], diagnostics.Select(diagnostic => diagnostic.Severity));
        Assert.Equal(2, compiled.Files.Count);
    }

    /// <summary>What is said about a declaration, and the limits that it sets, leave the text alone and so the cache of an editor.</summary>
    [Theory]
    [InlineData("[Network(4, MaxParameters = 1000)] [Dense(8)] [Dense(3)] sealed partial class A { }")]
    [InlineData("[Network(4, MaxStackBytes = 100000)] [Dense(8)] [Dense(3)] partial class A { }")]
    public void Findings_and_limits_do_not_change_the_code(string source)
    {
        Compiled plain = Compiled.From("using NetGen; [Network(4)] [Dense(8)] [Dense(3)] sealed partial class A { }");
        Assert.Equal(Assert.Single(plain.Files), Assert.Single(Compiled.From("using NetGen; " + source).Files));
    }

    /// <summary>
    /// The rows with numbers, whose points, signs and digits other languages write in other ways. What is right has no message, and its text is compared in
    /// every language elsewhere.
    /// </summary>
    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void Numbers_in_messages_are_the_same_in_every_language(string culture)
    {
        (string Marked, string[] Expected)[] rows = new[] { Errors, Warnings }.SelectMany(table => table)
            .Select(row => ((string)row[0], (string[])row[1]))
            .Where(row => row.Item2.Any(message => Regex.IsMatch(message, "(Alpha|Delta) (is|=)|gives (no )?value|is -")))
            .ToArray();
        Assert.InRange(rows.Length, 15, 30);
        Assert.All(rows, row => Culture.Under(CultureInfo.GetCultureInfo(culture), () => VerifyWrong(row.Marked, row.Expected)));
    }

    private static string Networks(string before, string after) => string.Format(CultureInfo.InvariantCulture, TwoLinearNetworks, before, after);

    /// <summary>The options of a file, as the compiler takes them from .editorconfig.</summary>
    private sealed class Configured(AnalyzerConfigSet configuration) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            configuration.GetOptionsForSourcePath(tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = default;
            return false;
        }
    }
}
