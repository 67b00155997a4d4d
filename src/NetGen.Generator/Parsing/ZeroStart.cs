using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Parsing;

/// <summary>
/// Finds the first update of a network that a method has just made and not initialised. Only what is certain is reported: the network is a local variable, and
/// nothing that could fill it comes before the update. An update is <c>SgdStep</c>, <c>SgdStepNamed</c>, or <c>Parameters.AddScaled</c> of a gradient of the network's own.
/// </summary>
internal static class ZeroStart
{
    private static readonly string[] Steps = { "SgdStep", "SgdStepNamed" };
    private const string Addition = "AddScaled";
    private const string Parameters = "Parameters";

    /// <summary>Members of a buffer that fill nothing.</summary>
    private static readonly string[] BufferReads = { "Length", "Layout", "CopyTo", "IsFinite", "Norm" };

    /// <summary>What else may be done with a gradient, so that it stays one.</summary>
    private static readonly string[] GradientUses = { "Clear", "ClipNorm", "ClipValue" };

    /// <summary>What is wrong with a call, if it is such an update.</summary>
    public static Diagnostic? Find(IInvocationOperation call, CancellationToken cancellation)
    {
        if (Updated(call) is not { Local: var network, Syntax: var use }
            || call is not { SemanticModel: { } model, Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } invocation }
            || !LearnsNothingFromZero(network.Type, (CSharpCompilation)model.Compilation, cancellation)
            || Declarator(network, cancellation) is not { Initializer.Value: BaseObjectCreationExpressionSyntax { Initializer: null } creation } declarator
            || !SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(creation, cancellation).Type, network.Type)
            || Function(use) != Function(declarator)
            || Scope(declarator) is not { } scope
            || scope.DescendantNodes().Any(node => node is GotoStatementSyntax))
        {
            return null;
        }

        // Arguments of the update are computed before it.
        bool Fills(IdentifierNameSyntax name) =>
            !IsRead(name, model, cancellation) && (name.SpanStart < invocation.Span.End || !(IsStep(name, model, cancellation) || IsLater(name, use)));
        return Uses(network, scope, model, cancellation).Any(name => name != use && Fills(name))
            || (call.TargetMethod.Name == Addition && !AddsGradient(invocation, network, scope, model, cancellation))
            ? null
            : Diagnostic.Create(Descriptors.ZeroStart, access.Name.GetLocation(), network.Type.Name, network.Name);
    }

    /// <summary>The network that a call updates, if it is a local variable.</summary>
    private static ILocalReferenceOperation? Updated(IInvocationOperation call) => call switch
    {
        { TargetMethod: { } step, Instance: ILocalReferenceOperation network } when Steps.Contains(step.Name) && MemberConflicts.IsGenerated(step) => network,
        { TargetMethod.Name: Addition, Instance: IPropertyReferenceOperation { Property.Name: Parameters, Instance: ILocalReferenceOperation network } }
            => network,
        _ => null,
    };

    /// <summary>
    /// Whether a new object of the type is a network in which a product leads to another. One alone can begin with zeros, and a constructor may fill the rest.
    /// </summary>
    private static bool LearnsNothingFromZero(ITypeSymbol type, CSharpCompilation compilation, CancellationToken cancellation) =>
        type is INamedTypeSymbol { BaseType.SpecialType: SpecialType.System_Object } network
        && TypeNames.Attributes(network, DeclarationParser.NetworkAttribute).Any()
        && network.InstanceConstructors.All(constructor => constructor.IsImplicitlyDeclared)
        && DeclarationParser.Read(network, compilation, cancellation).Declaration is { Spec.Graph: var graph }
        && HasProductAfterProduct(graph);

    private static bool HasProductAfterProduct(NetworkGraph graph)
    {
        var follows = new bool[graph.Nodes.Count];
        for (int node = 0; node < follows.Length; node++)
        {
            bool comesAfter = graph.Nodes[node].Inputs.Any(input => follows[input]);
            bool isProduct = graph.Nodes[node].Layer is Dense;
            if (comesAfter && isProduct)
            {
                return true;
            }

            follows[node] = comesAfter || isProduct;
        }

        return false;
    }

    /// <summary>Whether what a call adds is a gradient of the network at zero: a buffer that nothing but its passes back add to, and one of them does.</summary>
    private static bool AddsGradient(
        InvocationExpressionSyntax call, ILocalSymbol network, SyntaxNode scope, SemanticModel model, CancellationToken cancellation)
    {
        bool IsPass(SyntaxNode name) => name.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } }
            && access.Name.Identifier.ValueText is "Backward" or "BackwardBatch"
            && Receiver(access) == network.Name
            && IsGenerated(access, model, cancellation);
        bool IsHarmless(SyntaxNode name) => name.Parent switch
        {
            MemberAccessExpressionSyntax access => BufferReads.Concat(GradientUses).Contains(access.Name.Identifier.ValueText),
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } } => access.Name.Identifier.ValueText == Addition,
            _ => false,
        };

        if (call.ArgumentList.Arguments.FirstOrDefault()?.Expression is not IdentifierNameSyntax argument
            || model.GetSymbolInfo(argument, cancellation).Symbol is not ILocalSymbol gradient
            || Declarator(gradient, cancellation)?.Initializer?.Value
                is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CreateGradient" } create }
            || !IsGenerated(create, model, cancellation))
        {
            return false;
        }

        List<IdentifierNameSyntax> uses = Uses(gradient, scope, model, cancellation).ToList();
        return uses.All(name => IsPass(name) || IsHarmless(name)) && uses.Any(IsPass);
    }

    /// <summary>Whether a use of a network reads it: a generated member that neither fills nor updates it, or a part of the parameters that is no number.</summary>
    private static bool IsRead(IdentifierNameSyntax name, SemanticModel model, CancellationToken cancellation)
    {
        if (name.Parent is not MemberAccessExpressionSyntax access || access.Expression != name)
        {
            return false;
        }

        string member = access.Name.Identifier.ValueText;
        return member == Parameters
            ? access.Parent is MemberAccessExpressionSyntax part && part.Expression == access && BufferReads.Contains(part.Name.Identifier.ValueText)
            : !Steps.Contains(member) && member != "Initialize" && IsGenerated(access, model, cancellation);
    }

    private static bool IsStep(IdentifierNameSyntax name, SemanticModel model, CancellationToken cancellation) =>
        name.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access && Steps.Contains(access.Name.Identifier.ValueText) && IsGenerated(access, model, cancellation);

    /// <summary>Whether a use behind the update cannot run before it, as it might in a loop or in another function.</summary>
    private static bool IsLater(IdentifierNameSyntax name, SyntaxNode use) => !name.Ancestors().Any(IsRepeated) && Function(name) == Function(use);

    private static bool IsRepeated(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    private static bool IsGenerated(MemberAccessExpressionSyntax access, SemanticModel model, CancellationToken cancellation) =>
        model.GetSymbolInfo(access, cancellation).Symbol is { } member && MemberConflicts.IsGenerated(member);

    private static string? Receiver(MemberAccessExpressionSyntax access) => (access.Expression as IdentifierNameSyntax)?.Identifier.ValueText;

    private static VariableDeclaratorSyntax? Declarator(ILocalSymbol local, CancellationToken cancellation) =>
        local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) as VariableDeclaratorSyntax;

    /// <summary>Where a local variable is named.</summary>
    private static IEnumerable<IdentifierNameSyntax> Uses(ILocalSymbol local, SyntaxNode scope, SemanticModel model, CancellationToken cancellation) =>
        scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name =>
            name.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, local));

    /// <summary>The function in a function around a node, if there is one; a query runs when its results are asked for, as a function does.</summary>
    private static SyntaxNode? Function(SyntaxNode node) => node.FirstAncestorOrSelf<SyntaxNode>(ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or QueryExpressionSyntax);

    /// <summary>The member, or the file whose statements are the program.</summary>
    private static SyntaxNode Scope(SyntaxNode node)
    {
        MemberDeclarationSyntax member = node.FirstAncestorOrSelf<MemberDeclarationSyntax>()!;
        return member is GlobalStatementSyntax ? member.Parent! : member;
    }
}
