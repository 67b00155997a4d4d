using System.Collections.Generic;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Losses;

/// <summary>
/// <c>L = −(1/n) Σ (y ln a + (1 − y) ln (1 − a))</c> on probabilities, <c>dL/da = (1/n) (a − y) / (a (1 − a))</c>. With a sigmoid
/// before it the planner takes the stable pair instead.
/// </summary>
internal sealed class BinaryCrossEntropy : LossFormula
{
    public override bool HasReduction => true;

    public override string? RequiredActivation => nameof(Activations.Sigmoid);

    public override string ValueText(bool sumOutputs) =>
        (sumOutputs ? "−Σ" : "−(1/{n}) Σ") + " ({y} ln {a} + (1 − {y}) ln (1 − {a}))";

    public override string GradientText(bool sumOutputs) => (sumOutputs ? "" : "(1/{n}) ") + "({a} − {y}) / ({a} (1 − {a}))";

    public override IReadOnlyList<Step> Steps(bool sumOutputs)
    {
        Expression likelihood = (YValue * Apply(Function.Log, AValue)) + ((1 - YValue) * Apply(Function.Log, 1 - AValue));
        Expression gradient = (AValue - YValue) / (AValue * (1 - AValue));
        return new[]
        {
            Step.Sum("likelihood", likelihood),
            Step.Once(Loss, sumOutputs ? -Symbol("likelihood") : -Symbol("likelihood") / Units),
            Step.Each(OutputGradient, sumOutputs ? gradient : gradient / Units),
        };
    }
}
