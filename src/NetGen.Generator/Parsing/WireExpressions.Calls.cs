using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Parsing;

/// <summary>Calls of the members of <c>Wiring</c> and <c>Signal</c>.</summary>
internal sealed partial class WireExpressions
{
    /// <summary>Reads a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="result">Its result, or null for none.</param>
    /// <returns>Whether it could be read.</returns>
    private bool Call(InvocationExpressionSyntax call, out object? result)
    {
        result = null;
        if (call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" } && call.ArgumentList.Arguments.Count == 1)
        {
            result = call.ArgumentList.Arguments[0].Expression.GetLastToken().ValueText;
            return true;
        }

        if (call.Expression is not MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } access || !access.IsKind(SyntaxKind.SimpleMemberAccessExpression) || !IsLocal(access.Expression))
        {
            return call.Expression is not IdentifierNameSyntax called || !IsLocal(called) || Value(called) is not null ? Unknown(call.Expression) : false;
        }

        object? owner = Value(access.Expression);
        IReadOnlyDictionary<string, WireParameter[]>? members = owner switch { WireParameterValue => WireMembers.Wiring, WireSignal => WireMembers.Signal, _ => null };
        if (owner is null)
        {
            return false;
        }

        if (members is null || !members.TryGetValue(name.Identifier.ValueText, out WireParameter[]? parameters))
        {
            return Unknown(name);
        }

        if (_graph.Nodes >= WireGraph.MostNodes)
        {
            return TooLong(call.FirstAncestorOrSelf<StatementSyntax>() ?? SyntaxFactory.EmptyStatement());
        }

        var read = new WireCall(name.Identifier.GetLocation());
        if (!Arguments(call, parameters, read))
        {
            return false;
        }

        result = owner is WireSignal signal ? _graph.OfSignal(name.Identifier.ValueText, signal, read) : _graph.OfWiring(name.Identifier.ValueText, read);
        return true;
    }

    private bool Arguments(InvocationExpressionSyntax call, WireParameter[] parameters, WireCall read)
    {
        var signals = new List<WireSignal>();
        for (int index = 0; index < call.ArgumentList.Arguments.Count; index++)
        {
            ArgumentSyntax argument = call.ArgumentList.Arguments[index];
            WireParameter? parameter = argument.NameColon is { } named
                ? parameters.FirstOrDefault(one => one.Name == named.Name.Identifier.ValueText)
                : index < parameters.Length ? parameters[index] : parameters[parameters.Length - 1];
            if (parameter is null || (parameter.Type != WireType.Signals && read.Has(parameter.Name)))
            {
                return Unknown(call);
            }

            if (argument.Expression.IsKind(SyntaxKind.NullLiteralExpression) && parameter.IsOptional)
            {
                continue;
            }

            if (Argument(argument.Expression, parameter.Type) is not { } value)
            {
                return false;
            }

            if (value is WireFormula)
            {
                parameters = parameters.Where(other => !WireMembers.NotBesideFormulas.Contains(other.Name)).ToArray();
            }

            if (!Fits(value, parameter.Type))
            {
                return _names.IsKnown(call) && NotRead(WireSyntax.Token(argument.Expression));
            }

            if (parameter.Type == WireType.Signals)
            {
                signals.Add((WireSignal)value);
                value = signals;
            }

            read.Add(parameter.Name, value, argument.Expression.GetLocation());
        }

        return parameters.All(parameter => parameter.IsOptional || read.Has(parameter.Name)) || Unknown(call);
    }

    /// <summary>The value of an argument; that of the name of a method in the place of an activation or a loss is its formula.</summary>
    private object? Argument(ExpressionSyntax expression, WireType type)
    {
        if (type is not (WireType.Activation or WireType.Loss) || expression is not SimpleNameSyntax name || _locals.ContainsKey(name.Identifier.ValueText) || !_graph.HasFormula(name.Identifier.ValueText))
        {
            return Value(expression);
        }

        FormulaUse use = type == WireType.Activation ? FormulaUse.Activation : FormulaUse.Loss;
        return _graph.Formula(name.Identifier.ValueText, use, expression.GetLocation()) is { } formula ? new WireFormula(formula) : null;
    }

    private static bool Fits(object value, WireType type) => (type, value) switch
    {
        (WireType.Integer, int) or (WireType.Real, int or double) or (WireType.Flag, bool) or (WireType.Text, string) or (WireType.Signal or WireType.Signals, WireSignal) => true,
        (WireType.Activation or WireType.Loss, WireFormula) => true,
        (WireType.Activation or WireType.Loss or WireType.Reduction, WireMember member) => member.Type == "NetGen." + type,
        _ => false,
    };

    /// <summary>Reports a call that has no value where one is needed, which does not compile.</summary>
    private object? Nothing(InvocationExpressionSyntax call)
    {
        Unknown(call);
        return null;
    }

    /// <summary>Reports what is not read, unless the compiler has an error there; of members that are still to be generated it will have none.</summary>
    /// <returns>False.</returns>
    private bool Unknown(ExpressionSyntax expression)
    {
        SyntaxToken token = WireSyntax.Token(expression);
        return (MemberConflicts.IsGeneratedName(token.ValueText) || _names.IsKnown(expression)) && NotRead(token);
    }
}
