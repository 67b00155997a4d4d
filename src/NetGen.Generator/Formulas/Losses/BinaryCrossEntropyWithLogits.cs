using System.Collections.Generic;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Losses;

/// <summary>
/// Binary cross-entropy of the probabilities σ(a): <c>L = (1/n) Σ (max(a, 0) − a y + ln (1 + e^−|a|))</c>, finite for every finite a,
/// and <c>dL/da = (1/n) (σ(a) − y)</c>.
/// </summary>
internal sealed class BinaryCrossEntropyWithLogits : LossFormula
{
    public override bool HasReduction => true;

    public override bool TargetsAreProbabilities => true;

    public override string? Needs => Logits.Needs;

    public override bool Accepts(string activation) => Logits.Accepts(activation);

    public override string ValueText(bool sumOutputs) => $"{Factor(sumOutputs)}Σ (max({{a}}, 0) − {{a}} {{y}} + ln (1 + e^−|{{a}}|))";

    public override string GradientText(bool sumOutputs) => $"{Factor(sumOutputs)}(σ({{a}}) − {{y}})";

    public override IReadOnlyList<Step> Steps(bool sumOutputs) => new[]
    {
        Step.Sum("cost", Logits.BinaryCost(AValue)),
        Step.Once(Loss, Reduce(Symbol("cost"), sumOutputs)),
        Step.Each(OutputGradient, Reduce(new Flush(Apply(Function.Sigmoid, AValue)) - YValue, sumOutputs)),
    };
}
