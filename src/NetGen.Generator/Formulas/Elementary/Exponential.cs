using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary>
/// What the exponential functions share: eˣ = 2ⁿ eʳ with n = round(x / ln 2) and |r| ≤ ½ ln 2. Rounding adds and subtracts a number so
/// large that no fraction fits beside it; its last bits then are n. ln 2 is split in two so that n times the first part is exact: for
/// single precision by Cephes (S. Moshier, expf), for double by fdlibm (Sun Microsystems, e_exp). The polynomials are our own minimax fits.
/// </summary>
internal static class Exponential
{
    private static readonly double[] Single =
    {
        0.0013823227, 0.0083688265, 0.04166824, 0.1666652, 0.49999994,
    };

    private static readonly double[] Double =
    {
        2.4977990531963363e-08, 2.762535221349441e-07, 2.7557643061055215e-06, 2.4801508282632206e-05,
        0.00019841269462745844, 0.0013888888927102343, 0.008333333333502045, 0.04166666666660323, 0.1666666666666643,
        0.5,
    };

    /// <summary>1 / ln 2.</summary>
    public const double OneByLn2 = 1.4426950408889634;

    /// <summary>Bits of the fraction: how far the exponent of 2ⁿ is shifted.</summary>
    public static int FractionBits(NumberType number) => number == NumberType.Single ? 23 : 52;

    /// <summary>What is added to the exponent of a number in its bits.</summary>
    public static int Bias(NumberType number) => number == NumberType.Single ? 127 : 1023;

    /// <summary>ln 2 in two parts.</summary>
    public static (double First, double Second) Ln2(NumberType number) => number == NumberType.Single
        ? (0.693359375, -0.000212194440)
        : (0.6931471803691238, 1.9082149292705877e-10);

    /// <summary>The bits of 1.</summary>
    public static Expression One(NumberType number) => new Integer(number == NumberType.Single ? 0x3F800000 : 0x3FF0000000000000);

    /// <summary>The least x for which eˣ is in the normal range.</summary>
    public static double Least(NumberType number) => number == NumberType.Single ? -87.33654 : -708.3964185322641;

    /// <summary>
    /// Adds the lines that hold the argument between bounds: from beyond them the bits of 2ⁿ would be any, those of subnormal numbers among them, on
    /// which processors are slow even where nothing uses the result. NaN stays NaN.
    /// </summary>
    public static Expression Within(FunctionBody body, Expression x, double low, double high) =>
        body.Let("v", Expression.Minimum(body.Let("least", Expression.Maximum(x, low)), high));

    /// <summary>Adds a line with r² for a remainder r whose powers are added to a number near 1: not so small that one of them would be subnormal.</summary>
    public static Expression Square(FunctionBody body, Expression r, NumberType number)
    {
        Expression part = body.Let("part", Expression.Maximum(new RealOf(Sign.Clear(r, number)), Negligible(number)));
        return body.Let("r2", part * part);
    }

    /// <summary>A remainder that is nothing beside 1, and has no power that is subnormal.</summary>
    public static double Negligible(NumberType number) => number == NumberType.Single ? 2e-9 : 1e-20;

    /// <summary>Adds the lines that round a number.</summary>
    /// <param name="body">The function.</param>
    /// <param name="x">What is rounded.</param>
    /// <param name="number">The number type.</param>
    /// <param name="offset">An integer that the last bits hold in addition.</param>
    /// <returns>A number whose last bits are n plus the offset, and n.</returns>
    public static (Expression Bits, Expression N) Round(FunctionBody body, Expression x, NumberType number, int offset = 0)
    {
        Expression shift = (number == NumberType.Single ? 12582912.0 : 6755399441055744.0) + offset;
        Expression t = body.Let("t", x + shift);
        return (t, body.Let("n", t - shift));
    }

    /// <summary>Adds the lines that reduce the argument: x = n ln 2 + r.</summary>
    /// <returns>A number whose last bits are n, and r in two parts.</returns>
    public static (Expression Bits, Expression High, Expression Low) Reduce(FunctionBody body, Expression x, NumberType number)
    {
        (double first, double second) = Ln2(number);
        (Expression t, Expression n) = Round(body, x * OneByLn2, number);
        Expression high = body.Let("high", x - (n * first));
        Expression low = body.Let("low", n * -second);
        return (t, high, low);
    }

    /// <summary>Adds the lines that compute eʳ − 1 from the two parts of r.</summary>
    /// <param name="body">The function.</param>
    /// <param name="high">The first part of r.</param>
    /// <param name="low">The second part.</param>
    /// <param name="number">The number type.</param>
    /// <param name="isAlone">Whether it is needed where it is nothing beside 1.</param>
    public static Expression Remainder(FunctionBody body, Expression high, Expression low, NumberType number, bool isAlone = false)
    {
        (double[] rest, double third, double half) = Split(number == NumberType.Single ? Single : Double);
        Expression r = body.Let("r", high + low);
        if (isAlone)
        {
            r = body.Let("p", new Select(new RealOf(Sign.Clear(r, number)), Negligible(number), 0, r, Comparison.Below));
        }
        else
        {
            Square(body, r, number);
        }

        Expression r2 = body.Square(r);
        Expression r4 = body.Square(r2);
        Expression start = body.Let("start", (r2 * ((r * third) + half)) + low);
        return body.Let("remainder", (r4 * body.Polynomial(r, rest)) + start + high);
    }

    /// <summary>2ⁿ from a number whose last bits are n plus the bias.</summary>
    public static Expression PowerOfTwo(Expression t, NumberType number) => new RealOf(new Shift(new BitsOf(t), FractionBits(number)));

    /// <summary>2ⁿ from n as an integer.</summary>
    public static Expression PowerOfInteger(Expression n, NumberType number) =>
        new RealOf(new IntegerBinary(IntegerOperator.Add, new Shift(n, FractionBits(number)), One(number)));

    /// <summary>Takes the two lowest coefficients apart.</summary>
    private static (double[] Higher, double Linear, double Constant) Split(double[] coefficients)
    {
        int count = coefficients.Length - 2;
        return (coefficients.Take(count).ToArray(), coefficients[count], coefficients[count + 1]);
    }
}
