using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using NetGen.TestKit;

namespace NetGen.Fuzz.Checks;

/// <summary>What must hold for any source text, right or wrong.</summary>
internal static class CompilationCheck
{
    private const string NetworkAttribute = "NetGen.NetworkAttribute";

    /// <summary>
    /// Characters of a line, of which a derivative of gelu in its tanh form has up to 1,250; words that are longer than anything that the generator writes by itself are the
    /// user's and do not count.
    /// </summary>
    private const int LongestLine = 1300, LongestWord = 60;

    /// <summary>Bytes of a name that file systems have room for.</summary>
    private const int MostNameBytes = 255;

    /// <summary>What does not hold.</summary>
    /// <param name="compiled">The source text with what was generated for it.</param>
    /// <param name="hasMistake">Someone must name a mistake.</param>
    public static IEnumerable<string> Problems(Compiled compiled, bool hasMistake)
    {
        // A generator that throws is reported as CS8785, an analyzer as AD0001.
        foreach (Diagnostic diagnostic in compiled.GeneratorDiagnostics.Where(diagnostic => !IsOwn(diagnostic)))
        {
            yield return $"The generator: {diagnostic}";
        }

        foreach (GeneratorRunResult result in compiled.Driver.GetRunResult().Results.Where(result => result.Exception is not null))
        {
            yield return $"The generator threw: {result.Exception}";
        }

        IReadOnlyList<Diagnostic> analyzer = compiled.AnalyzerDiagnostics();
        foreach (Diagnostic diagnostic in analyzer.Where(diagnostic => !IsOwn(diagnostic) || diagnostic.Severity == DiagnosticSeverity.Error))
        {
            yield return $"The analyzer: {diagnostic}";
        }

        foreach (Diagnostic twice in compiled.Findings().GroupBy(diagnostic => diagnostic).Where(same => same.Count() > 1).Select(same => same.Key))
        {
            yield return $"Said twice: {twice}";
        }

        ImmutableArray<Diagnostic> said = compiled.Input.GetDiagnostics();
        Diagnostic[] own = Errors(said);
        Diagnostic[] all = Errors(compiled.CompilerDiagnostics);

        // A line that is wrong by itself may be wrong in another way when the members that it calls exist.
        HashSet<(string, int)> known = own.Select(LineOf).ToHashSet();
        foreach (Diagnostic error in all.Where(error => !known.Contains(LineOf(error))))
        {
            yield return $"An error that the user's part does not have: {error}";
        }

        bool isReported = own.Length > 0 || compiled.GeneratorDiagnostics.Length > 0;
        if (hasMistake && !isReported && said.All(diagnostic => diagnostic.Severity == DiagnosticSeverity.Hidden))
        {
            yield return "A mistake that nobody names.";
        }

        foreach (Diagnostic warning in own.Length > 0 ? [] : compiled.CompilerDiagnostics.Where(IsInGenerated))
        {
            yield return $"A warning in generated code: {warning}";
        }

        foreach (string problem in compiled.Files.SelectMany(file => TextProblems(file.Key, file.Value)))
        {
            yield return problem;
        }

        if (compiled.Files.Keys.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(names => names.Count() > 1) is { } same)
        {
            yield return $"On some systems these are one file: {string.Join(", ", same)}";
        }

        int declared = Types(compiled.Input.Assembly.GlobalNamespace)
            .Count(type => type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == NetworkAttribute));
        if (!isReported && compiled.Files.Count != declared)
        {
            yield return $"{declared} networks are declared and {compiled.Files.Count} were generated, without a word.";
        }
    }

    /// <summary>What of a generated file would trouble a file system or an editor, whatever is declared.</summary>
    private static IEnumerable<string> TextProblems(string name, string text)
    {
        if (Encoding.UTF8.GetByteCount(name) > MostNameBytes)
        {
            yield return $"A file system may refuse {name}.";
        }

        // Names are the user's, and as long as they like.
        if (text.Split('\n').FirstOrDefault(line => line.Length > LongestLine + Words(line).Where(word => word.Length > LongestWord).Sum(word => word.Length)) is { } line)
        {
            yield return $"A line of {line.Length} characters in {name}: {line}";
        }
    }

    private static IEnumerable<string> Words(string line) => line.Split([' ', '.', ':', '"', '<', '>', '(', ')', ',', ';'], StringSplitOptions.RemoveEmptyEntries);

    private static bool IsOwn(Diagnostic diagnostic) => diagnostic.Id.StartsWith("NETGEN", StringComparison.Ordinal);

    private static bool IsInGenerated(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    private static (string Path, int Line) LineOf(Diagnostic error) =>
        (error.Location.SourceTree?.FilePath ?? error.Id, error.Location.GetLineSpan().StartLinePosition.Line);

    private static Diagnostic[] Errors(IEnumerable<Diagnostic> diagnostics) => diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol symbol) => symbol.GetMembers()
        .OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));
}
