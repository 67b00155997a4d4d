using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>cos x</c>.</summary>
internal sealed class Cos : ElementaryFunction
{
    public override string Text =>
        "cos x = ± sin r or ± cos r with |x| = n ½π + r, by the last two bits of n + 1; n times each part of ½π is exact for |x| ≤ 2²⁰";

    public override double Most => Trigonometric.Most;

    public override FunctionBody Body(NumberType number)
    {
        var body = new FunctionBody();
        return body.Return(Trigonometric.Value(body, X, number, quarters: 1));
    }
}
