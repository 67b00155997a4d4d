using System;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emit;

/// <summary>
/// Renders expressions as scalar C#, with as few parentheses as the language allows and the reader likes. With fused arithmetic a
/// product that is added to or subtracted becomes one operation with it; in the floor dialect a cast rounds every operation of single precision.
/// </summary>
internal class ExpressionCode
{
    private readonly int _units;

    /// <summary>Creates a renderer.</summary>
    /// <param name="context">The network.</param>
    /// <param name="units">Units of the layer.</param>
    public ExpressionCode(EmitContext context, int units)
    {
        Context = context;
        _units = units;
    }

    /// <summary>How tightly a piece of text holds together.</summary>
    protected enum Precedence
    {
        Whole,
        Conditional,
        Sum,
        Product,
        Unary,
        Atom,
    }

    protected EmitContext Context { get; }

    /// <summary>Renders an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="name">What a symbol is called.</param>
    public string Render(Expression expression, Func<string, string> name) => Render(expression.Fold(_units), name, Precedence.Whole);

    /// <summary>Renders an expression whose symbols are variables.</summary>
    public string Render(Expression expression) => Render(expression, name => name, Precedence.Whole);

    protected string Render(Expression expression, Func<string, string> name, Precedence outer)
    {
        if (Context.IsFused && expression is Binary sum && RenderFused(sum, name) is { } fused)
        {
            return fused;
        }

        (string text, Precedence own) = expression switch
        {
            Constant { Value: var value } => RenderConstant(value),
            Symbol symbol => (name(symbol.Name), Precedence.Atom),
            Load load => ($"{load.Buffer.Name}[{load.Index}]", Precedence.Atom),
            Negate negate => (Context.Minus(Render(negate.Operand, name, Precedence.Unary)), Precedence.Unary),
            Binary binary => (Context.Rounded(RenderBinary(binary, name)), Context.RoundsByCast ? Precedence.Unary : Of(binary.Operator)),
            Apply apply => (Call(apply.Function.ToString(), apply.Argument, name), Precedence.Atom),
            Select select => RenderSelect(select, name),
            Flush flush => (Call(flush.Name(), flush.Operand, name), Precedence.Atom),
            Damp damp => ($"{Use(damp.Name())}({Render(damp.Gradient, name, Precedence.Whole)}, {Render(damp.Slope, name, Precedence.Whole)})", Precedence.Atom),
            BitsOf bits => (Call(nameof(BitsOf), bits.Operand, name), Precedence.Atom),
            RealOf real => (Call(nameof(RealOf), real.Operand, name), Precedence.Atom),
            Integer integer => (RenderInteger(integer.Value), Precedence.Atom),
            IntegerBinary binary => RenderIntegers(binary, name),
            Shift shift => RenderShift(shift, name),
            _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "No C# for this expression."),
        };
        return own < outer ? $"({text})" : text;
    }

    /// <summary>Whether the value is an integer rather than a real number.</summary>
    public static bool IsInteger(Expression expression) => expression is BitsOf or Integer or IntegerBinary or Shift;

    /// <summary>The name of a function.</summary>
    protected virtual string Use(string function) => Context.Functions.Use(function);

    protected virtual (string Text, Precedence Own) RenderConstant(double value) =>
        (Context.Number(value), value < 0 ? Precedence.Unary : Precedence.Atom);

    protected virtual string RenderInteger(long value) => Context.Integer(value);

    protected virtual (string Text, Precedence Own) RenderIntegers(IntegerBinary binary, Func<string, string> name)
    {
        string text = RenderOperands(binary, name);
        return binary.Operator is IntegerOperator.Add or IntegerOperator.Subtract
            ? ($"unchecked({text})", Precedence.Atom)
            : (text, Precedence.Conditional);
    }

    protected virtual (string Text, Precedence Own) RenderShift(Shift shift, Func<string, string> name) => (
        $"{Render(shift.Operand, name, Precedence.Atom)} {(shift.Left > 0 ? "<<" : ">>")} {EmitContext.Text(Math.Abs(shift.Left))}",
        Precedence.Conditional);

    protected virtual (string Text, Precedence Own) RenderSelect(Select select, Func<string, string> name)
    {
        string sign = select.Comparison switch
        {
            Comparison.AtMost => "<=",
            Comparison.Below => "<",
            _ => "==",
        };
        string text = $"{Render(select.Value, name, Precedence.Sum)} {sign} {Render(select.Bound, name, Precedence.Sum)}"
            + $" ? {Render(select.WhenTrue, name, Precedence.Sum)} : {Render(select.WhenFalse, name, Precedence.Sum)}";
        return (text, Precedence.Conditional);
    }

    /// <summary><c>x·y + z</c>, rounded once.</summary>
    protected string MultiplyAdd(string x, string y, string z) => $"{Use(VectorHelpers.MultiplyAdd)}({x}, {y}, {z})";

    /// <summary><c>−x·y + z</c>, rounded once.</summary>
    protected virtual string NegativeMultiplyAdd(Expression x, Expression y, Expression z, Func<string, string> name) =>
        MultiplyAdd(Minus(x, name), Render(y, name, Precedence.Whole), Render(z, name, Precedence.Whole));

    protected string RenderOperands(IntegerBinary binary, Func<string, string> name) =>
        $"{Render(binary.Left, name, Precedence.Atom)} {Sign(binary.Operator)} {Render(binary.Right, name, Precedence.Atom)}";

    private string Call(string function, Expression argument, Func<string, string> name) =>
        $"{Use(function)}({Render(argument, name, Precedence.Whole)})";

    private string RenderBinary(Binary binary, Func<string, string> name)
    {
        Precedence own = Of(binary.Operator);

        // The operators group to the left, and rounding makes grouping matter: a right operand of the same rank needs parentheses.
        string left = Render(binary.Left, name, own);
        string right = Render(binary.Right, name, own + 1);
        return $"{left} {Sign(binary.Operator)} {right}";
    }

    /// <summary>A sum or difference with a product in it, as one operation; null for anything else.</summary>
    private string? RenderFused(Binary sum, Func<string, string> name)
    {
        string Whole(Expression part) => Render(part, name, Precedence.Whole);
        return sum switch
        {
            { Operator: BinaryOperator.Add, Left: Binary { Operator: BinaryOperator.Multiply } p } =>
                MultiplyAdd(Whole(p.Left), Whole(p.Right), Whole(sum.Right)),
            { Operator: BinaryOperator.Add, Right: Binary { Operator: BinaryOperator.Multiply } p } =>
                MultiplyAdd(Whole(p.Left), Whole(p.Right), Whole(sum.Left)),
            { Operator: BinaryOperator.Subtract, Left: Binary { Operator: BinaryOperator.Multiply } p } =>
                MultiplyAdd(Whole(p.Left), Whole(p.Right), Minus(sum.Right, name)),
            { Operator: BinaryOperator.Subtract, Right: Binary { Operator: BinaryOperator.Multiply } p } =>
                NegativeMultiplyAdd(p.Left, p.Right, sum.Left, name),
            _ => null,
        };
    }

    private string Minus(Expression part, Func<string, string> name) => part is Constant { Value: not 0 and var value }
        ? Render(new Constant(-value), name, Precedence.Whole)
        : "-" + Render(part, name, Precedence.Unary);

    /// <summary>How an operator is written.</summary>
    public static string Sign(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        _ => "/",
    };

    private static string Sign(IntegerOperator @operator) => @operator switch
    {
        IntegerOperator.Add => "+",
        IntegerOperator.Subtract => "-",
        IntegerOperator.And => "&",
        IntegerOperator.Or => "|",
        _ => "^",
    };

    private static Precedence Of(BinaryOperator @operator) =>
        @operator is BinaryOperator.Add or BinaryOperator.Subtract ? Precedence.Sum : Precedence.Product;
}
