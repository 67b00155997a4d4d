namespace NetGen.Generator.Formulas;

// The elementary functions also look at the bits of a number. These nodes have integer values as wide as the number type, apart
// from RealOf, which leads back.

/// <summary>The bits of a real number as a signed integer.</summary>
internal sealed record BitsOf(Expression Operand) : Expression;

/// <summary>The real number with the bits of an integer.</summary>
internal sealed record RealOf(Expression Operand) : Expression;

/// <summary>An integer.</summary>
internal sealed record Integer(long Value) : Expression;

/// <summary>An operation on two integers; sums and differences wrap.</summary>
internal sealed record IntegerBinary(IntegerOperator Operator, Expression Left, Expression Right) : Expression;

/// <summary>A shift by a fixed number of bits.</summary>
/// <param name="Operand">An integer.</param>
/// <param name="Left">To the left if positive, else to the right, the sign bit filling up.</param>
internal sealed record Shift(Expression Operand, int Left) : Expression;

/// <summary>The operators on integers.</summary>
internal enum IntegerOperator
{
    Add,
    Subtract,
    And,
    Or,
    Xor,
}
