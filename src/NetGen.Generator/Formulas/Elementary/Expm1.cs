using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>eˣ − 1</c>, accurate for small x.</summary>
internal sealed class Expm1 : ElementaryFunction
{
    public override string Text => "eˣ − 1 = 2ⁿ (eʳ − 1) + (2ⁿ − 1), computed at half the size so that the largest 2ⁿ stays finite";

    public override FunctionBody Body(NumberType number)
    {
        var body = new FunctionBody();
        Expression top = body.Let("top", Minimum(X, ByType(number, 89.0, 710.0)));
        Expression v = body.Let("v", Maximum(top, ByType(number, -25.0, -50.0)));
        (Expression t, Expression remainder) = Exponential.Reduce(body, v, number);
        Expression power = body.Let(
            "power", Exponential.PowerOfTwo(new IntegerBinary(IntegerOperator.Subtract, new BitsOf(t), new Integer(1)), number));
        Expression result = body.Let("result", ((power * remainder) + (power - 0.5)) * 2);
        return body.Return(new Select(remainder, X, X, result, Comparison.Equal));
    }
}
