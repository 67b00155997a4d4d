using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>eˣ</c>.</summary>
internal sealed class Exp : ElementaryFunction
{
    public override string Text => "eˣ = 2ⁿ eʳ with n = round(x / ln 2); 2ⁿ in two factors, for the largest is beyond the range; 0 below the normal range";

    public override FunctionBody Body(NumberType number)
    {
        var body = new FunctionBody();
        (Expression t, Expression high, Expression low) = Exponential.Reduce(body, Exponential.Within(body, X, Exponential.Least(number), ByType(number, 89.0, 710.0)), number);
        Expression remainder = Exponential.Remainder(body, high, low, number);
        Expression bits = body.Let("bits", new BitsOf(t));
        Expression half = body.Let("half", new Shift(bits, -1));
        Expression rest = body.Let("rest", Exponential.PowerOfInteger(new IntegerBinary(IntegerOperator.Subtract, bits, half), number));
        Expression power = body.Let("power", (remainder + 1) * Exponential.PowerOfInteger(half, number) * rest);
        return body.Return(new Select(X, Exponential.Least(number), 0, power, Comparison.Below));
    }
}
