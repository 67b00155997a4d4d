using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Finds the first update of a network that a method has just made and not initialised. Only what is certain is reported: the network is a local variable, and
/// nothing that could fill it comes before the update.
/// </summary>
internal static class ZeroStart
{
    private const string Step = "SgdStep";

    /// <summary>What is wrong with a call, if it is such an update.</summary>
    public static Diagnostic? Find(IInvocationOperation call, CancellationToken cancellation)
    {
        if (call.TargetMethod.Name != Step || call.Instance is not ILocalReferenceOperation { Local: var network, Syntax: { Parent: MemberAccessExpressionSyntax access } use }
            || !LearnsNothingFromZero(network.Type)
            || network.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not VariableDeclaratorSyntax declarator
            || declarator.Initializer?.Value is not BaseObjectCreationExpressionSyntax { Initializer: null } creation
            || !SymbolEqualityComparer.Default.Equals(call.SemanticModel?.GetTypeInfo(creation, cancellation).Type, network.Type)
            || Function(use) != Function(declarator))
        {
            return null;
        }

        bool MayFill(IdentifierNameSyntax name) => name.Identifier.ValueText == network.Name && name != use && (name.SpanStart < use.SpanStart || !IsHarmless(name, use));
        return Scope(declarator).DescendantNodes().OfType<IdentifierNameSyntax>().Any(MayFill)
            ? null
            : Diagnostic.Create(Descriptors.ZeroStart, access.Name.GetLocation(), network.Type.Name, network.Name);
    }

    /// <summary>Whether a new object of the type is a network of two layers or more. One layer can begin with zeros, and a constructor may fill the rest.</summary>
    private static bool LearnsNothingFromZero(ITypeSymbol type) =>
        type is INamedTypeSymbol { BaseType.SpecialType: SpecialType.System_Object } network
        && TypeNames.Attributes(network, DeclarationParser.NetworkAttribute).Any()
        && TypeNames.Attributes(network, DeclarationParser.DenseAttribute).Skip(1).Any()
        && network.InstanceConstructors.All(constructor => constructor.IsImplicitlyDeclared);

    /// <summary>Whether a use after the update fills nothing, or cannot run before it, as it might in a loop or in another function.</summary>
    private static bool IsHarmless(IdentifierNameSyntax name, SyntaxNode use) =>
        name.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax, Name.Identifier.ValueText: Step or "Forward" }
        || (!name.Ancestors().Any(IsRepeated) && Function(name) == Function(use));

    private static bool IsRepeated(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or LabeledStatementSyntax;

    /// <summary>The function in a function around a node, if there is one.</summary>
    private static SyntaxNode? Function(SyntaxNode node) => node.FirstAncestorOrSelf<SyntaxNode>(ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    /// <summary>The member, or the file whose statements are the program.</summary>
    private static SyntaxNode Scope(SyntaxNode node)
    {
        MemberDeclarationSyntax member = node.FirstAncestorOrSelf<MemberDeclarationSyntax>()!;
        return member is GlobalStatementSyntax ? member.Parent! : member;
    }
}
