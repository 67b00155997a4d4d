using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Parsing;

/// <summary>
/// The expressions of the method: integers, real numbers, texts and members of enums, computed as C# does, and calls, which add to the network. The value of one that
/// could not be read is null; then it is reported, or the compiler has an error.
/// </summary>
internal sealed partial class WireExpressions
{
    /// <summary>Characters of a text: names are shorter.</summary>
    private const int MostText = 1024;

    private readonly MethodDeclarationSyntax _method;
    private readonly WireNames _names;
    private readonly WireGraph _graph;
    private readonly Findings _findings;
    private readonly Dictionary<string, object> _locals = new(StringComparer.Ordinal);
    private bool _isTooLong;

    /// <summary>Prepares the reading.</summary>
    /// <param name="method">The method.</param>
    /// <param name="names">Finds constants.</param>
    /// <param name="graph">Receives nodes and outputs.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public WireExpressions(MethodDeclarationSyntax method, WireNames names, WireGraph graph, Findings findings)
    {
        _method = method;
        _names = names;
        _graph = graph;
        _findings = findings;
    }

    /// <summary>Gives a local a value.</summary>
    public void Assign(string local, object value) => _locals[local] = value;

    /// <summary>Takes the values of the locals to which a statement that could not be read gives some.</summary>
    public void Forget(StatementSyntax statement)
    {
        _graph.HasGaps = true;
        foreach (string local in WireSyntax.Assigned(statement))
        {
            _locals[local] = new WireUnknown();
        }
    }

    /// <summary>Reports what is not read.</summary>
    /// <returns>False.</returns>
    public bool NotRead(SyntaxToken token)
    {
        _findings.Add(Descriptors.WireNotRead, token.GetLocation(), WireSyntax.Text(token));
        return false;
    }

    /// <summary>Reports a method that declares too much, once.</summary>
    /// <returns>False.</returns>
    public bool TooLong(StatementSyntax statement)
    {
        if (_isTooLong)
        {
            return false;
        }

        _isTooLong = true;
        SyntaxNode place = statement.AncestorsAndSelf().OfType<ForStatementSyntax>().FirstOrDefault(loop => _method.Span.Contains(loop.Span)) ?? (SyntaxNode)statement;
        _findings.Add(Descriptors.WireTooLong, place.GetFirstToken().GetLocation(), WireReader.MostSteps, WireGraph.MostNodes);
        return false;
    }

    /// <summary>Reads an expression for what it does.</summary>
    /// <returns>Whether it could be read.</returns>
    public bool Run(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax local } assignment:
                return Assign(local, assignment);
            case PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax local } unary when unary.OperatorToken.Text is "++" or "--":
                return Step(local, unary.OperatorToken);
            case PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax local } unary when unary.OperatorToken.Text is "++" or "--":
                return Step(local, unary.OperatorToken);
            case InvocationExpressionSyntax call:
                return Call(call, out _);
            default:
                return NotRead(WireSyntax.Token(expression));
        }
    }

    /// <summary>The value of an expression, or null where it could not be read.</summary>
    public object? Value(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case LiteralExpressionSyntax { Token.Value: int or double or bool or string } literal:
                return literal.Token.Value;
            case IdentifierNameSyntax name when _locals.TryGetValue(name.Identifier.ValueText, out object? local):
                return local is WireUnknown ? null : local;
            case IdentifierNameSyntax or MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression }:
                return Named(expression);
            case ParenthesizedExpressionSyntax inner:
                return Value(inner.Expression);
            case CastExpressionSyntax cast:
                return Cast(cast);
            case PrefixUnaryExpressionSyntax unary:
                return Unary(unary);
            case BinaryExpressionSyntax binary:
                return Value(binary.Left) is { } left && Value(binary.Right) is { } right ? Binary(left, right, binary.OperatorToken) : null;
            case InterpolatedStringExpressionSyntax text:
                return Text(text);
            case InvocationExpressionSyntax call:
                return Call(call, out object? result) ? result ?? Nothing(call) : null;
            default:
                NotRead(WireSyntax.Token(expression));
                return null;
        }
    }

    private static string? Text(object value) => value switch
    {
        string text => text,
        int number => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private bool Assign(IdentifierNameSyntax local, AssignmentExpressionSyntax assignment)
    {
        if (Value(assignment.Right) is not { } value)
        {
            return false;
        }

        string name = local.Identifier.ValueText;
        if (!assignment.IsKind(SyntaxKind.SimpleAssignmentExpression))
        {
            if (!_locals.TryGetValue(name, out object? before))
            {
                return Unknown(local);
            }

            if (before is WireUnknown || Binary(before, value, assignment.OperatorToken) is not { } computed)
            {
                return false;
            }

            value = computed;
        }
        else if (_locals.TryGetValue(name, out object? before) && before is double && value is int whole)
        {
            value = (double)whole;
        }

        _locals[name] = value;
        return true;
    }

    private bool Step(IdentifierNameSyntax local, SyntaxToken step)
    {
        if (!_locals.TryGetValue(local.Identifier.ValueText, out object? value) || value is not int)
        {
            return value is not WireUnknown && NotRead(step);
        }

        object? next = Binary(value, 1, step);
        if (next is not null)
        {
            _locals[local.Identifier.ValueText] = next;
        }

        return next is not null;
    }

    /// <summary>A constant, or the size of a signal.</summary>
    private object? Named(ExpressionSyntax expression)
    {
        if (expression is MemberAccessExpressionSyntax { Name.Identifier: { ValueText: "Size" } size, Expression: var owner } && IsLocal(owner))
        {
            // A size that is wrong was reported where it stands.
            object? signal = Value(owner);
            if (signal is not (null or WireSignal))
            {
                NotRead(size);
            }

            return signal is WireSignal found ? _graph.Size(found) : null;
        }

        object? constant = _names.Constant(expression);
        if (constant is int or double or bool or string or WireMember)
        {
            return constant;
        }

        Unknown(expression);
        return null;
    }

    /// <summary>Whether an expression begins with a local, and so is none of the names of constants.</summary>
    private bool IsLocal(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => _locals.ContainsKey(name.Identifier.ValueText),
        MemberAccessExpressionSyntax access => IsLocal(access.Expression),
        InvocationExpressionSyntax call => IsLocal(call.Expression),
        ParenthesizedExpressionSyntax or BinaryExpressionSyntax => true,
        _ => false,
    };

    private object? Cast(CastExpressionSyntax cast)
    {
        if (Value(cast.Expression) is not { } value)
        {
            return null;
        }

        switch (value)
        {
            case int whole when cast.Type is PredefinedTypeSyntax { Keyword: var keyword } && keyword.IsKind(SyntaxKind.DoubleKeyword):
                return (double)whole;
            case int when cast.Type is PredefinedTypeSyntax { Keyword: var keyword } && keyword.IsKind(SyntaxKind.IntKeyword):
                return value;
            case int number when _names.Enum(cast.Type) is { } type:
                return new WireMember(type.ToDisplayString(), EnumMembers.NameOf(type, number) ?? number.ToString(CultureInfo.InvariantCulture));
            default:
                NotRead(WireSyntax.Token(cast));
                return null;
        }
    }

    private object? Unary(PrefixUnaryExpressionSyntax unary)
    {
        object? value = Value(unary.Operand);
        switch (unary.OperatorToken.Text, value)
        {
            case (_, null):
                return null;
            case ("-", int whole) when whole != int.MinValue:
                return -whole;
            case ("-", double real):
                return -real;
            case ("+", int or double):
                return value;
            case ("!", bool flag):
                return !flag;
            default:
                NotRead(unary.OperatorToken);
                return null;
        }
    }

    private object? Binary(object left, object right, SyntaxToken token)
    {
        string sign = token.Text.Length == 2 && token.Text[1] == '=' && token.Text[0] is '+' or '-' or '*' or '/' or '%' ? token.Text.Substring(0, 1) : token.Text;
        switch ((left, right))
        {
            case (WireSignal x, WireSignal y) when Signals(sign, x, y, token) is { } signal:
                return signal;
            case (int, 0) when sign is "/" or "%":
                return Refuse(token, "The divisor", 0, "another number");
            case (int x, int y) when Integer(sign, x, y) is { } integer:
                return integer is >= int.MinValue and <= int.MaxValue ? (int)integer : Refuse(token, $"The result of '{token.Text}'", integer, "an int");
            case (int x, int y) when Compared(sign, x, y) is { } isTrue:
                return isTrue;
            case (int or double, int or double) when Reals(sign, Convert.ToDouble(left, CultureInfo.InvariantCulture), Convert.ToDouble(right, CultureInfo.InvariantCulture)) is { } real:
                return real;
            case (string or int, string or int) when sign == "+":
                return Joined(Text(left)!, Text(right)!, token);
            default:
                NotRead(token);
                return null;
        }
    }

    private object? Refuse(SyntaxToken token, string what, long value, string range)
    {
        _findings.Add(Descriptors.OutOfRange, token.GetLocation(), what, value, range);
        return null;
    }

    /// <summary>Two texts as one. Loops could double one until there is no memory left.</summary>
    private string? Joined(string left, string right, SyntaxToken token)
    {
        int length = left.Length + right.Length;
        return length <= MostText ? left + right : (string?)Refuse(token, "The length of a text", length, $"at most {MostText}");
    }

    private object? Signals(string sign, WireSignal left, WireSignal right, SyntaxToken token)
    {
        string? member = sign switch { "+" => "Add", "-" => "Subtract", "*" => "Multiply", _ => null };
        if (member is null)
        {
            return null;
        }

        var call = new WireCall(token.GetLocation());
        call.Add("other", right, token.GetLocation());
        return _graph.OfSignal(member, left, call);
    }

    /// <summary>The result of an operation on integers, or null if it is no such operation.</summary>
    private static long? Integer(string sign, int x, int y) => sign switch
    {
        "+" or "++" => (long)x + y,
        "-" or "--" => (long)x - y,
        "*" => (long)x * y,
        "/" => (long)x / y,
        "%" => (long)x % y,
        _ => null,
    };

    private static object? Compared(string sign, int x, int y) => sign switch
    {
        "<" => x < y,
        "<=" => x <= y,
        ">" => x > y,
        ">=" => x >= y,
        "==" => x == y,
        "!=" => x != y,
        _ => null,
    };

    private static object? Reals(string sign, double x, double y) => sign switch
    {
        "+" => x + y,
        "-" => x - y,
        "*" => x * y,
        "/" => x / y,
        _ => null,
    };

    private string? Text(InterpolatedStringExpressionSyntax text)
    {
        string result = "";
        foreach (InterpolatedStringContentSyntax content in text.Contents)
        {
            (string? part, SyntaxToken token) = content is InterpolatedStringTextSyntax literal
                ? (literal.TextToken.ValueText, literal.TextToken)
                : (Text((InterpolationSyntax)content), ((InterpolationSyntax)content).OpenBraceToken);
            if (part is null || Joined(result, part, token) is not { } joined)
            {
                return null;
            }

            result = joined;
        }

        return result;
    }

    private string? Text(InterpolationSyntax hole)
    {
        if (hole.AlignmentClause is not null || hole.FormatClause is not null)
        {
            NotRead(hole.AlignmentClause?.CommaToken ?? hole.FormatClause!.ColonToken);
            return null;
        }

        if (Value(hole.Expression) is not { } value)
        {
            return null;
        }

        if (Text(value) is not { } part)
        {
            NotRead(WireSyntax.Token(hole.Expression));
            return null;
        }

        return part;
    }
}
