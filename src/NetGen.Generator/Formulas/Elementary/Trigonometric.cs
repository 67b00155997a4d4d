using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary>
/// What sine and cosine share: |x| = n π/2 + r with |r| ≤ π/4, about, and a polynomial for each function, of which the last bit of n chooses one. π/2 is split so that n
/// times each part but the last is exact for |x| ≤ 2^20, where n has 20 bits: parts of 33 bits in double precision; in single precision n is split too, in
/// ten bits and ten bits, and the parts have 14. What a difference loses by rounding is kept, so that r has all of its digits where |x| is as near to a multiple of π/2 as a number
/// can be, 2^-28 and 2^-60. The parts are rounded to nearest, and the polynomials are our own minimax fits.
/// </summary>
internal static class Trigonometric
{
    /// <summary>The largest size of an argument for which n times the parts of π/2 is exact.</summary>
    public const double Most = 1 << 20;

    private static readonly double[] SineSingle =
    {
        -0.000194430395, 0.00833158474, -0.166666448,
    };

    private static readonly double[] CosineSingle =
    {
        2.43467002e-05, -0.00138864864, 0.0416666269,
    };

    private static readonly double[] SineDouble =
    {
        1.589543297389298e-10, -2.5050734385279463e-08, 2.755731353849849e-06, -0.0001984126982935851, 0.00833333333332184, -0.1666666666666663,
    };

    private static readonly double[] CosineDouble =
    {
        -1.1358749181572114e-11, 2.0875705395292192e-09, -2.7557314217035965e-07, 2.4801587289002076e-05, -0.0013888888888873342, 0.041666666666666595,
    };

    /// <summary>Adds the lines that compute ± sin r or ± cos r.</summary>
    /// <param name="body">The function.</param>
    /// <param name="x">The argument; what is computed is that of |x|.</param>
    /// <param name="number">The number type.</param>
    /// <param name="quarters">How many quarters of a turn the sine is ahead: 1 makes it the cosine.</param>
    public static Expression Value(FunctionBody body, Expression x, NumberType number, int quarters)
    {
        bool single = number == NumberType.Single;
        Expression size = body.Let("size", new RealOf(Sign.Clear(x, number)));

        // Beyond the bound the last bits of t would not be n; of infinity nothing is left.
        double bound = single ? 1 << 22 : 1L << 50;
        Expression v = body.Let("v", new Select(bound, size, (size - size) + bound, size, Comparison.Below));
        (Expression t, Expression n) = Exponential.Round(body, v * 0.63661977236758134, number, quarters);
        (Expression high, Expression low) = single ? Tens(body, v, n) : Twenty(body, v, n);
        Expression r = body.Let("r", high + low);

        // Where sin r is r, its powers would be subnormal.
        Expression p = body.Let("p", new Select(new RealOf(Sign.Clear(r, number)), Exponential.Negligible(number), 0, r, Comparison.Below));
        Expression p2 = body.Square(p);
        Expression p3 = body.Let("p3", p * p2);
        Expression p4 = body.Square(p2);
        Expression sine = body.Let("sine", (p3 * body.Polynomial(p2, single ? SineSingle : SineDouble)) + low + high);
        Expression cosine = body.Let("cosine", (p4 * body.Polynomial(p2, single ? CosineSingle : CosineDouble)) + (1 - (p2 * 0.5)));

        // The last two bits of n: the sign, and 0 or 2.
        Expression quarter = body.Let("quarter", new RealOf(new Shift(new BitsOf(t), Exponential.FractionBits(number) == 23 ? 30 : 62)));
        return Sign.Flip(body.Let("chosen", IfZero(quarter, sine, cosine)), quarter, number);
    }

    /// <summary>Adds the lines that subtract n π/2, with n of 20 bits and parts of 33.</summary>
    private static (Expression High, Expression Low) Twenty(FunctionBody body, Expression v, Expression n)
    {
        Expression first = body.Let("first", v - (n * 1.5707963267341256));
        (Expression second, Expression lost) = Subtract(body, first, n * 6.077100506303966e-11, "second");
        (Expression third, Expression more) = Subtract(body, second, n * 2.0222662487111665e-21, "third");
        return (third, body.Let("low", lost + more - (n * 8.4784276603689e-32)));
    }

    /// <summary>Adds the lines that subtract n π/2, with n in two parts of 10 bits and parts of 14.</summary>
    private static (Expression High, Expression Low) Tens(FunctionBody body, Expression v, Expression n)
    {
        const double UpperHalf = 12884901888;
        const double First = 1.57080078125;
        const double Second = -4.454515874385834e-06;
        const double Third = 6.077272018956137e-11;
        Expression shifted = body.Let("shifted", n + UpperHalf);
        Expression upper = body.Let("upper", shifted - UpperHalf);
        Expression lower = body.Let("lower", n - upper);
        Expression first = body.Let("first", v - (upper * First) - (lower * First) - (upper * Second));
        (Expression second, Expression lost) = Subtract(body, first, lower * Second, "second");
        (Expression third, Expression more) = Subtract(body, second, upper * Third, "third");
        (Expression fourth, Expression most) = Subtract(body, third, lower * Third, "fourth");
        return (fourth, body.Let("low", lost + more + most - (n * -1.71512451e-15)));
    }

    /// <summary>Adds the lines that subtract an exact product, and what the difference loses by rounding.</summary>
    private static (Expression Difference, Expression Lost) Subtract(FunctionBody body, Expression x, Expression product, string name)
    {
        Expression part = body.Let(name + "Part", product);
        Expression difference = body.Let(name, x - part);
        return (difference, body.Let(name + "Lost", (x - difference) - part));
    }
}
