using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary>
/// What the exponential functions share: eˣ = 2ⁿ eʳ with n = round(x / ln 2) and |r| ≤ ½ ln 2. Rounding adds and subtracts a number so
/// large that no fraction fits beside it; its last bits then are n. ln 2 is split in two so that n times the first part is exact: for
/// single precision by Cephes (S. Moshier, expf), for double by fdlibm (Sun Microsystems, e_exp). The polynomials are our own minimax fits,
/// those of the fraction by Remez's exchange algorithm with the relative error of 2ᶠ, each coefficient rounded before the next are fitted.
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

    private static readonly double[] FractionSingle =
    {
        -0.000922965468, 0.115524776, 2.88539004,
    };

    private static readonly double[] FractionDouble =
    {
        1.5310982320314342e-09, -1.2710428750427369e-07, 1.0582189044425525e-05, -0.00092506847778063919, 0.11552453009332664,
        2.8853900817779268,
    };

    /// <summary>Bits of the fraction: how far the exponent of 2ⁿ is shifted.</summary>
    public static int FractionBits(NumberType number) => number == NumberType.Single ? 23 : 52;

    /// <summary>The bits of 1.</summary>
    public static Expression One(NumberType number) => new Integer(number == NumberType.Single ? 0x3F800000 : 0x3FF0000000000000);

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
        bool single = number == NumberType.Single;
        (Expression t, Expression n) = Round(body, x * 1.4426950408889634, number);
        Expression high = body.Let("high", x - (n * (single ? 0.693359375 : 0.6931471803691238)));
        Expression low = body.Let("low", n * (single ? 0.000212194440 : -1.9082149292705877e-10));
        return (t, high, low);
    }

    /// <summary>
    /// Adds the lines that reduce the argument the other way: x / ln 2 = n + f. Both x and 1 / ln 2 are split in two, the first parts with
    /// half of the digits, so that their product is exact.
    /// </summary>
    /// <returns>A number whose last bits are n plus the offset, and f.</returns>
    public static (Expression Bits, Expression F) ReduceToPowerOfTwo(FunctionBody body, Expression x, NumberType number, int offset)
    {
        bool single = number == NumberType.Single;
        Expression head = body.Let(
            "head", new RealOf(new IntegerBinary(IntegerOperator.And, new BitsOf(x), new Integer(single ? -0x1000 : -0x8000000))));
        double first = single ? 1.44287109375 : 1.4426950514316559;
        Expression y = body.Let("y", head * first);
        Expression small = body.Let("small", ((x - head) * first) + (x * (single ? -0.00017605286103659264 : -1.0542692476429138e-08)));
        (Expression t, Expression n) = Round(body, y, number, offset);
        return (t, body.Let("f", y - n + small));
    }

    /// <summary>Adds the lines that compute eʳ − 1 from the two parts of r.</summary>
    public static Expression Remainder(FunctionBody body, Expression high, Expression low, NumberType number)
    {
        (double[] rest, double third, double half) = Split(number == NumberType.Single ? Single : Double);
        Expression r = body.Let("r", high + low);
        Expression r2 = body.Square(r);
        Expression r4 = body.Square(r2);
        Expression start = body.Let("start", (r2 * ((r * third) + half)) + low);
        return body.Let("remainder", (r4 * body.Polynomial(r, rest)) + start + high);
    }

    /// <summary>Adds the lines that compute 2ᶠ for |f| ≤ ½ as a fraction.</summary>
    /// <returns>q + f and q − f with q = f coth (½ f ln 2).</returns>
    public static (Expression Above, Expression Below) Fraction(FunctionBody body, Expression f, NumberType number)
    {
        (double[] rest, double second, double first) = Split(number == NumberType.Single ? FractionSingle : FractionDouble);
        Expression f2 = body.Square(f);
        Expression f4 = body.Square(f2);
        Expression tail = body.Polynomial(f2, rest);

        // f is added to the constant, not to q, which is known later.
        return ((f4 * tail) + ((f2 * second) + (first + f)), (f4 * tail) + ((f2 * second) + (first - f)));
    }

    /// <summary>2ⁿ from n as an integer.</summary>
    public static Expression PowerOfTwo(Expression n, NumberType number) =>
        new RealOf(new IntegerBinary(IntegerOperator.Add, new Shift(n, FractionBits(number)), One(number)));

    /// <summary>2ⁿ x, by the exponent, for x and 2ⁿ x in the normal range; makes a number of a NaN.</summary>
    public static Expression Scale(Expression x, Expression n, NumberType number) =>
        new RealOf(new IntegerBinary(IntegerOperator.Add, new BitsOf(x), new Shift(n, FractionBits(number))));

    /// <summary>Takes the two lowest coefficients apart.</summary>
    private static (double[] Higher, double Linear, double Constant) Split(double[] coefficients)
    {
        int count = coefficients.Length - 2;
        return (coefficients.Take(count).ToArray(), coefficients[count], coefficients[count + 1]);
    }
}
