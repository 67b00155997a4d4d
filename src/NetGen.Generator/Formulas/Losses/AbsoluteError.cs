using System.Collections.Generic;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Losses;

/// <summary><c>L = (1/n) Σ |a − y|</c>, <c>dL/da = (1/n) sign(a − y)</c>, and 0 where they are equal.</summary>
internal sealed class AbsoluteError : LossFormula
{
    public override bool HasReduction => true;

    public override string ValueText(bool sumOutputs) => $"{Factor(sumOutputs)}Σ |{{a}} − {{y}}|";

    public override string GradientText(bool sumOutputs) => $"{Factor(sumOutputs)}sign({{a}} − {{y}})";

    public override IReadOnlyList<Step> Steps(bool sumOutputs)
    {
        Expression error = Symbol("error");

        // An error that is neither 0, below nor above it is NaN, and stays so.
        Expression sign = IfZero(error, 0, new Select(error, 0, -1, new Select(0, error, 1, error, Comparison.Below), Comparison.Below));
        return new[]
        {
            Step.Each("error", AValue - YValue),
            Step.Sum("distance", Apply(Function.Abs, error)),
            Step.Once(Loss, Reduce(Symbol("distance"), sumOutputs)),
            Step.Each(OutputGradient, Reduce(sign, sumOutputs)),
        };
    }
}
