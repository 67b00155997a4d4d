using System;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emit;

/// <summary>
/// Renders expressions as scalar C#, with as few parentheses as the language allows and the reader likes. In the floor dialect a cast rounds every operation of single
/// precision.
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

    /// <summary>Renders a formula.</summary>
    /// <param name="expression">The formula.</param>
    /// <param name="name">What a symbol is called.</param>
    public string Render(Expression expression, Func<string, string> name) =>
        Render(Express.Formula(expression, _units, Context.IsFused), name, Precedence.Whole);

    /// <summary>Renders an expression whose symbols are variables, and whose products are joined already where they are to be.</summary>
    public string Render(Expression expression) => Render(expression, name => name, Precedence.Whole);

    protected string Render(Expression expression, Func<string, string> name, Precedence outer)
    {
        (string text, Precedence own) = expression switch
        {
            Constant { Value: var value } => RenderConstant(value),
            Symbol symbol => (name(symbol.Name), Precedence.Atom),
            Load load => (Context.Place(load.Buffer, load.Index), Precedence.Atom),
            MultiplyAdd m => RenderMultiplyAdd(m, name),
            NegativeMultiplyAdd m => (RenderNegative(m, name), Precedence.Atom),
            LoadVector load => (Context.Vectors.Load(load.Type, load.Buffer.Name, load.Index.ToString()), Precedence.Atom),
            LoadAll load => (Context.Vectors.LoadAll(load.Type, load.Buffer.Name, load.Index.ToString()), Precedence.Atom),
            VectorOperation operation => RenderOperation(operation, name),
            Negate negate => (Context.Minus(Render(negate.Operand, name, Precedence.Unary)), Precedence.Unary),
            Binary binary => (Context.Rounded(RenderBinary(binary, name)), Context.RoundsByCast ? Precedence.Unary : Of(binary.Operator)),
            Apply { Function: Function.Sqrt } root => (Context.Rounded(Call(nameof(Function.Sqrt), root.Argument, name)), Context.RoundsByCast ? Precedence.Unary : Precedence.Atom),
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
    private string RenderContracted(string x, string y, string z) => $"{Use(VectorHelpers.MultiplyAdd)}({x}, {y}, {z})";

    private (string Text, Precedence Own) RenderMultiplyAdd(MultiplyAdd m, Func<string, string> name)
    {
        string Whole(Expression part) => Render(part, name, Precedence.Whole);
        return Context.IsFused
            ? (RenderContracted(Whole(m.X), Whole(m.Y), Whole(m.Z)), Precedence.Atom)
            : ($"{Render(m.Z, name, Precedence.Sum)} + ({Render(m.X, name, Precedence.Product)} * {Render(m.Y, name, Precedence.Unary)})", Precedence.Sum);
    }

    /// <summary><c>−x·y + z</c>, rounded once.</summary>
    protected virtual string RenderNegative(NegativeMultiplyAdd m, Func<string, string> name) => RenderContracted(
        Render(Express.Minus(m.X), name, Precedence.Whole), Render(m.Y, name, Precedence.Whole), Render(m.Z, name, Precedence.Whole));

    private (string Text, Precedence Own) RenderOperation(VectorOperation operation, Func<string, string> name)
    {
        VectorType type = operation.Type;
        ExpressionCode parts = operation.Kind is VectorOperator.Splat or VectorOperator.Elements ? Context.Code : Context.CodeOf(type);
        string all = parts.Render(operation.Operands[0], name, Precedence.Whole);
        for (int index = 1; index < operation.Operands.Count; index++)
        {
            bool isAlone = operation.Kind == VectorOperator.FirstProduct && !Context.IsFused;
            all = $"{all}{(isAlone ? " * " : ", ")}{parts.Render(operation.Operands[index], name, Precedence.Whole)}";
        }

        VectorText vectors = Context.Vectors;
        return operation.Kind switch
        {
            VectorOperator.Splat => (vectors.Broadcast(type, all), Precedence.Atom),
            VectorOperator.Elements or VectorOperator.Join => ($"{type.Static}.Create({all})", Precedence.Atom),
            VectorOperator.Element => (vectors.Element(type, all, operation.Number), Precedence.Atom),
            VectorOperator.KeepFirst => (vectors.KeepFirst(type, all, operation.Number), Precedence.Atom),
            VectorOperator.Spread => ($"{Context.Functions.Use(VectorHelpers.Spread, type)}({all}, {EmitContext.Text(operation.Number)})", Precedence.Atom),
            VectorOperator.EndDot => (vectors.EndDot(type, all), Precedence.Atom),
            VectorOperator.FirstProduct when !Context.IsFused => (all, Precedence.Product),
            VectorOperator.FirstProduct when !Context.TakesArithmetic => ($"{Context.Functions.Use(VectorHelpers.MultiplyAdd, type)}({all}, {vectors.Zero(type)})", Precedence.Atom),
            VectorOperator.FirstProduct => ($"{Context.Functions.Use(VectorHelpers.First, type)}({all})", Precedence.Atom),
            _ => ($"{Context.Functions.Use(Called(operation.Kind), type)}({all})", Precedence.Atom),
        };
    }

    /// <summary>The function that an operation is a call of.</summary>
    private static string Called(VectorOperator kind) => kind switch
    {
        VectorOperator.Halve => VectorHelpers.Halve,
        VectorOperator.Sum => VectorHelpers.Sum,
        VectorOperator.SumPair => VectorHelpers.SumPair,
        VectorOperator.Sums => VectorHelpers.Sums,
        VectorOperator.FoldFour => VectorHelpers.FoldFour,
        VectorOperator.Transpose => VectorHelpers.Transpose,
        VectorOperator.Lower => VectorHelpers.Lower,
        VectorOperator.Upper => VectorHelpers.Upper,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No function for this operation."),
    };

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
