using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary>Work on the sign bit.</summary>
internal static class Sign
{
    /// <summary>The bits of |x|.</summary>
    public static Expression Clear(Expression x, NumberType number) => new IntegerBinary(
        IntegerOperator.And, new BitsOf(x), new Integer(number == NumberType.Single ? int.MaxValue : long.MaxValue));

    /// <summary>The bits of −|x|.</summary>
    public static Expression Set(Expression x, NumberType number) => new IntegerBinary(IntegerOperator.Or, new BitsOf(x), Bit(number));

    /// <summary>A number that is not negative, with the sign of x.</summary>
    public static Expression Copy(Expression magnitude, Expression x, NumberType number) => new RealOf(new IntegerBinary(
        IntegerOperator.Or, new BitsOf(magnitude), new IntegerBinary(IntegerOperator.And, new BitsOf(x), Bit(number))));

    /// <summary>x, with the other sign where that of another number is set.</summary>
    public static Expression Flip(Expression x, Expression other, NumberType number) => new RealOf(new IntegerBinary(
        IntegerOperator.Xor, new BitsOf(x), new IntegerBinary(IntegerOperator.And, new BitsOf(other), Bit(number))));

    private static Integer Bit(NumberType number) => new(number == NumberType.Single ? int.MinValue : long.MinValue);
}
