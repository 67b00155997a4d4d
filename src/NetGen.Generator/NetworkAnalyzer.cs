using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Parsing;
using NetGen.Generator.Planning;

namespace NetGen.Generator;

/// <summary>
/// Reports what there is to say about a declaration beside its errors, through the parser that the generator uses. The generator reports the errors; they are
/// among those that this class supports, so that tools list all of them.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

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
                    foreach (Diagnostic diagnostic in DeclarationParser.Advise(type, compilation, CostLimits.Of, symbol.CancellationToken))
                    {
                        symbol.ReportDiagnostic(diagnostic);
                    }
                },
                SymbolKind.NamedType);
            start.RegisterOperationAction(
                static operation =>
                {
                    if (ZeroStart.Find((IInvocationOperation)operation.Operation, operation.CancellationToken) is { } diagnostic)
                    {
                        operation.ReportDiagnostic(diagnostic);
                    }
                },
                OperationKind.Invocation);
        });
    }
}
