using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;

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

    /// <summary>Bits of the fraction: how far the exponent of 2ⁿ is shifted.</summary>
    public static int FractionBits(NumberType number) => number == NumberType.Single ? 23 : 52;

    /// <summary>The bits of 1.</summary>
    public static Expression One(NumberType number) => new Integer(number == NumberType.Single ? 0x3F800000 : 0x3FF0000000000000);

    /// <summary>Adds the lines that reduce the argument.</summary>
    /// <returns>A number whose last bits are n, and eʳ − 1.</returns>
    public static (Expression N, Expression Remainder) Reduce(FunctionBody body, Expression x, NumberType number)
    {
        bool single = number == NumberType.Single;
        Expression shift = single ? 12582912.0 : 6755399441055744.0;
        Expression t = body.Let("t", (x * 1.4426950408889634) + shift);
        Expression n = body.Let("n", t - shift);
        Expression high = body.Let("high", x - (n * (single ? 0.693359375 : 0.6931471803691238)));
        Expression low = body.Let("low", n * (single ? 0.000212194440 : -1.9082149292705877e-10));
        Expression r = body.Let("r", high + low);
        Expression square = body.Let("square", r * r);
        return (t, body.Let("remainder", (square * Polynomial(r, single ? Single : Double)) + low + high));
    }

    /// <summary>2ⁿ from n as an integer.</summary>
    public static Expression PowerOfTwo(Expression n, NumberType number) =>
        new RealOf(new IntegerBinary(IntegerOperator.Add, new Shift(n, FractionBits(number)), One(number)));
}
