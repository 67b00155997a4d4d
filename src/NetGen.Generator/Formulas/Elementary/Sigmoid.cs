using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>σ(x) = 1 / (1 + e⁻ˣ)</c>. The one division serves the fraction 2ᶠ too.</summary>
internal sealed class Sigmoid : ElementaryFunction
{
    public override string Text =>
        "σ(x) = 1 / (1 + e), for negative x e / (1 + e), with e = e^−|x| = 2ⁿ (q + f) / (q − f), where n + f = −|x| / ln 2 and\n"
        + "q = f coth (½ f ln 2); both sides of the division bar are scaled up, so that results below the normal range round once";

    public override FunctionBody Body(NumberType number)
    {
        int scale = ByType(number, 30, 60);
        var body = new FunctionBody();
        Expression v = body.Let("v", new RealOf(Sign.Set(X, number)));
        (Expression t, Expression f) = Exponential.ReduceToPowerOfTwo(body, v, number, scale);

        // q − f comes from q + f, so that both have the same rounding error and their quotient has little of it.
        Expression above = body.Let("above", Exponential.Fraction(body, f, number).Above);
        Expression below = body.Let("below", above - (f + f));
        Expression e = body.Let("e", Exponential.Scale(above, new BitsOf(t), number));
        var exponent = new Integer((long)scale << Exponential.FractionBits(number));
        Expression one = body.Let("one", new RealOf(new IntegerBinary(IntegerOperator.Add, new BitsOf(below), exponent)));
        Expression quotient = body.Let("quotient", new Select(X, 0, e, one, Comparison.Below) / (one + e));

        // NaN, which does not survive the integers, arrives here too.
        Expression limit = body.Let("limit", new Select(X, 0, 0, Minimum(X, 1), Comparison.Below));
        return body.Return(IfAtMost(ByType(number, -104.0, -746.0), v, quotient, limit));
    }
}
