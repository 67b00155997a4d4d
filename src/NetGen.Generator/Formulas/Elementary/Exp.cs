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
        Expression top = body.Let("top", Minimum(X, ByType(number, 89.0, 710.0)));
        Expression v = body.Let("v", Maximum(top, ByType(number, -104.0, -746.0)));
        (Expression t, Expression remainder) = Exponential.Reduce(body, v, number);
        Expression bits = body.Let("bits", new BitsOf(t));
        Expression half = body.Let("half", new Shift(bits, -1));
        Expression first = body.Let("first", Exponential.PowerOfTwo(half, number));
        Expression other = body.Let("other", new IntegerBinary(IntegerOperator.Subtract, bits, half));
        Expression rest = body.Let("rest", Exponential.PowerOfTwo(other, number));
        return body.Return((remainder + 1) * first * rest);
    }
}
