using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>eˣ</c>.</summary>
internal sealed class Exp : ElementaryFunction
{
    public override string Text => "eˣ = 2ⁿ eʳ with n = round(x / ln 2); 2ⁿ in two factors, so that results below the normal range round once";

    public override FunctionBody Body(NumberType number)
    {
        var body = new FunctionBody();
        (Expression t, Expression high, Expression low) = Exponential.Reduce(body, X, number);
        Expression remainder = Exponential.Remainder(body, high, low, number);
        Expression bits = body.Let("bits", new BitsOf(t));
        Expression half = body.Let("half", new Shift(bits, -1));
        Expression rest = body.Let("rest", Exponential.PowerOfInteger(new IntegerBinary(IntegerOperator.Subtract, bits, half), number));
        Expression power = body.Let("power", Exponential.Scale(remainder + 1, half, number) * rest);

        // Large arguments reach the result late, so that nothing waits for them.
        Expression bottom = body.Let("bottom", new Select(X, ByType(number, -104.0, -746.0), 0, power, Comparison.Below));
        return body.Return(IfAtMost(X, ByType(number, 89.0, 710.0), bottom, X * double.PositiveInfinity));
    }
}
