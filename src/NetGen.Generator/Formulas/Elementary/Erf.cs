using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>erf x = 2/√π ∫₀ˣ e^(−t²) dt</c>.</summary>
internal sealed class Erf : ElementaryFunction
{
    private static readonly double[] Single =
    {
        7.80689734e-05, -0.000799785252, 0.0051871622, -0.0268533472, 0.112835787, -0.37612626, 0.128379166,
    };

    private static readonly double[] Double =
    {
        -7.622845472170478e-10, 1.3623576222724545e-08, -1.6185298008097597e-07, 1.6444283779276455e-06, -1.4924473469527299e-05, 0.00012055280760453757,
        -0.00085483254896836483, 0.0052239775967691578, -0.026866170641959085, 0.1128379167093695, -0.37612638903183343, 0.12837916709551256,
    };

    public override string Text => "erf x = |x| + |x| s(x²) for small |x|, else 1 − e^(−x²) u k(1 − 2u) with u = 2 / (2 + |x|); and the sign of x";

    public override FunctionBody Body(NumberType number)
    {
        var body = new FunctionBody();

        // Larger arguments have the result of the bound, which is 1.
        Expression v = body.Let("v", Minimum(new RealOf(Sign.Clear(X, number)), ByType(number, 4.0, 6.0)));
        Expression p = body.Let("p", Maximum(v, ErrorFunction.Negligible(number)));
        Expression near = ErrorFunction.Near(body, v, p, ByType(number, Single, Double));
        Expression k = ErrorFunction.Scaled(body, v, number);

        // Where the power is not small, neither is the argument large: the square needs no more digits than it has.
        (Expression t, Expression first, Expression second) = Exponential.Reduce(body, -body.Square(p), number);
        Expression remainder = Exponential.Remainder(body, first, second, number);
        Expression tail = body.Let("tail", k * (remainder + 1) * Exponential.PowerOfInteger(new BitsOf(t), number));
        Expression size = body.Let("size", new Select(v, 1, near, 1 - tail, Comparison.Below));
        return body.Return(Sign.Copy(size, X, number));
    }
}
