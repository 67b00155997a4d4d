using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>eˣ − 1</c>, accurate for small x.</summary>
internal sealed class Expm1 : ElementaryFunction
{
    public override string Text => "eˣ − 1 = 2ⁿ (eʳ − 1) + (2ⁿ − 1), computed at half the size so that the largest 2ⁿ stays finite";

    public override FunctionBody Body(NumberType number)
    {
        var body = new FunctionBody();
        (Expression t, Expression high, Expression low) = Exponential.Reduce(body, Exponential.Within(body, X, ByType(number, -25.0, -50.0), ByType(number, 89.0, 710.0)), number);
        Expression remainder = Exponential.Remainder(body, high, low, number, isAlone: true);
        Expression power = body.Let(
            "power", Exponential.PowerOfInteger(new IntegerBinary(IntegerOperator.Subtract, new BitsOf(t), new Integer(1)), number));
        Expression result = body.Let("result", ((power * remainder) + (power - 0.5)) * 2);
        return body.Return(new Select(remainder, X, X, result, Comparison.Equal));
    }
}
