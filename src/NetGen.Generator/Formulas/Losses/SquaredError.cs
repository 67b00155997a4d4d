using System.Collections.Generic;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Losses;

/// <summary>
/// <c>L = (1/n) Σ (a − y)²</c>, <c>dL/da = (2/n) (a − y)</c>; with the sum instead of the mean the factor 1/n is missing.
/// </summary>
internal sealed class SquaredError : LossFormula
{
    public override bool HasReduction => true;

    public override string ValueText(bool sumOutputs) => Factor(sumOutputs) + "Σ ({a} − {y})²";

    public override string GradientText(bool sumOutputs) => sumOutputs ? "2 ({a} − {y})" : "(2/{n}) ({a} − {y})";

    public override IReadOnlyList<Step> Steps(bool sumOutputs) => new[]
    {
        Step.Each("error", AValue - YValue),
        Step.Sum("squares", new Damp(Symbol("error"), Symbol("error"))),
        Step.Once(Loss, Reduce(Symbol("squares"), sumOutputs)),
        Step.Each(OutputGradient, (sumOutputs ? 2 : 2 / Units) * Symbol("error")),
    };
}
