using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>ln (1 + e^−|x|)</c>: e is at most 1, so the logarithm needs no exponent but a choice of two.</summary>
internal sealed class SoftplusTail : ElementaryFunction
{
    public override string Text => "ln (1 + e^−|x|) = ln (1 + f) with f = e^−|x|, or ln 2 + ln (1 + f) with f = ½ e^−|x| − ½ where that is nearer to 0";

    public override FunctionBody Body(NumberType number)
    {
        var body = new FunctionBody();
        Expression e = body.Let("e", Apply(Function.Exp, new RealOf(Sign.Set(X, number))));
        Expression f = body.Let("f", new Select(0.4142135, e, (e * 0.5) - 0.5, e, Comparison.Below));
        Expression ln2 = body.Let("ln2", new Select(0.4142135, e, 0.6931471805599453, 0, Comparison.Below));

        // Where ln (1 + f) is f, the powers of f would be subnormal.
        Expression g = body.Let("g", new Select(e, ByType(number, 1e-9, 1e-20), 0, f, Comparison.Below));
        Expression tail = Logarithm.Tail(body, g, number);
        return body.Return(tail + f + ln2);
    }
}
