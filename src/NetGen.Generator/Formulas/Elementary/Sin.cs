using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>sin x</c>.</summary>
internal sealed class Sin : ElementaryFunction
{
    public override string Text =>
        "sin x = ± sin r or ± cos r with |x| = n ½π + r, by the last two bits of n and the sign of x; n times each part of ½π is exact for\n"
        + "|x| ≤ 2²⁰";

    public override double Most => Trigonometric.Most;

    public override FunctionBody Body(NumberType number)
    {
        var body = new FunctionBody();
        return body.Return(Sign.Flip(body.Let("value", Trigonometric.Value(body, X, number, quarters: 0)), X, number));
    }
}
