using System.Linq;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>erfc x = 1 − erf x = 2/√π ∫ₓ^∞ e^(−t²) dt</c>, to a few units in the last place where it is tiny, too. The polynomials are our own minimax fits.</summary>
internal sealed class Erfc : ElementaryFunction
{
    private static readonly double[] NearSingle =
    {
        -0.0005852389, 0.004965107, -0.026746703, 0.112812355, -0.37612432, 0.12837914,
    };

    private static readonly double[] FarSingle =
    {
        -0.000267233932, -0.000395291834, 0.00152435398, 0.00323176524, -0.0107525988, -0.0182201918, 0.139735922, -0.343580365, 0.510791361,
    };

    private static readonly double[] NearDouble =
    {
        4.862900374368022e-11, -1.0605954777700432e-09, 1.4422289415082487e-08, -1.6307657648050178e-07,
        1.6456097341410948e-06, -1.4925219791879404e-05, 0.00012055311777334125, -0.000854832632065346,
        0.005223977610431604, -0.02686617064321544, 0.11283791670942357, -0.37612638903183415, 0.12837916709551256,
    };

    private static readonly double[] FarDouble =
    {
        -5.7423937223646584e-09, 1.1621066507793359e-07, -9.7006912388496983e-08, -4.5670234951162177e-07,
        -1.19761736348851e-08, 1.1234114613804337e-06, 1.8071190646473042e-06, -6.1348666618349735e-07,
        -8.0494713783909463e-06, -1.0835089241912204e-05, 1.7071042863380108e-05, 7.2233253514785348e-05,
        1.7186293683103533e-05, -0.00033153653625530796, -0.00041864808579466004, 0.0015453060164659024,
        0.0032395925365919227, -0.010755330944322246, -0.018221115753499835, 0.13973604627802191,
        -0.34358034220690492, 0.5107913526210115,
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
        Expression p = body.Let("p", Maximum(v, ByType(number, 1e-4, 1e-9)));
        Expression near = body.Let("near", (body.Polynomial(body.Square(p), single ? NearSingle : NearDouble) * v) + v);

        // The square with its rounding error, of which the power would make many: from two halves of v, whose products are exact.
        Expression upper = body.Let("upper", new RealOf(new IntegerBinary(IntegerOperator.And, new BitsOf(p), new Integer(single ? -0x1000 : -0x8000000))));
        Expression lower = body.Let("lower", p - upper);
        Expression square = body.Square(p);
        Expression rest = body.Let("rest", ((upper * upper) - square) + ((2 * upper) * lower) + (lower * lower));
        Expression u = body.Let("u", 2 / (v + 2));
        Expression w = body.Let("w", 1 - (2 * u));
        if (single)
        {
            // Powers of w would be subnormal beside x = 2; so much is nothing beside the constant.
            body.Let("w2", Maximum(w * w, 1e-9));
        }

        // Eight coefficients in a line, as all of them in one would be too long to read.
        Expression Eight(int index) => body.Polynomial(w, (single ? FarSingle : FarDouble).Reverse().Skip(8 * index).Take(8).Reverse().ToArray());
        Expression lowest = body.Let("lowest", Eight(0));
        Expression middle = body.Let("middle", Eight(1));
        Expression w8 = body.Square(body.Square(body.Square(w)));
        Expression sum = (middle * w8) + lowest;
        Expression k = body.Let("k", u * (single ? sum : (Eight(2) * body.Square(w8)) + sum));
        (Expression t, Expression first, Expression second) = Exponential.Reduce(body, -square, number);
        Expression remainder = Exponential.Remainder(body, first, second, number);
        Expression tail = body.Let("tail", (k - (k * rest)) * (remainder + 1) * Exponential.PowerOfInteger(new BitsOf(t), number));
        Expression far = body.Let("far", new Select(X, 0, 2 - tail, tail, Comparison.Below));
        Expression result = body.Let("result", new Select(v, 0.5, 1 - Sign.Copy(near, X, number), far, Comparison.Below));
        return body.Return(new Select(last, X, 0, result, Comparison.Below));
    }
}
