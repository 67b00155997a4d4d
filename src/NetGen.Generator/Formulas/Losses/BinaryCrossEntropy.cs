using System.Collections.Generic;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Losses;

/// <summary>
/// <c>L = −(1/n) Σ (y ln a + (1 − y) ln (1 − a))</c> on probabilities, <c>dL/da = (1/n) ((1 − y) / (1 − a) − y / a)</c>. A term with
/// factor 0 is 0, so that a probability of exactly 0 or 1 costs nothing where it is right, and is infinitely wrong elsewhere. With a
/// sigmoid before it the planner takes the stable pair instead.
/// </summary>
internal sealed class BinaryCrossEntropy : LossFormula
{
    public override bool HasReduction => true;

    public override bool TargetsAreProbabilities => true;

    public override string? Needs => "a last layer with Activation.Sigmoid or Activation.HardSigmoid";

    public override bool Accepts(string activation) =>
        activation is nameof(Activations.Sigmoid) or nameof(Activations.HardSigmoid);

    public override string ValueText(bool sumOutputs) => $"−{Factor(sumOutputs)}Σ ({{y}} ln {{a}} + (1 − {{y}}) ln (1 − {{a}}))";

    public override string GradientText(bool sumOutputs) => $"{Factor(sumOutputs)}((1 − {{y}}) / (1 − {{a}}) − {{y}} / {{a}})";

    public override IReadOnlyList<Step> Steps(bool sumOutputs)
    {
        Expression likelihood = IfAtMost(YValue, 0, 0, YValue * Apply(Function.Log, AValue))
            + IfAtMost(1, YValue, 0, (1 - YValue) * Apply(Function.Log, 1 - AValue));
        Expression gradient = IfAtMost(1, YValue, 0, (1 - YValue) / (1 - AValue)) - IfAtMost(YValue, 0, 0, YValue / AValue);
        return new[]
        {
            Step.Sum("likelihood", likelihood),
            Step.Once(Loss, Reduce(-Symbol("likelihood"), sumOutputs)),
            Step.Each(OutputGradient, Reduce(gradient, sumOutputs)),
        };
    }
}
