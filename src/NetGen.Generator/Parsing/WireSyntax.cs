using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Parsing;

/// <summary>What the syntax of the method says where it is not read.</summary>
internal static class WireSyntax
{
    /// <summary>The token that says what a statement or an expression is, which is not always the first one.</summary>
    public static SyntaxToken Token(SyntaxNode node) => node switch
    {
        LocalFunctionStatementSyntax function => function.Identifier,
        LambdaExpressionSyntax lambda => lambda.ArrowToken,
        ConditionalExpressionSyntax choice => choice.QuestionToken,
        SwitchExpressionSyntax choice => choice.SwitchKeyword,
        IsPatternExpressionSyntax pattern => pattern.IsKeyword,
        WithExpressionSyntax with => with.WithKeyword,
        AssignmentExpressionSyntax assignment => assignment.OperatorToken,
        BinaryExpressionSyntax binary => binary.OperatorToken,
        PostfixUnaryExpressionSyntax unary => unary.OperatorToken,
        ConditionalAccessExpressionSyntax access => access.OperatorToken,
        ElementAccessExpressionSyntax access => access.ArgumentList.OpenBracketToken,
        MemberAccessExpressionSyntax access => access.Name.Identifier,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } => called.Name.Identifier,
        CastExpressionSyntax cast => cast.Type.GetFirstToken(),
        _ => node.GetFirstToken(),
    };

    /// <summary>How such a token stands in a message.</summary>
    public static string Text(SyntaxToken token) => token.Parent switch
    {
        ConditionalExpressionSyntax => "?:",
        ConditionalAccessExpressionSyntax => "?.",
        BracketedArgumentListSyntax => "[]",
        _ => token.ValueText,
    };

    /// <summary>The names that a statement declares or gives values to, wherever in it.</summary>
    public static IEnumerable<string> Assigned(StatementSyntax statement) => statement.DescendantNodesAndSelf().SelectMany(node => node switch
    {
        VariableDeclaratorSyntax variable => new[] { variable.Identifier },
        SingleVariableDesignationSyntax variable => new[] { variable.Identifier },
        ForEachStatementSyntax loop => new[] { loop.Identifier },
        LocalFunctionStatementSyntax function => new[] { function.Identifier },
        AssignmentExpressionSyntax assignment => Names(assignment.Left),
        PostfixUnaryExpressionSyntax unary => Names(unary.Operand),
        PrefixUnaryExpressionSyntax unary when unary.OperatorToken.Text is "++" or "--" => Names(unary.Operand),
        ArgumentSyntax argument when argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword) || argument.RefKindKeyword.IsKind(SyntaxKind.RefKeyword) => Names(argument.Expression),
        _ => Enumerable.Empty<SyntaxToken>(),
    }).Select(token => token.ValueText);

    private static IEnumerable<SyntaxToken> Names(ExpressionSyntax expression) => expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(name => name.Identifier);
}
