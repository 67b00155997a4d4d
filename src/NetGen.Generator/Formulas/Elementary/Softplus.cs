using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;

namespace NetGen.Generator.Formulas.Elementary;

/// <summary><c>ln (1 + eˣ)</c>.</summary>
internal sealed class Softplus : ElementaryFunction
{
    public override string Text => "ln (1 + eˣ) = max(x, 0) + ln (1 + e^−|x|)";

    public override FunctionBody Body(NumberType number) =>
        new FunctionBody().Return(Apply(Function.SoftplusTail, X) + new Select(X, 0, 0, X, Comparison.Below));
}
