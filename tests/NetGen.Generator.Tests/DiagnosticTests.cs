using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Each diagnostic: which token, which message, and that the corrected code is clean; and that each has a page that is true.</summary>
public sealed partial class DiagnosticTests
{
    public static IEnumerable<object[]> Pages => Descriptors.Select(descriptor => new object[] { descriptor.Id });

    private static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } = new NetworkAnalyzer().SupportedDiagnostics;

    /// <param name="marked">The declaration, as <see cref="MarkedSource"/> reads it.</param>
    /// <param name="expected">Ids and messages, in order of place.</param>
    [Theory]
    [MemberData(nameof(Errors))]
    [MemberData(nameof(WrongPlaces))]
    [MemberData(nameof(Combinations))]
    [MemberData(nameof(Lists))]
    [MemberData(nameof(Wires))]
    [MemberData(nameof(Formulas))]
    public void An_error_is_reported_at_its_token_in_place_of_the_network(string marked, string[] expected)
    {
        Compiled compiled = Verify(marked, expected);
        string[] errors = compiled.GeneratorDiagnostics.Select(error => error.Id).ToArray();
        Assert.NotEmpty(errors);
        if (errors.All(StubTests.Ids.Contains))
        {
            Assert.Contains("throw global::NetGen.Generated.Kernels.Error", Assert.Single(compiled.Files).Value);
            Assert.Empty(compiled.CompilerDiagnostics);
        }
        else
        {
            Assert.Empty(compiled.Files);
        }
    }

    [NewerCompilerTheory(NewerCompiler.Syntax)]
    [MemberData(nameof(NewerSyntax))]
    public void An_error_in_newer_syntax_is_reported_at_its_token(string marked, string[] expected) =>
        An_error_is_reported_at_its_token_in_place_of_the_network(marked, expected);

    /// <param name="marked">The declaration, as <see cref="MarkedSource"/> reads it.</param>
    /// <param name="expected">Ids and messages, in order of place.</param>
    [Theory]
    [MemberData(nameof(Warnings))]
    [MemberData(nameof(UnstableFormulas))]
    [MemberData(nameof(Remarks))]
    public void A_warning_or_remark_is_reported_at_its_token_beside_the_code(string marked, string[] expected)
    {
        Compiled compiled = Verify(marked, expected);
        Assert.Single(compiled.Files);
        Assert.Empty(compiled.CompilerDiagnostics);
    }

    [Fact]
    public void Every_diagnostic_is_in_a_table()
    {
        IEnumerable<string> shown = new IEnumerable<object[]>[] { Errors, Lists, Wires, Formulas, UnstableFormulas, WrongPlaces, NewerSyntax, Derived, Combinations, Warnings, Remarks, Projects }
            .SelectMany(table => table)
            .SelectMany(row => (string[])row[^1])
            .Select(message => message.Split(':')[0]);
        Assert.Equal(Descriptors.Select(descriptor => descriptor.Id), shown.Append(FailureTests.Id).Concat(ModelDiagnosticTests.Ids).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Has_a_page_whose_examples_are_true(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.Single(descriptor => descriptor.Id == id);
        string page = File.ReadAllText(Path.Combine(Paths.DiagnosticPages, id + ".md"));
        Assert.StartsWith($"# {id}: {descriptor.Title}\n\nSeverity: {descriptor.DefaultSeverity.ToString().ToLowerInvariant()}\n", page);
        Assert.Equal($"{Paths.PageAddress}{id}.md", descriptor.HelpLinkUri);
        if (id == FailureTests.Id)
        {
            // No declaration is known to cause it.
            Assert.DoesNotContain("```csharp", page);
            return;
        }

        if (ModelDiagnosticTests.Ids.Contains(id))
        {
            // Its examples need model files.
            return;
        }

        if (ProjectIds.Contains(id))
        {
            AssertProjectsAreTrue(id, page);
            return;
        }

        string[] examples = Regex.Matches(page, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(2, examples.Length);
        Assert.Equal(id, Assert.Single(Compiled.From("using NetGen;\n" + examples[0]).Findings()).Id);
        AssertClean(Compiled.From("using NetGen;\n#pragma warning disable CS1591\n" + examples[1]));
    }

    [Fact]
    public void Every_page_belongs_to_a_diagnostic()
    {
        string[] ids = [.. Descriptors.Select(descriptor => descriptor.Id), .. BuildErrors.Select(error => error.Code)];
        Assert.Equal(ids, Directory.GetFiles(Paths.DiagnosticPages, "NETGEN*.md").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal));
        string index = File.ReadAllText(Path.Combine(Paths.DiagnosticPages, "README.md"));
        Assert.All(Descriptors, descriptor => Assert.Contains(
            $"| [{descriptor.Id}]({descriptor.Id}.md) | {descriptor.DefaultSeverity.ToString().ToLowerInvariant()} | {descriptor.Title} |", index));
    }

    [Fact]
    public void Every_diagnostic_is_in_the_release_file()
    {
        string[] rows = File.ReadAllLines(Paths.AnalyzerReleases).Where(line => line.StartsWith("NETGEN", StringComparison.Ordinal)).ToArray();
        Assert.Equal(Descriptors.Select(descriptor => $"{descriptor.Id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}"), rows);
    }

    private static Compiled Verify(string marked, string[] expected)
    {
        Compiled compiled = VerifyWrong(marked, expected);
        if (Paths.IsNewestRoslyn)
        {
            // What makes it right is the same for all compilers.
            AssertClean(Compiled.From(new MarkedSource(marked).Right));
        }

        return compiled;
    }

    private static Compiled VerifyWrong(string marked, string[] expected)
    {
        var source = new MarkedSource(marked);
        Compiled compiled = Compiled.From(source.Wrong);
        IReadOnlyList<Diagnostic> actual = compiled.Findings();
        Assert.Equal(expected, Texts(actual));
        Assert.Equal(source.Spans, actual.Select(diagnostic => diagnostic.Location.SourceSpan));
        Assert.All(actual, diagnostic => Assert.Same(compiled.Input.SyntaxTrees.Single(), diagnostic.Location.SourceTree));

        // Analyzers are not heard where the compiler has errors of its own.
        Assert.Equal(actual.Where(finding => finding.Severity == DiagnosticSeverity.Error).ToHashSet(), compiled.GeneratorDiagnostics.ToHashSet());
        return compiled;
    }

    private static void AssertClean(Compiled right)
    {
        Assert.Empty(Texts(right.Findings()));
        Assert.Empty(right.CompilerDiagnostics);
        Assert.NotEmpty(right.Files);
    }

    private static IEnumerable<string> Texts(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage()}");
}
