using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary>
/// What the logarithms share: ln (2ⁿ (1 + f)) = n ln 2 + ln (1 + f) with √½ ≤ 1 + f ≤ √2, if nothing else is said. In double ln (1 + f) goes by f / (2 + f) as in fdlibm
/// (Sun Microsystems, e_log), whose splits of ln 2 are used for both types. The polynomials are our own minimax fits.
/// </summary>
internal static class Logarithm
{
    private static readonly double[] Single =
    {
        -0.07625253, 0.12761557, -0.13163225, 0.14201802, -0.16623081, 0.20001231, -0.25000829, 0.3333333,
    };

    private static readonly double[] Double =
    {
        0.14799723747801227, 0.1531368395661218, 0.18183578280133955, 0.22222198310498514, 0.28571428744917127,
        0.39999999999403196, 0.6666666666666736,
    };

    /// <summary>Adds the lines that compute ln (1 + f) − f.</summary>
    /// <param name="body">The function.</param>
    /// <param name="f">The argument.</param>
    /// <param name="number">The number type.</param>
    /// <param name="polynomial">The coefficients for another range of f.</param>
    public static Expression Tail(FunctionBody body, Expression f, NumberType number, double[]? polynomial = null)
    {
        if (number == NumberType.Single)
        {
            Expression f2 = body.Square(f);
            Expression f3 = body.Let("f3", f2 * f);
            return body.Let("tail", (f3 * body.Polynomial(f, polynomial ?? Single)) - (f2 * 0.5));
        }

        Expression s = body.Let("s", f / (2 + f));
        Expression half = body.Let("half", 0.5 * f * f);
        Expression w = body.Square(s);
        return body.Let("tail", (s * (half + (body.Polynomial(w, polynomial ?? Double) * w))) - half);
    }

    /// <summary>Adds the lines that compute ln v for a v in the normal range.</summary>
    /// <param name="body">The function.</param>
    /// <param name="v">The argument.</param>
    /// <param name="bias"><see cref="Bias"/>, or more if v has been scaled up.</param>
    /// <param name="number">The number type.</param>
    public static Expression Normal(FunctionBody body, Expression v, Expression bias, NumberType number)
    {
        long root = number == NumberType.Single ? 0x3F3504F3 : 0x3FE6A09E667F3BCD;
        (Expression bits, Expression n) = Exponent(body, v, bias, number, root);
        return Sum(body, body.Let("f", Fraction(bits, number, root)), n, number);
    }

    /// <summary>Adds the lines that take a number in the normal range apart.</summary>
    /// <param name="body">The function.</param>
    /// <param name="v">The number.</param>
    /// <param name="bias"><see cref="Bias"/>, or more if v has been scaled up.</param>
    /// <param name="number">The number type.</param>
    /// <param name="least">The bits of the least 1 + f, which is between ½ and 1.</param>
    /// <returns>Bits that have the exponent of 2ⁿ and of which the others say what f is, and −n.</returns>
    public static (Expression Bits, Expression MinusN) Exponent(FunctionBody body, Expression v, Expression bias, NumberType number, long least)
    {
        bool isSingle = number == NumberType.Single;

        // From the bits of the least 1 + f to those of 1, both as if positive: it makes the exponent field n.
        var centre = new Integer((isSingle ? 0x3F800000 : 0x3FF0000000000000) - least);

        // A number whose last bits are n: added to it, n is exact.
        var shifted = new Integer(isSingle ? 0x4B400000 : 0x4338000000000000);
        Expression bits = body.Let("bits", new IntegerBinary(IntegerOperator.Add, new BitsOf(v), centre));
        Expression n = body.Let("minusN", bias - new RealOf(new IntegerBinary(IntegerOperator.Add, new Shift(bits, -Exponential.FractionBits(number)), shifted)));
        return (bits, n);
    }

    /// <summary>f from the bits of a number that was taken apart.</summary>
    public static Expression Fraction(Expression bits, NumberType number, long least)
    {
        Expression field = new IntegerBinary(IntegerOperator.And, bits, new Integer(number == NumberType.Single ? 0x007FFFFF : 0x000FFFFFFFFFFFFF));
        return new RealOf(new IntegerBinary(IntegerOperator.Add, field, new Integer(least))) - 1;
    }

    /// <summary>2⁻ⁿ from the bits of a number that was taken apart.</summary>
    public static Expression Scale(Expression bits, NumberType number)
    {
        bool isSingle = number == NumberType.Single;
        Expression field = new IntegerBinary(IntegerOperator.And, bits, new Integer(isSingle ? 0x7F800000 : 0x7FF0000000000000));
        return new RealOf(new IntegerBinary(IntegerOperator.Subtract, new Integer(isSingle ? 0x7F000000 : 0x7FE0000000000000), field));
    }

    /// <summary>Adds the lines that compute n ln 2 + ln (1 + f).</summary>
    public static Expression Sum(FunctionBody body, Expression f, Expression minusN, NumberType number, double[]? polynomial = null)
    {
        Expression tail = Tail(body, f, number, polynomial);
        return body.Let("sum", number == NumberType.Single
            ? tail - (minusN * 1.42860677e-06) + f - (minusN * 0.693145752)
            : tail - (minusN * 1.9082149292705877e-10) + f - (minusN * 0.6931471803691238));
    }

    /// <summary>The number beside which n is exact, with n = 127 or 1023, the bias of the exponent.</summary>
    public static double Bias(NumberType number) => number == NumberType.Single ? 12583039.0 : 6755399441056767.0;
}
