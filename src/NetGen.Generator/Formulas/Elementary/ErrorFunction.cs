using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary>What erf and erfc share: erf v = v + v s(v²) near 0, with s as far as each needs it, and erfc v = e^(−v²) u k(1 − 2u) with u = 2 / (2 + v) beyond. The polynomials, here and there, are our own minimax fits.</summary>
internal static class ErrorFunction
{
    private static readonly double[] FarSingle =
    {
        -0.000267233932, -0.000395291834, 0.00152435398, 0.00323176524, -0.0107525988, -0.0182201918, 0.139735922, -0.343580365, 0.510791361,
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

    /// <summary>A size that is nothing here and of which no power is subnormal.</summary>
    public static double Negligible(NumberType number) => number == NumberType.Single ? 1e-4 : 1e-9;

    /// <summary>Adds the lines that compute erf v for a small v.</summary>
    /// <param name="body">The function.</param>
    /// <param name="v">The argument, which is not negative.</param>
    /// <param name="p">The same, but not so small that one of its powers would be subnormal.</param>
    /// <param name="coefficients">Those of s, in v².</param>
    public static Expression Near(FunctionBody body, Expression v, Expression p, double[] coefficients) =>
        body.Let("near", (body.Polynomial(body.Square(p), coefficients) * v) + v);

    /// <summary>Adds the lines that compute e^(v²) erfc v for v from a half on.</summary>
    public static Expression Scaled(FunctionBody body, Expression v, NumberType number)
    {
        bool single = number == NumberType.Single;
        Expression u = body.Let("u", 2 / (v + 2));
        Expression w = body.Let("w", 1 - (2 * u));
        if (single)
        {
            // Powers of w would be subnormal beside x = 2; so much is nothing beside the constant.
            body.Let("w2", Expression.Maximum(w * w, 1e-9));
        }

        // Eight coefficients in a line, as all of them in one would be too long to read.
        Expression Eight(int index) => body.Polynomial(w, (single ? FarSingle : FarDouble).Reverse().Skip(8 * index).Take(8).Reverse().ToArray());
        Expression lowest = body.Let("lowest", Eight(0));
        Expression middle = body.Let("middle", Eight(1));
        Expression w8 = body.Square(body.Square(body.Square(w)));
        Expression sum = (middle * w8) + lowest;
        return body.Let("k", u * (single ? sum : (Eight(2) * body.Square(w8)) + sum));
    }
}
