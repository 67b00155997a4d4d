using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>ln x</c> for x ≥ 1, as of a sum of powers whose largest is e⁰.</summary>
internal sealed class LogFromOne : ElementaryFunction
{
    public override string Text => "ln x = n ln 2 + ln (1 + f) with x = 2ⁿ (1 + f), for x ≥ 1";

    public override double Least => 1;

    public override FunctionBody Body(NumberType number)
    {
        var body = new FunctionBody();
        return body.Return(new Select(X, double.PositiveInfinity, Logarithm.Normal(body, X, Logarithm.Bias(number), number), X, Comparison.Below));
    }
}
