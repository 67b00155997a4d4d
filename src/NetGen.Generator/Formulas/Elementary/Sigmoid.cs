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
        "σ(x) = s (q + r) / ((q − r) + s (q + r)) with s = 2ⁿ, q = r coth ½r, and r = x − n ln 2; both sides of the division bar are\n"
        + "scaled up, so that results below the normal range round once";

    public override FunctionBody Body(NumberType number)
    {
        int scale = ByType(number, 30, 60);
        var body = new FunctionBody();
        (Expression t, Expression n) = Exponential.Round(body, X * Exponential.OneByLn2, number, Exponential.Bias(number) + scale);
        Expression s = body.Let("s", Exponential.PowerOfTwo(t, number));
        (double first, double second) = Exponential.Ln2(number);
        Expression high = body.Let("high", X - (n * first));
        Expression r = body.Let("r", high - (n * second));
        Expression r2 = body.Square(r);
        Expression r4 = body.Square(r2);

        // r is added to the constant, not to q, which is known later; and q − r comes from q + r, so that both have the same rounding error and
        // their quotient has little of it.
        Expression tail = body.Polynomial(r2, ByType(number, Single, Double));
        Expression above = body.Let("above", (r4 * tail) + ((r2 * ByType(number, 0.16666625, 1.0 / 6)) + (2 + r)));
        Expression below = body.Let("below", above - (2 * r));
        Expression numerator = body.Let("numerator", above * s);
        Expression quotient = body.Let("quotient", numerator / ((below * ByType(number, 1L << 30, 1L << 60)) + numerator));

        // Large arguments reach the result late, so that nothing waits for them.
        Expression bottom = body.Let("bottom", new Select(X, ByType(number, -104.0, -746.0), 0, quotient, Comparison.Below));
        return body.Return(new Select(ByType(number, 20.0, 40.0), X, 1, bottom, Comparison.Below));
    }
}
