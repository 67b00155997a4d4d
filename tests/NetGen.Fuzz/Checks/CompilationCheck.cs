using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.TestKit;

namespace NetGen.Fuzz.Checks;

/// <summary>What must hold for any source text, right or wrong.</summary>
internal static class CompilationCheck
{
    private const string NetworkAttribute = "NetGen.NetworkAttribute";

    /// <summary>What does not hold.</summary>
    /// <param name="compiled">The source text with what was generated for it.</param>
    /// <param name="hasMistake">Someone must name a mistake.</param>
    public static IEnumerable<string> Problems(Compiled compiled, bool hasMistake)
    {
        // A generator that throws is reported as CS8785, an analyzer as AD0001.
        foreach (Diagnostic diagnostic in compiled.GeneratorDiagnostics)
        {
            yield return $"The generator: {diagnostic}";
        }

        foreach (GeneratorRunResult result in compiled.Driver.GetRunResult().Results.Where(result => result.Exception is not null))
        {
            yield return $"The generator threw: {result.Exception}";
        }

        IReadOnlyList<Diagnostic> analyzer = compiled.AnalyzerDiagnostics();
        foreach (Diagnostic diagnostic in analyzer.Where(diagnostic => !diagnostic.Id.StartsWith("NETGEN", StringComparison.Ordinal)))
        {
            yield return $"The analyzer: {diagnostic}";
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

        bool isReported = own.Length > 0 || analyzer.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (hasMistake && !isReported && said.All(diagnostic => diagnostic.Severity == DiagnosticSeverity.Hidden))
        {
            yield return "A mistake that nobody names.";
        }

        foreach (Diagnostic warning in own.Length > 0 ? [] : compiled.CompilerDiagnostics.Where(IsInGenerated))
        {
            yield return $"A warning in generated code: {warning}";
        }

        int declared = Types(compiled.Input.Assembly.GlobalNamespace)
            .Count(type => type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == NetworkAttribute));
        if (!isReported && compiled.Files.Count != declared)
        {
            yield return $"{declared} networks are declared and {compiled.Files.Count} were generated, without a word.";
        }
    }

    private static bool IsInGenerated(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    private static (string Path, int Line) LineOf(Diagnostic error) =>
        (error.Location.SourceTree?.FilePath ?? error.Id, error.Location.GetLineSpan().StartLinePosition.Line);

    private static Diagnostic[] Errors(IEnumerable<Diagnostic> diagnostics) => diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol symbol) => symbol.GetMembers()
        .OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));
}
