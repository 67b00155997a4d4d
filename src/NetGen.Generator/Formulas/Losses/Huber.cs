using System.Collections.Generic;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Losses;

/// <summary>
/// <c>L = (1/n) Σ h(a − y)</c> with <c>h(e) = ½ e²</c> for |e| ≤ δ, else <c>δ (|e| − ½ δ)</c>; <c>dL/da = (1/n) min(max(e, −δ), δ)</c>.
/// </summary>
internal sealed class Huber : LossFormula
{
    public override bool HasReduction => true;

    public override double? DefaultDelta => 1;

    public override string ValueText(bool sumOutputs) =>
        $"{Factor(sumOutputs)}Σ h({{a}} − {{y}}), h(e) = |e| ≤ {DeltaText} ? ½ e² : {DeltaText} (|e| − ½ {DeltaText})";

    public override string GradientText(bool sumOutputs) => $"{Factor(sumOutputs)}min(max({{a}} − {{y}}, −{DeltaText}), {DeltaText})";

    public override IReadOnlyList<Step> Steps(bool sumOutputs)
    {
        Expression error = Symbol("error");
        Expression distance = Apply(Function.Abs, error);
        Expression cost = IfAtMost(distance, Delta, 0.5 * new Damp(error, error), Delta * (distance - (0.5 * Delta)));
        return new[]
        {
            Step.Each("error", AValue - YValue),
            Step.Sum("cost", cost),
            Step.Once(Loss, Reduce(Symbol("cost"), sumOutputs)),
            Step.Each(OutputGradient, Reduce(IfAtMost(error, -Delta, -Delta, IfAtMost(Delta, error, Delta, error)), sumOutputs)),
        };
    }
}
