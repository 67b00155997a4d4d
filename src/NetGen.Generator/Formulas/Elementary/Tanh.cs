using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary>
/// <c>tanh x</c>. Both cases subtract something small from an exact number, so that the rounding errors of the small part hardly count, and
/// share the division. The polynomial is our own fit by Remez's exchange algorithm with the relative error of the result, each coefficient
/// rounded before the next are fitted.
/// </summary>
internal sealed class Tanh : ElementaryFunction
{
    private const double Far = 0.7;

    private static readonly double[] NearSingle =
    {
        -0.00548461266, 1.19993627, 3.00000501,
    };

    private static readonly double[] NearDouble =
    {
        -2.6897632342154637e-08, 5.9672361926882884e-07, -1.2202852047384568e-05, 0.00025396807388811858, -0.0057142856930738097,
        1.1999999999988178, 3.0000000000000222,
    };

    public override string Text =>
        "tanh a = a − a³ / p(a²) for small a = |x|, else 1 − 2 / (e + 1) with e = e²ᵃ = 2ⁿ (q + f) / (q − f), where n + f = 2a / ln 2\n"
        + "and q = f coth (½f ln 2); and the sign of x";

    public override FunctionBody Body(NumberType number)
    {
        var body = new FunctionBody();
        Expression a = body.Let("a", new RealOf(Sign.Clear(X, number)));
        Expression y = body.Let("y", a * 2.8853900817779268);
        (Expression t, Expression n) = Exponential.Round(body, y, number);
        Expression f = body.Let("f", y - n);
        (Expression above, Expression below) = Exponential.Fraction(body, f, number);
        Expression e = body.Let("e", Exponential.Scale(above, new BitsOf(t), number));
        Expression one = body.Let("one", below);
        Expression square = body.Square(a);
        Expression p = body.Let("p", body.Polynomial(square, ByType(number, NearSingle, NearDouble)));
        Expression numerator = body.Let("numerator", IfAtMost(Far, a, one + one, a * square));
        Expression quotient = body.Let("quotient", numerator / IfAtMost(Far, a, e + one, p));
        Expression small = body.Let("small", new Select(ByType(number, 9.1, 19.1), a, 0, quotient, Comparison.Below));
        return body.Return(Sign.Copy(IfAtMost(Far, a, 1, a) - small, X, number));
    }
}
