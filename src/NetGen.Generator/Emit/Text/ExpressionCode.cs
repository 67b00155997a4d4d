using System;
using System.Runtime.CompilerServices;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emit;

/// <summary>
/// Writes expressions as scalar C#, with as few parentheses as the language allows and the reader likes. In the floor dialect a cast rounds every operation of single
/// precision. Symbols are variables, and products are joined already where they are to be.
/// </summary>
internal class ExpressionCode
{
    private static readonly string[] Functions = Enum.GetNames(typeof(Function));

    /// <summary>Creates a renderer.</summary>
    /// <param name="context">The network, to whose line that is being put together expressions are added.</param>
    public ExpressionCode(EmitContext context)
    {
        Context = context;
    }

    public EmitContext Context { get; }

    /// <summary>Fused sums of dot products begin at 0, and cannot be −0.</summary>
    private bool EndsWithoutCall => Context.IsFused && !Context.TakesArithmetic;

    /// <summary>Adds an expression to the line that is being put together.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="outer">What stands around it.</param>
    public void Write(Expression expression, Precedence outer)
    {
        if (Of(expression) < outer)
        {
            Add($"({Whole(expression)})");
            return;
        }

        switch (expression)
        {
            case Constant { Value: var value }:
                WriteConstant(value);
                break;
            case Symbol symbol:
                Add($"{symbol.Name}");
                break;
            case Load load:
                WritePlace(load.Buffer, load.Index);
                break;
            case MultiplyAdd m:
                WriteMultiplyAdd(m);
                break;
            case NegativeMultiplyAdd m:
                WriteNegative(m);
                break;
            case LoadVector load:
                Add($"{Context.Functions.Use(VectorHelpers.Load, load.Type)}(ref ");
                WriteVectorPlace(load.Buffer, load.Index);
                Add($")");
                break;
            case LoadAll load:
                Add($"{Context.Functions.Use(VectorHelpers.LoadAll, load.Type)}(ref {load.Buffer.Name}, {load.Index})");
                break;
            case VectorOperation operation:
                WriteOperation(operation);
                break;
            case Negate negate:
                Add($"{(Context.RoundsByCast ? Context.Cast : "")}-{In(negate.Operand, Precedence.Unary)}");
                break;
            case Binary binary:
                WriteBinary(binary.Operator, binary.Left, binary.Right);
                break;
            case Apply { Function: Function.Sqrt } root when Context.RoundsByCast:
                Add($"{Context.Cast}({Use(nameof(Function.Sqrt))}({Whole(root.Argument)}))");
                break;
            case Apply apply:
                WriteCall(Functions[(int)apply.Function], apply.Argument);
                break;
            case Select select:
                WriteSelect(select);
                break;
            case Flush flush:
                WriteCall(flush.Name(), flush.Operand);
                break;
            case Damp damp:
                Add($"{Use(damp.Name())}({Whole(damp.Gradient)}, {Whole(damp.Slope)})");
                break;
            case BitsOf bits:
                WriteCall(nameof(BitsOf), bits.Operand);
                break;
            case RealOf real:
                WriteCall(nameof(RealOf), real.Operand);
                break;
            case Integer integer:
                WriteInteger(integer.Value);
                break;
            case IntegerBinary binary:
                WriteIntegers(binary);
                break;
            case Shift shift:
                Add($"{In(shift.Operand, Precedence.Atom)} {(shift.Left > 0 ? "<<" : RightShift)} {Math.Abs(shift.Left)}");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(expression), expression, "No C# for this expression.");
        }
    }

    /// <summary>Adds a number in memory, as an expression that <c>ref</c> may stand before.</summary>
    public void WritePlace(Lowering.Buffer buffer, Lowering.Index index)
    {
        if (buffer.Kind != BufferKind.Reference)
        {
            Add($"{buffer.Name}[{index}]");
        }
        else if (index is { IsNumber: true, Constant: 0 })
        {
            Add($"{buffer.Name}");
        }
        else
        {
            Add($"{Context.MoveReference}(ref {buffer.Name}, {index})");
        }
    }

    /// <summary>Adds a place in memory as the runtime's functions take it. They count in integers of the size of an address, whose name a user's type may have.</summary>
    public void WriteVectorPlace(Lowering.Buffer buffer, Lowering.Index index)
    {
        if (index is { IsNumber: true, Constant: > 0 })
        {
            Add($"{buffer.Name}, {index}");
        }
        else
        {
            WritePlace(buffer, index);
        }
    }

    /// <summary>Adds a sum, difference, product or quotient.</summary>
    public void WriteBinary(BinaryOperator @operator, Expression left, Expression right)
    {
        // The operators group to the left, and rounding makes grouping matter: a right operand of the same rank needs parentheses.
        Precedence own = @operator is BinaryOperator.Add or BinaryOperator.Subtract ? Precedence.Sum : Precedence.Product;
        bool rounds = Context.RoundsByCast;
        Add($"{(rounds ? Context.Cast : "")}{(rounds ? "(" : "")}{In(left, own)} {Sign(@operator)} {In(right, own + 1)}{(rounds ? ")" : "")}");
    }

    /// <summary>Whether the value is an integer rather than a real number.</summary>
    public static bool IsInteger(Expression expression) => expression is BitsOf or Integer or IntegerBinary or Shift;

    /// <summary>How an operator is written.</summary>
    public static string Sign(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        _ => "/",
    };

    /// <summary>What shifts to the right.</summary>
    protected virtual string RightShift => ">>";

    /// <summary>The name of a function.</summary>
    protected virtual string Use(string function) => Context.Functions.Use(function);

    /// <summary>How tightly an expression holds together.</summary>
    protected virtual Precedence Of(Expression expression) => expression switch
    {
        Constant { Value: < 0 } or Negate => Precedence.Unary,
        MultiplyAdd => Context.IsFused ? Precedence.Atom : Precedence.Sum,
        Binary or Apply { Function: Function.Sqrt } when Context.RoundsByCast => Precedence.Unary,
        Binary { Operator: BinaryOperator.Add or BinaryOperator.Subtract } => Precedence.Sum,
        Binary => Precedence.Product,
        VectorOperation { Kind: VectorOperator.FirstProduct } when !Context.IsFused => Precedence.Product,
        VectorOperation { Kind: VectorOperator.EndDot } end when EndsWithoutCall => Of(end.Operands[0]),
        IntegerBinary { Operator: IntegerOperator.Add or IntegerOperator.Subtract } => Precedence.Atom,
        IntegerBinary or Shift or Select => Precedence.Conditional,
        _ => Precedence.Atom,
    };

    protected virtual void WriteConstant(double value) => Add($"{Context.Number(value)}");

    protected virtual void WriteInteger(long value) => Add($"{Context.Integer(value)}");

    protected virtual void WriteIntegers(IntegerBinary binary)
    {
        bool mayOverflow = binary.Operator is IntegerOperator.Add or IntegerOperator.Subtract;
        Add($"{(mayOverflow ? "unchecked(" : "")}");
        WriteOperands(binary);
        Add($"{(mayOverflow ? ")" : "")}");
    }

    protected virtual void WriteSelect(Select select)
    {
        string sign = select.Comparison switch
        {
            Comparison.AtMost => "<=",
            Comparison.Below => "<",
            _ => "==",
        };
        Add($"{In(select.Value, Precedence.Sum)} {sign} {In(select.Bound, Precedence.Sum)}");
        Add($" ? {In(select.WhenTrue, Precedence.Sum)} : {In(select.WhenFalse, Precedence.Sum)}");
    }

    /// <summary><c>−x·y + z</c>, rounded once.</summary>
    protected virtual void WriteNegative(NegativeMultiplyAdd m) => WriteContracted(Express.Minus(m.X), m.Y, m.Z);

    protected void WriteOperands(IntegerBinary binary) =>
        Add($"{In(binary.Left, Precedence.Atom)} {Sign(binary.Operator)} {In(binary.Right, Precedence.Atom)}");

    /// <summary>An expression as a part of the line, by itself or between parentheses or commas.</summary>
    protected CodePart Whole(Expression expression) => new(this, expression, Precedence.Whole);

    /// <summary>An expression as a part of the line, in parentheses where it holds together less than what stands around it.</summary>
    protected CodePart In(Expression expression, Precedence outer) => new(this, expression, outer);

    /// <summary>Adds to the line.</summary>
    protected void Add([InterpolatedStringHandlerArgument("")] LineHandler part) => _ = part;

    /// <summary><c>x·y + z</c>, rounded once.</summary>
    private void WriteContracted(Expression x, Expression y, Expression z) =>
        Add($"{Use(VectorHelpers.MultiplyAdd)}({Whole(x)}, {Whole(y)}, {Whole(z)})");

    private void WriteMultiplyAdd(MultiplyAdd m)
    {
        if (Context.IsFused)
        {
            WriteContracted(m.X, m.Y, m.Z);
        }
        else
        {
            Add($"{In(m.Z, Precedence.Sum)} + ({In(m.X, Precedence.Product)} * {In(m.Y, Precedence.Unary)})");
        }
    }

    private void WriteOperation(VectorOperation operation)
    {
        VectorType type = operation.Type;
        RuntimeNames names = Context.Functions;
        ExpressionCode parts = operation.Kind is VectorOperator.Splat or VectorOperator.Elements ? Context.Code : Context.CodeOf(type);
        switch (operation.Kind)
        {
            case VectorOperator.FirstProduct when !Context.IsFused:
                Add($"{parts.In(operation.Operands[0], Precedence.Product)} * {parts.In(operation.Operands[1], Precedence.Unary)}");
                return;
            case VectorOperator.EndDot when EndsWithoutCall:
                Add($"{parts.Whole(operation.Operands[0])}");
                return;
        }

        Add($"{names.Use(Called(operation.Kind), type)}(");
        for (int index = 0; index < operation.Operands.Count; index++)
        {
            Add($"{(index == 0 ? "" : ", ")}{parts.Whole(operation.Operands[index])}");
        }

        switch (operation.Kind)
        {
            case VectorOperator.Element or VectorOperator.KeepFirst or VectorOperator.Spread:
                Add($", {operation.Number}");
                break;
            case VectorOperator.FirstProduct when !Context.TakesArithmetic:
                Add($", {names.Use(VectorHelpers.Broadcast, type)}({Context.Number(0)})");
                break;
        }

        Add($")");
    }

    /// <summary>The function that an operation is a call of.</summary>
    private string Called(VectorOperator kind) => kind switch
    {
        VectorOperator.Splat or VectorOperator.Elements or VectorOperator.Join => VectorHelpers.Broadcast,
        VectorOperator.Element => VectorHelpers.Element,
        VectorOperator.KeepFirst => VectorHelpers.KeepFirst,
        VectorOperator.Spread => VectorHelpers.Spread,
        VectorOperator.EndDot => VectorHelpers.WithoutMinusZero,
        VectorOperator.FirstProduct => Context.TakesArithmetic ? VectorHelpers.First : VectorHelpers.MultiplyAdd,
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

    private void WriteCall(string function, Expression argument) => Add($"{Use(function)}({Whole(argument)})");

    private static string Sign(IntegerOperator @operator) => @operator switch
    {
        IntegerOperator.Add => "+",
        IntegerOperator.Subtract => "-",
        IntegerOperator.And => "&",
        IntegerOperator.Or => "|",
        _ => "^",
    };
}
