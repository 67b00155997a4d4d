using NetGen.Generator.Formulas;

namespace NetGen.Generator.Lowering;

/// <summary>
/// Joins each product of a formula with the sum or difference that it is a term of, of two products the left one, to one operation that rounds once. It is done once, before anything is
/// written: no later step makes or divides such an operation.
/// </summary>
internal static class Express
{
    /// <summary>A formula for the units of a layer, as its network's arithmetic computes it.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="isFused">Whether products round together with the sums that they are terms of.</param>
    public static Expression Formula(Expression formula, int units, bool isFused)
    {
        Expression folded = formula.Fold(units);
        return isFused ? Products(folded) : folded;
    }

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
