using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary>
/// <c>σ(x) = 1 / (1 + e⁻ˣ)</c>. The one division serves the fraction eʳ too. In single precision the coefficients are our own minimax fit, in
/// double precision those of the power series.
/// </summary>
internal sealed class Sigmoid : ElementaryFunction
{
    private static readonly double[] Single =
    {
        -0.00276676,
    };

    private static readonly double[] Double =
    {
        -691.0 / 653837184000, 1.0 / 23950080, -1.0 / 604800, 1.0 / 15120, -1.0 / 360,
    };

    public override string Text =>
        "σ(x) = s (q + r) / ((q − r) + s (q + r)) with s = 2ⁿ, q = r coth ½r, and r = x − n ln 2; 0 below the\n"
        + "normal range";

    public override FunctionBody Body(NumberType number)
    {
        var body = new FunctionBody();
        Expression v = Exponential.Within(body, X, Exponential.Least(number), ByType(number, 20.0, 40.0));
        (Expression t, Expression n) = Exponential.Round(body, v * Exponential.OneByLn2, number, Exponential.Bias(number));
        Expression s = body.Let("s", Exponential.PowerOfTwo(t, number));
        (double first, double second) = Exponential.Ln2(number);
        Expression high = body.Let("high", v - (n * first));
        Expression r = body.Let("r", high - (n * second));
        Expression r2 = Exponential.Square(body, r, number);
        Expression r4 = body.Square(r2);

        // r is added to the constant, not to q, which is known later; and q − r comes from q + r, so that both have the same rounding error and
        // their quotient has little of it.
        Expression tail = body.Polynomial(r2, ByType(number, Single, Double));
        Expression above = body.Let("above", (r4 * tail) + ((r2 * ByType(number, 0.16666625, 1.0 / 6)) + (2 + r)));
        Expression below = body.Let("below", above - (2 * r));
        Expression numerator = body.Let("numerator", above * s);
        Expression quotient = body.Let("quotient", numerator / (below + numerator));
        return body.Return(new Select(X, Exponential.Least(number), 0, quotient, Comparison.Below));
    }
}
