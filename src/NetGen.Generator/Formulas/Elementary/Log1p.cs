using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary>
/// <c>ln (1 + x)</c>, accurate for small x. The rounded sum 1 + x only says which n to take, and f comes from x itself. It is between −¼ and ½, where
/// nothing is lost: 2⁻ⁿ x and 2⁻ⁿ − 1 are exact, and their sum is a multiple of the last place of either that a number has room for. The polynomials are our own minimax fits.
/// </summary>
internal sealed class Log1p : ElementaryFunction
{
    private static readonly double[] Single =
    {
        0.0376112685, -0.0911180004, 0.117042057, -0.127319068, 0.142771482, -0.166551664, 0.199995652, -0.250001669, 0.333333403,
    };

    private static readonly double[] Double =
    {
        0.13843402603734367, 0.13173642159650858, 0.15391107555476782, 0.18181666000611182, 0.22222224294607709, 0.28571428555841816,
        0.4000000000005664, 0.66666666666666596,
    };

    public override string Text => "ln (1 + x) = n ln 2 + ln (1 + f) with f = 2⁻ⁿ x + (2⁻ⁿ − 1), exact unless 1 is nothing beside x";

    public override FunctionBody Body(NumberType number)
    {
        // The bits of ¾.
        long least = ByType(number, 0x3F400000, 0x3FE8000000000000);
        var body = new FunctionBody();
        (Expression bits, Expression n) = Logarithm.Exponent(body, body.Let("u", X + 1), Logarithm.Bias(number), number, least);
        Expression scale = body.Let("scale", Logarithm.Scale(bits, number));
        Expression scaled = body.Let("scaled", (X * scale) + (scale - 1));

        // Where 1 is nothing beside x, and 2⁻ⁿ soon below the normal range.
        Expression fraction = body.Let("fraction", new Select(ByType(number, 1e20, 1e200), X, Logarithm.Fraction(bits, number, least), scaled, Comparison.Below));
        Expression size = body.Let("size", new RealOf(Sign.Clear(X, number)));

        // Where ln (1 + x) is x, its powers would be subnormal.
        double negligible = Exponential.Negligible(number);
        Expression f = body.Let("f", new Select(size, negligible, 0, fraction, Comparison.Below));
        Expression sum = Logarithm.Sum(body, f, n, number, ByType(number, Single, Double));
        Expression large = body.Let("large", new Select(X, double.PositiveInfinity, sum, X, Comparison.Below));
        Expression below = body.Let("below", new Select(X, -1, double.NaN, large, Comparison.Below));
        Expression pole = body.Let("pole", new Select(X, -1, double.NegativeInfinity, below, Comparison.Equal));
        return body.Return(new Select(size, negligible, X, pole, Comparison.Below));
    }
}
