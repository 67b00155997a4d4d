using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>ln x</c>.</summary>
internal sealed class Log : ElementaryFunction
{
    public override string Text => "ln x = n ln 2 + ln (1 + f) with x = 2ⁿ (1 + f); numbers below the normal range are scaled up first";

    public override FunctionBody Body(NumberType number)
    {
        double normal = ByType(number, 1.17549435e-38, 2.2250738585072014e-308);
        double scale = ByType(number, 8388608.0, 4503599627370496.0);
        double bias = Logarithm.Bias(number);
        var body = new FunctionBody();
        Expression scaled = body.Let("scaled", X * scale);
        Expression v = body.Let("v", new Select(X, normal, scaled, X, Comparison.Below));
        Expression c = body.Let("c", new Select(X, normal, bias + Exponential.FractionBits(number), bias, Comparison.Below));
        Expression sum = Logarithm.Normal(body, v, c, number);
        Expression large = body.Let("large", new Select(X, double.PositiveInfinity, sum, X, Comparison.Below));
        Expression negative = body.Let("negative", new Select(X, 0, double.NaN, large, Comparison.Below));
        return body.Return(IfZero(X, double.NegativeInfinity, negative));
    }
}
