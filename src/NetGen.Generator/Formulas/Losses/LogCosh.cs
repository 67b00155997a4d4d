using System.Collections.Generic;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Losses;

/// <summary>
/// <c>L = (1/n) Σ ln cosh(a − y)</c>, <c>dL/da = (1/n) tanh(a − y)</c>; <c>ln cosh e = |e| + ln (1 + e^−2|e|) − ln 2</c>, which overflows nowhere.
/// </summary>
internal sealed class LogCosh : LossFormula
{
    private const double Ln2 = 0.6931471805599453;

    public override bool HasReduction => true;

    public override string ValueText(bool sumOutputs) => $"{Factor(sumOutputs)}Σ ln cosh({{a}} − {{y}})";

    public override string GradientText(bool sumOutputs) => $"{Factor(sumOutputs)}tanh({{a}} − {{y}})";

    public override IReadOnlyList<Step> Steps(bool sumOutputs)
    {
        Expression error = Symbol("error");
        return new[]
        {
            Step.Each("error", AValue - YValue),
            Step.Sum("cost", Apply(Function.Abs, error) + (Apply(Function.SoftplusTail, 2 * error) - Ln2)),
            Step.Once(Loss, Reduce(Symbol("cost"), sumOutputs)),
            Step.Each(OutputGradient, Reduce(Apply(Function.Tanh, error), sumOutputs)),
        };
    }
}
