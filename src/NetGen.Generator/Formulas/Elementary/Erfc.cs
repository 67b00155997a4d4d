using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>erfc x = 1 − erf x = 2/√π ∫ₓ^∞ e^(−t²) dt</c>, to a few units in the last place where it is tiny, too.</summary>
internal sealed class Erfc : ElementaryFunction
{
    private static readonly double[] Single =
    {
        -0.0005852389, 0.004965107, -0.026746703, 0.112812355, -0.37612432, 0.12837914,
    };

    private static readonly double[] Double =
    {
        4.862900374368022e-11, -1.0605954777700432e-09, 1.4422289415082487e-08, -1.6307657648050178e-07,
        1.6456097341410948e-06, -1.4925219791879404e-05, 0.00012055311777334125, -0.000854832632065346,
        0.005223977610431604, -0.02686617064321544, 0.11283791670942357, -0.37612638903183415, 0.12837916709551256,
    };

    public override string Text =>
        "erfc x: 1 − erf x with erf |x| = |x| + |x| s(x²) for small |x|, else e^(−x²) u k(1 − 2u) with u = 2 / (2 + |x|), less from 2\n"
        + "for negative x; 0 below the normal range";

    public override FunctionBody Body(NumberType number)
    {
        bool single = number == NumberType.Single;

        // The largest argument whose result is in the normal range.
        double last = ByType(number, 9.1945486, 26.543258454250978);
        var body = new FunctionBody();
        Expression v = body.Let("v", Minimum(new RealOf(Sign.Clear(X, number)), last));

        // What is squared is not so small that one of its powers would be subnormal.
        Expression p = body.Let("p", Maximum(v, ErrorFunction.Negligible(number)));
        Expression near = ErrorFunction.Near(body, v, p, single ? Single : Double);

        // The square with its rounding error, of which the power would make many: from two halves of v, whose products are exact.
        Expression upper = body.Let("upper", new RealOf(new IntegerBinary(IntegerOperator.And, new BitsOf(p), new Integer(single ? -0x1000 : -0x8000000))));
        Expression lower = body.Let("lower", p - upper);
        Expression square = body.Square(p);
        Expression rest = body.Let("rest", ((upper * upper) - square) + ((2 * upper) * lower) + (lower * lower));
        Expression k = ErrorFunction.Scaled(body, v, number);
        (Expression t, Expression first, Expression second) = Exponential.Reduce(body, -square, number);
        Expression remainder = Exponential.Remainder(body, first, second, number);
        Expression tail = body.Let("tail", (k - (k * rest)) * (remainder + 1) * Exponential.PowerOfInteger(new BitsOf(t), number));
        Expression far = body.Let("far", new Select(X, 0, 2 - tail, tail, Comparison.Below));
        Expression result = body.Let("result", new Select(v, 0.5, 1 - Sign.Copy(near, X, number), far, Comparison.Below));
        return body.Return(new Select(last, X, 0, result, Comparison.Below));
    }
}
