using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Reads <c>static void Wire(Wiring w)</c>, the method that declares a network as a graph: a part of C# that can be read without running anything. Its statements are
/// locals, assignments, calls and <c>for</c> loops over integers; everything else is an error at its token. What does not compile is none. Reading goes on with the next statement, without the values
/// that this one would have given.
/// </summary>
internal sealed class WireReader
{
    /// <summary>The name of the method.</summary>
    public const string Method = "Wire";

    /// <summary>Most statements that reading may take, those of each turn of a loop counted.</summary>
    public const int MostSteps = 20_000;

    private readonly MethodDeclarationSyntax _method;
    private readonly WireGraph _graph;
    private readonly WireExpressions _expressions;
    private readonly CancellationToken _cancellation;
    private int _steps;

    private WireReader(MethodDeclarationSyntax method, WireGraph graph, WireExpressions expressions, CancellationToken cancellation)
    {
        _method = method;
        _graph = graph;
        _expressions = expressions;
        _cancellation = cancellation;
    }

    /// <summary>The method of a class that declares its network, or null.</summary>
    public static MethodDeclarationSyntax? Find(INamedTypeSymbol type, CancellationToken cancellation) => type.GetMembers(Method).OfType<IMethodSymbol>()
        .Where(method => method is { IsStatic: true, ReturnsVoid: true, Arity: 0, Parameters.Length: 1 }
            && IsWiring(method.Parameters[0].Type))
        .SelectMany(method => (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        .Select(reference => reference.GetSyntax(cancellation))
        .OfType<MethodDeclarationSyntax>()
        .FirstOrDefault(method => method.Body is not null || method.ExpressionBody is not null);

    /// <summary>Reports what is called like the method and is not, in a class that declares nothing else.</summary>
    /// <returns>Whether there is such a member.</returns>
    public static bool ReportNearMiss(INamedTypeSymbol type, Findings findings)
    {
        if (type.GetMembers(Method).FirstOrDefault(member => !member.IsImplicitlyDeclared) is not { } member)
        {
            return false;
        }

        var method = member as IMethodSymbol;
        string? mistake = method is null ? "is no method"
            : method.Parameters.Any(parameter => parameter.Type.TypeKind == TypeKind.Error) ? null
            : method.Parameters.Length != 1 || !IsWiring(method.Parameters[0].Type) ? "does not take a Wiring alone"
            : !method.IsStatic ? "is not static"
            : !method.ReturnsVoid ? "returns something"
            : method.Arity > 0 ? "has type parameters"
            : "has no body";
        if (mistake is not null)
        {
            findings.Add(Descriptors.NoInputs, member.Locations[0], type.Name, $"a Wire that {mistake}");
        }

        return true;
    }

    /// <summary>Reads a network.</summary>
    /// <param name="method">The method.</param>
    /// <param name="type">The class.</param>
    /// <param name="compilation">The compilation.</param>
    /// <param name="loss">The loss that the attribute says, which must say none.</param>
    /// <param name="isAlone">Whether attributes declare no network beside the method, of which a loss would be a part.</param>
    /// <param name="options">Knows the number type.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <param name="cancellation">Stops it.</param>
    public static DeclaredNetwork Read(
        MethodDeclarationSyntax method, INamedTypeSymbol type, CSharpCompilation compilation, DeclaredLoss loss, bool isAlone, OptionReader options, Findings findings, CancellationToken cancellation)
    {
        var graph = new WireGraph(type.Name, options, findings);
        var expressions = new WireExpressions(method, new WireNames(compilation, method), graph, findings);
        var reader = new WireReader(method, graph, expressions, cancellation);
        bool isRead = method.ContainsDiagnostics ? false : reader.ReadBody();
        bool isMisplaced = loss.Name is { } name && name != Formulas.Catalogue.NoLoss;
        if (isMisplaced && isAlone)
        {
            findings.Add(Descriptors.LossOfNetwork, loss.Place(DeclaredLoss.Argument), type.Name, loss.Text, "w.Output(name, signal, loss)");
        }

        return graph.Finish(method.Identifier.GetLocation(), isRead, loss) with { IsLossMisplaced = isMisplaced };
    }

    private static bool IsWiring(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Wiring", ContainingType: null, ContainingNamespace: { Name: "NetGen", ContainingNamespace.IsGlobalNamespace: true } };

    private bool ReadBody()
    {
        _expressions.Assign(_method.ParameterList.Parameters[0].Identifier.ValueText, new WireParameterValue());
        return _method.ExpressionBody is { } body ? _expressions.Run(body.Expression) : Run(_method.Body!);
    }

    /// <summary>Reads a statement.</summary>
    /// <returns>Whether it could be read.</returns>
    private bool Run(StatementSyntax statement)
    {
        if (++_steps > MostSteps || _graph.Nodes > WireGraph.MostNodes)
        {
            return _expressions.TooLong(statement);
        }

        _cancellation.ThrowIfCancellationRequested();
        bool isRead = statement switch
        {
            BlockSyntax block => block.Statements.Aggregate(true, (isRead, one) => Run(one) && isRead),
            LabeledStatementSyntax labeled => Run(labeled.Statement),
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } local => Declare(local.Declaration),
            ExpressionStatementSyntax expression => _expressions.Run(expression.Expression),
            ForStatementSyntax loop => Run(loop),
            EmptyStatementSyntax => true,
            _ => _expressions.NotRead(WireSyntax.Token(statement)),
        };
        if (!isRead)
        {
            _expressions.Forget(statement);
        }

        return isRead;
    }

    private bool Declare(VariableDeclarationSyntax declaration)
    {
        bool isReal = declaration.Type is PredefinedTypeSyntax { Keyword: var keyword } && keyword.IsKind(SyntaxKind.DoubleKeyword);
        bool isKnown = isReal || declaration.Type is IdentifierNameSyntax or QualifiedNameSyntax or AliasQualifiedNameSyntax
            || (declaration.Type is PredefinedTypeSyntax { Keyword: var word } && (word.IsKind(SyntaxKind.IntKeyword) || word.IsKind(SyntaxKind.StringKeyword) || word.IsKind(SyntaxKind.BoolKeyword)));
        if (!isKnown)
        {
            return _expressions.NotRead(declaration.Type.GetFirstToken());
        }

        foreach (VariableDeclaratorSyntax variable in declaration.Variables)
        {
            if (variable.Initializer is not { } initializer)
            {
                // The compiler sees to it that it has a value before it is used.
                continue;
            }

            if (_expressions.Value(initializer.Value) is not { } value)
            {
                return false;
            }

            _expressions.Assign(variable.Identifier.ValueText, isReal && value is int whole ? (double)whole : value);
        }

        return true;
    }

    private bool Run(ForStatementSyntax loop)
    {
        if (loop.Condition is null)
        {
            return _expressions.NotRead(loop.ForKeyword);
        }

        if (loop.Declaration is not null ? !Declare(loop.Declaration) : !loop.Initializers.All(_expressions.Run))
        {
            return false;
        }

        while (true)
        {
            object? goes = _expressions.Value(loop.Condition);
            if (goes is not bool isTrue)
            {
                return goes is not null && _expressions.NotRead(WireSyntax.Token(loop.Condition));
            }

            if (!isTrue)
            {
                return true;
            }

            if (_steps > MostSteps)
            {
                return _expressions.TooLong(loop);
            }

            if (!Run(loop.Statement) || !loop.Incrementors.All(_expressions.Run))
            {
                return false;
            }
        }
    }
}
