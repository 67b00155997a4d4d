using System;
using NetGen.Generator.Formulas;

namespace NetGen.Generator.Emit;

/// <summary>Renders expressions as scalar C#, with as few parentheses as the language allows and the reader likes.</summary>
internal sealed class ExpressionCode
{
    private readonly EmitContext _context;
    private readonly int _units;
    private readonly string _functionPrefix;

    /// <summary>Creates a renderer.</summary>
    /// <param name="context">The network.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="functionPrefix">What stands before a function's name: empty inside <c>Kernels</c>.</param>
    public ExpressionCode(EmitContext context, int units, string functionPrefix)
    {
        _context = context;
        _units = units;
        _functionPrefix = functionPrefix;
    }

    /// <summary>Renders an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="name">What a symbol is called.</param>
    public string Render(Expression expression, Func<string, string> name) => Render(expression.Fold(_units), name, Precedence.Whole);

    private string Render(Expression expression, Func<string, string> name, Precedence outer)
    {
        (string text, Precedence own) = expression switch
        {
            Constant { Value: var value } => (_context.Number(value), value < 0 ? Precedence.Unary : Precedence.Atom),
            Symbol symbol => (name(symbol.Name), Precedence.Atom),
            Negate negate => ("-" + Render(negate.Operand, name, Precedence.Unary), Precedence.Unary),
            Binary binary => (RenderBinary(binary, name), Of(binary.Operator)),
            Apply apply => (
                $"{_functionPrefix}{_context.Functions.Use(apply.Function)}({Render(apply.Argument, name, Precedence.Whole)})",
                Precedence.Atom),
            Select select => (RenderSelect(select, name), Precedence.Conditional),
            _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "No C# for this expression."),
        };
        return own < outer ? $"({text})" : text;
    }

    private string RenderBinary(Binary binary, Func<string, string> name)
    {
        Precedence own = Of(binary.Operator);

        // The operators group to the left, and rounding makes grouping matter: a right operand of the same rank needs parentheses.
        string left = Render(binary.Left, name, own);
        string right = Render(binary.Right, name, own + 1);
        return $"{left} {Sign(binary.Operator)} {right}";
    }

    private string RenderSelect(Select select, Func<string, string> name) =>
        $"{Render(select.Value, name, Precedence.Sum)} <= {Render(select.Bound, name, Precedence.Sum)}"
        + $" ? {Render(select.WhenTrue, name, Precedence.Sum)} : {Render(select.WhenFalse, name, Precedence.Sum)}";

    private static string Sign(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        _ => "/",
    };

    private static Precedence Of(BinaryOperator @operator) =>
        @operator is BinaryOperator.Add or BinaryOperator.Subtract ? Precedence.Sum : Precedence.Product;

    private enum Precedence
    {
        Whole,
        Conditional,
        Sum,
        Product,
        Unary,
        Atom,
    }
}
