using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>What is said about a project rather than a declaration: it depends on the target framework and the language.</summary>
public sealed partial class DiagnosticTests
{
    private const string Net = "[⟦Network(2)⟧] [Dense(3)] sealed partial class Net { }";
    private const string FusedNet = "[⟦Network(2, Arithmetic = ⟦Arithmetic.Fused⟧)⟧] [Dense(3)] sealed partial class Net { }";
    private const string Remedy = "target net8.0 or netstandard2.1 or later with C# 9 or later";
    private const string NeedsSpans = $"NETGEN014: 'Net' needs System.Span<T> and MemoryMarshal.CreateSpan, which the target framework lacks; {Remedy}";

    private static readonly string[] ProjectIds = ["NETGEN014", "NETGEN082", "NETGEN083"];

    /// <summary>Frameworks and languages that give less than the newest do.</summary>
    public static TheoryData<string, LanguageVersion, string, string[]> Projects => new()
    {
        { "netstandard2.0", LanguageVersion.CSharp7_3, Net, [NeedsLanguage("7.3")] },
        { "netstandard2.0", LanguageVersion.CSharp8, Net, [NeedsLanguage("8.0")] },
        { "netstandard2.0", LanguageVersion.CSharp9, Net, [NeedsSpans] },
        { "netstandard2.0", LanguageVersion.Latest, Net, [NeedsSpans] },
        { "netstandard2.1", LanguageVersion.CSharp7_3, Net, [NeedsLanguage("7.3")] },
        { "netstandard2.1", LanguageVersion.CSharp8, Net, [NeedsLanguage("8.0")] },
        { "netstandard2.1", LanguageVersion.CSharp9, Net, [NoVectors("a target framework from net8.0 on")] },
        { "netstandard2.1", LanguageVersion.Latest, Net, [NoVectors("a target framework from net8.0 on")] },
        { "net8.0", LanguageVersion.CSharp7_3, Net, [NeedsLanguage("7.3")] },
        { "net8.0", LanguageVersion.CSharp8, Net, [NeedsLanguage("8.0")] },
        { "net8.0", LanguageVersion.CSharp9, Net, [NoVectors("C# 11, and the project uses C# 9.0")] },
        { "net8.0", LanguageVersion.CSharp10, Net, [NoVectors("C# 11, and the project uses C# 10.0")] },
        { "netstandard2.1", LanguageVersion.CSharp9, FusedNet, [NoVectors("a target framework from net8.0 on"), NoFusion("a target framework from net8.0 on")] },
        { "net8.0", LanguageVersion.CSharp9, FusedNet, [NoVectors("C# 11, and the project uses C# 9.0"), NoFusion("C# 11, and the project uses C# 9.0")] },
    };

    /// <summary>One message at the declaration, which is right as it stands: the newest framework and language compile it without a word.</summary>
    /// <param name="framework">The target framework.</param>
    /// <param name="language">The version of C#.</param>
    /// <param name="marked">The declaration, as <see cref="MarkedSource"/> reads it.</param>
    /// <param name="expected">Ids and messages, in order of place.</param>
    [Theory]
    [MemberData(nameof(Projects))]
    public void A_framework_or_language_that_is_too_old_is_reported_at_the_declaration(string framework, LanguageVersion language, string marked, string[] expected)
    {
        var source = new MarkedSource(marked);
        Compiled compiled = Compiled.From(source.Wrong, language: language, references: Compiled.References(framework));
        Assert.Equal(expected, Texts(compiled.Findings()));
        Assert.Equal(source.Spans, compiled.Findings().Select(diagnostic => diagnostic.Location.SourceSpan));
        Assert.Equal(expected[0].StartsWith("NETGEN014", StringComparison.Ordinal) ? 0 : 1, compiled.Files.Count);
        Assert.Empty(compiled.CompilerDiagnostics);
        AssertClean(Compiled.From(source.Right));
    }

    /// <summary>Generated code finds NetGen in the global namespace alone.</summary>
    [Theory]
    [InlineData("X")]
    [InlineData("X,global")]
    public void A_reference_under_an_alias_needs_the_global_one_too(string aliases)
    {
        MetadataReference reference = Compiled.NetGenReference.WithAliases(aliases.Split(','));
        Compiled compiled = Compiled.From(
            "extern alias X; using X::NetGen; [Network(2, Loss.SquaredError)] [Dense(3)] sealed partial class Net { }", references: Compiled.PlatformReferences.Append(reference));
        string[] expected = aliases == "X"
            ? ["NETGEN014: 'Net' needs NetGen in the global namespace, and the reference has an alias in its place; add 'global' to the aliases of the reference"]
            : [];
        Assert.Equal(expected, Texts(compiled.Findings()));
        Assert.Empty(compiled.CompilerDiagnostics);
    }

    /// <summary>What a build says before the compiler runs.</summary>
    private static (string Code, string Text)[] BuildErrors { get; } = BuildTargets("Error")
        .Select(error => (error.Attribute("Code")!.Value, error.Attribute("Text")!.Value))
        .ToArray();

    [Fact]
    public void Every_error_of_the_build_has_a_page_and_names_it()
    {
        string index = File.ReadAllText(Path.Combine(Paths.DiagnosticPages, "README.md"));
        Assert.Equal(Paths.PageAddress, Assert.Single(BuildTargets("_NetGenPages").Select(page => page.Value).Distinct()));
        Assert.Equal(["NETGENCFG001", "NETGENCFG002", "NETGENCFG003", "NETGENCFG004"], BuildErrors.Select(error => error.Code));
        Assert.All(BuildErrors, error =>
        {
            Assert.EndsWith($" $(_NetGenPages){error.Code}.md", error.Text);
            Match heading = Regex.Match(File.ReadAllText(Path.Combine(Paths.DiagnosticPages, error.Code + ".md")), $"^# {error.Code}: (.*)\n\nSeverity: error\n");
            Assert.True(heading.Success);
            Assert.Contains($"| [{error.Code}]({error.Code}.md) | error | {heading.Groups[1].Value} |", index);
        });
    }

    /// <summary>Elements of all that the package adds to builds.</summary>
    private static IEnumerable<XElement> BuildTargets(string name) =>
        Directory.GetFiles(Paths.BuildTargets, "*.targets").OrderDescending(StringComparer.Ordinal).SelectMany(file => XDocument.Load(file).Descendants(name));

    /// <summary>Where the build does not say that the language is too old, as in Unity, the analyzer does.</summary>
    [Fact]
    public void The_page_about_the_language_is_true() =>
        AssertProjectsAreTrue("NETGEN014", File.ReadAllText(Path.Combine(Paths.DiagnosticPages, "NETGENCFG002.md")));

    /// <summary>The project files of a page, each of whose frameworks is compiled with the language that it gets there.</summary>
    private static void AssertProjectsAreTrue(string id, string page)
    {
        string[] halves = page.Split("## Right\n");
        Assert.All(ProjectsOf(halves[0]), project => Assert.Contains(id, project.Findings().Select(diagnostic => diagnostic.Id)));
        Assert.All(ProjectsOf(halves[1]), project =>
        {
            Assert.DoesNotContain(id, project.Findings().Select(diagnostic => diagnostic.Id));
            Assert.Empty(project.CompilerDiagnostics);
            Assert.Single(project.Files);
        });
    }

    private static List<Compiled> ProjectsOf(string example)
    {
        string project = Assert.Single(Regex.Matches(example, "```xml\n(.*?)```", RegexOptions.Singleline)).Groups[1].Value;
        Match declaration = Regex.Match(example, "```csharp\n(.*?)```", RegexOptions.Singleline);
        string source = declaration.Success ? "using NetGen;\n#pragma warning disable CS1591\n" + declaration.Groups[1].Value : new MarkedSource(Net).Right;
        List<Compiled> compiled = Regex.Match(project, "<TargetFrameworks?>(.*?)</TargetFramework").Groups[1].Value.Split(';')
            .Select(framework => Compiled.From(source, language: LanguageOf(project, framework), references: Compiled.References(framework)))
            .ToList();
        Assert.NotEmpty(compiled);
        return compiled;
    }

    /// <summary>The version of C# in a project file for one of its frameworks: what it sets there, or what the framework has by itself.</summary>
    private static LanguageVersion LanguageOf(string project, string framework)
    {
        Match set = Regex.Match(project, $"<LangVersion(?: Condition=\"'\\$\\(TargetFramework\\)' == '{Regex.Escape(framework)}'\")?>(.*?)</LangVersion>");
        string version = set.Success ? set.Groups[1].Value : framework switch { "netstandard2.0" => "7.3", "netstandard2.1" => "8.0", _ => "latest" };
        Assert.True(LanguageVersionFacts.TryParse(version, out LanguageVersion language));
        return language;
    }

    private static string NeedsLanguage(string version) => $"NETGEN014: 'Net' needs C# 9, and the project uses C# {version}; {Remedy}";

    private static string NoVectors(string need) => $"NETGEN082: 'Net' is computed one number at a time, since vectors need {need}";

    private static string NoFusion(string need) => $"NETGEN083: 'Net' is computed as with Arithmetic.Strict, since fused arithmetic needs {need}";
}
