using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary>
/// <c>tanh x</c>. The quotient of e²ᵃ − 1 and e²ᵃ + 1, multiplied out so that nothing small is what is left of something large. The denominator
/// is made from the rounded numerator: where the result is near 1, both have the same error. n is rounded so that it is 0 up to a = 0.26, where r
/// is a itself and the numerator exact; beyond, the result is above ¼. In single precision the coefficients are our own minimax fit, each rounded
/// before the next is fitted; in double precision they are those of the power series.
/// </summary>
internal sealed class Tanh : ElementaryFunction
{
    private static readonly double[] Single =
    {
        -0.022024903, 0.33332923,
    };

    private static readonly double[] Double =
    {
        4.0 / 18243225, -1382.0 / 638512875, 2.0 / 93555, -1.0 / 4725, 2.0 / 945, -1.0 / 45, 1.0 / 3,
    };

    public override string Text =>
        "tanh a = ((s − 1) q + (s + 1) r) / ((s + 1) q + (s − 1) r) for a = |x|, with s = 2ⁿ, q = r coth r, and r = a − ½ n ln 2;\n"
        + "and the sign of x";

    public override FunctionBody Body(NumberType number)
    {
        var body = new FunctionBody();
        Expression size = body.Let("size", new RealOf(Sign.Clear(X, number)));

        // Larger arguments have the result of the bound, which is 1.
        Expression a = body.Let("a", Expression.Minimum(size, ByType(number, 9.1, 19.1)));
        Expression y = body.Let("y", (a * 2.8853900817779268) - 0.25);
        (Expression t, Expression n) = Exponential.Round(body, y, number, Exponential.Bias(number) - 1);
        Expression half = body.Let("half", Exponential.PowerOfTwo(t, number));
        Expression r = body.Let("r", a - (n * 0.34657359027997264));
        Expression r2 = Exponential.Square(body, r, number);
        Expression q = body.Let("q", (r2 * body.Polynomial(r2, ByType(number, Single, Double))) + 1);
        Expression numerator = body.Let("numerator", ((half - 0.5) * q) + ((half + 0.5) * r));
        Expression quotient = body.Let("quotient", numerator / (numerator + (q - r)));
        return body.Return(Sign.Copy(quotient, X, number));
    }
}
