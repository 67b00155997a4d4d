using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>σ(x) = 1 / (1 + e⁻ˣ)</c>.</summary>
internal sealed class Sigmoid : ElementaryFunction
{
    public override string Text => "σ(x) = 1 / (1 + e⁻ˣ), for negative x as eˣ / (1 + eˣ): the exponential never overflows";

    public override FunctionBody Body(NumberType number)
    {
        var body = new FunctionBody();
        Expression e = body.Let("e", Apply(Function.Exp, new RealOf(Sign.Set(X, number))));
        return body.Return(new Select(X, 0, e, 1, Comparison.Below) / (1 + e));
    }
}
