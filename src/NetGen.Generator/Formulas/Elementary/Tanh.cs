using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>tanh x</c>.</summary>
internal sealed class Tanh : ElementaryFunction
{
    public override string Text => "tanh |x| = (1 − e) / (1 + e) with e = e^(−2|x|) in two parts that are never added up, and the sign of x";

    public override FunctionBody Body(NumberType number)
    {
        var body = new FunctionBody();
        Expression top = body.Let("top", Minimum(new RealOf(Sign.Clear(X, number)), ByType(number, 9.02, 19.1)));
        (Expression t, Expression remainder) = Exponential.Reduce(body, body.Let("v", top * -2), number);
        Expression power = body.Let("power", Exponential.PowerOfTwo(new BitsOf(t), number));
        Expression rest = body.Let("rest", power * remainder);
        return body.Return(Sign.Copy((1 - power - rest) / (1 + power + rest), X, number));
    }
}
