using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Parsing;

namespace NetGen.Generator;

/// <summary>Reports what is wrong with a declaration, through the parser that the generator uses.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = typeof(Descriptors)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetValue(null))
        .OfType<DiagnosticDescriptor>()
        .OrderBy(descriptor => descriptor.Id, System.StringComparer.Ordinal)
        .ToImmutableArray();

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(static start =>
        {
            // A project that does not reference the attributes costs one look-up.
            if (start.Compilation.GetTypesByMetadataName(DeclarationParser.NetworkAttribute).IsEmpty)
            {
                return;
            }

            start.RegisterSymbolAction(
                static symbol =>
                {
                    var type = (INamedTypeSymbol)symbol.Symbol;
                    var compilation = (CSharpCompilation)symbol.Compilation;
                    foreach (Diagnostic diagnostic in DeclarationParser.Diagnose(type, compilation, symbol.CancellationToken))
                    {
                        symbol.ReportDiagnostic(diagnostic);
                    }
                },
                SymbolKind.NamedType);
        });
    }
}
