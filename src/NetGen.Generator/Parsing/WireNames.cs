using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Finds what names in a method stand for that are not its own: constants, members of enums, and the types and namespaces before them. Only names are looked up, each once;
/// nothing of the method is bound, which would take the compiler many times as long.
/// </summary>
internal sealed class WireNames
{
    private readonly CSharpCompilation _compilation;
    private readonly MethodDeclarationSyntax _method;
    private readonly Dictionary<string, ISymbol?> _known = new();
    private SemanticModel? _model;

    /// <summary>Prepares the search.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="method">The method.</param>
    public WireNames(CSharpCompilation compilation, MethodDeclarationSyntax method)
    {
        _compilation = compilation;
        _method = method;
    }

    private SemanticModel Model => _model ??= _compilation.GetSemanticModel(_method.SyntaxTree);

    /// <summary>The value of a constant, or null where the expression is none.</summary>
    public object? Constant(ExpressionSyntax expression) => Find(expression) is IFieldSymbol { HasConstantValue: true, ConstantValue: { } value } field
        ? field.ContainingType is { TypeKind: TypeKind.Enum } type
            ? new WireMember(type.ToDisplayString(), EnumMembers.NameOf(type, value) ?? System.Convert.ToString(value, CultureInfo.InvariantCulture)!)
            : value
        : null;

    /// <summary>The enum that a name stands for, or null.</summary>
    public INamedTypeSymbol? Enum(ExpressionSyntax type) => Find(type) is INamedTypeSymbol { TypeKind: TypeKind.Enum } found ? found : null;

    /// <summary>Whether the compiler knows what a part of the method means: where it does not, it says so.</summary>
    public bool IsKnown(SyntaxNode node) => Model.GetSymbolInfo(node).Symbol is not null || (node is ExpressionSyntax and not InvocationExpressionSyntax && Model.GetTypeInfo(node).Type is { TypeKind: not TypeKind.Error });

    private ISymbol? Find(ExpressionSyntax expression)
    {
        string key = expression.ToString();
        if (!_known.TryGetValue(key, out ISymbol? symbol))
        {
            symbol = expression switch
            {
                IdentifierNameSyntax name => Simple(name.Identifier.ValueText),
                AliasQualifiedNameSyntax { Alias.Identifier.ValueText: "global", Name: IdentifierNameSyntax name } => Member(_compilation.GlobalNamespace, name.Identifier.ValueText),
                PredefinedTypeSyntax { Keyword: var keyword } when keyword.IsKind(SyntaxKind.IntKeyword) => _compilation.GetSpecialType(SpecialType.System_Int32),
                PredefinedTypeSyntax { Keyword: var keyword } when keyword.IsKind(SyntaxKind.DoubleKeyword) => _compilation.GetSpecialType(SpecialType.System_Double),
                MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } access when access.IsKind(SyntaxKind.SimpleMemberAccessExpression) =>
                    Find(access.Expression) is INamespaceOrTypeSymbol owner ? Member(owner, name.Identifier.ValueText) : null,
                _ => null,
            };
            _known[key] = symbol;
        }

        return symbol;
    }

    /// <summary>What a name means where the method stands, outside of its body.</summary>
    private ISymbol? Simple(string name)
    {
        IEnumerable<ISymbol> found = Model.LookupSymbols(_method.ReturnType.SpanStart, name: name).Select(symbol => symbol is IAliasSymbol alias ? alias.Target : symbol);
        return Best(found);
    }

    private static ISymbol? Member(INamespaceOrTypeSymbol owner, string name)
    {
        for (INamespaceOrTypeSymbol? place = owner; place is not null; place = (place as INamedTypeSymbol)?.BaseType)
        {
            if (Best(place.GetMembers(name)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static ISymbol? Best(IEnumerable<ISymbol> found)
    {
        List<ISymbol> all = found.ToList();
        return all.FirstOrDefault(symbol => symbol is IFieldSymbol { HasConstantValue: true }) ?? all.FirstOrDefault(symbol => symbol is INamespaceOrTypeSymbol and not INamedTypeSymbol { Arity: > 0 });
    }
}
