using NetGen.Generator.Formulas;

namespace NetGen.Generator.Lowering;

/// <summary>
/// Joins each product of a formula with the sum or difference that it is a term of, of two products the left one, to one operation that rounds once. It is done once, before anything is
/// written: no later step makes or divides such an operation.
/// </summary>
internal static class Express
{
    /// <summary>The expression with its products joined.</summary>
    public static Expression Products(Expression expression)
    {
        Expression joined = expression switch
        {
            Binary { Operator: BinaryOperator.Add, Left: Binary { Operator: BinaryOperator.Multiply } p, Right: var z } => new MultiplyAdd(p.Left, p.Right, z),
            Binary { Operator: BinaryOperator.Add, Right: Binary { Operator: BinaryOperator.Multiply } p, Left: var z } => new MultiplyAdd(p.Left, p.Right, z),
            Binary { Operator: BinaryOperator.Subtract, Left: Binary { Operator: BinaryOperator.Multiply } p, Right: var z } => new MultiplyAdd(p.Left, p.Right, Minus(z)),
            Binary { Operator: BinaryOperator.Subtract, Right: Binary { Operator: BinaryOperator.Multiply } p, Left: var z } => new NegativeMultiplyAdd(p.Left, p.Right, z),
            _ => expression,
        };
        return joined.WithOperands(Products);
    }

    /// <summary>The value with the other sign.</summary>
    public static Expression Minus(Expression value) => value is Constant { Value: not 0 and var number } ? -number : new Negate(value);
}
