using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>erf x = 2/√π ∫₀ˣ e^(−t²) dt</c>. The polynomials are our own minimax fits.</summary>
internal sealed class Erf : ElementaryFunction
{
    private static readonly double[] NearSingle =
    {
        -0.0005852389, 0.004965107, -0.026746703, 0.112812355, -0.37612432, 0.12837914,
    };

    private static readonly double[] FarSingle =
    {
        0.00014323927, -0.002401294, 0.012637842, -0.010742541, -0.062185913, -0.14458391, 1.0007128,
    };

    private static readonly double[] NearDouble =
    {
        4.862900374368022e-11, -1.0605954777700432e-09, 1.4422289415082487e-08, -1.6307657648050178e-07,
        1.6456097341410948e-06, -1.4925219791879404e-05, 0.00012055311777334125, -0.000854832632065346,
        0.005223977610431604, -0.02686617064321544, 0.11283791670942357, -0.37612638903183415, 0.12837916709551256,
    };

    private static readonly double[] FarDouble =
    {
        -5.860191825259085e-12, 2.0039833977529393e-10, -2.7000880758962814e-09, 1.4590312515884171e-08,
        3.531993479023084e-08, -9.839019193024703e-07, 6.332275510003096e-06, -2.7517164383471517e-05,
        0.00014199364241021222, -0.0005998939350467179, 0.00029019159876357374, 0.006499023713416569,
        -0.002032980129963106, -0.06965399666102827, -0.14104129817586814, 0.9999992687757835,
    };

    public override string Text => "erf |x| = |x| + |x| s(x²) for small |x|, else 1 − h(|x|)⁸ where h fits the eighth root of 1 − erf; and the sign of x";

    public override FunctionBody Body(NumberType number)
    {
        bool single = number == NumberType.Single;
        var body = new FunctionBody();
        Expression v = body.Let("v", Minimum(new RealOf(Sign.Clear(X, number)), ByType(number, 3.95, 6.0)));
        Expression near = body.Let("near", (body.Polynomial(body.Square(v), single ? NearSingle : NearDouble) * v) + v);
        // Horner's rule rounds less, and the power makes eight errors of one.
        Expression h = body.Let("h", Polynomial(v, single ? FarSingle : FarDouble));
        Expression h4 = body.Square(body.Square(h));
        Expression far = body.Let("far", 1 - (h4 * h4));
        Expression result = body.Let("result", new Select(v, ByType(number, 0.95, 1.2), near, far, Comparison.Below));
        return body.Return(Sign.Copy(result, X, number));
    }
}
