using System.Collections.Generic;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Losses;

/// <summary>
/// <c>L = −Σ y ln a</c> on probabilities, <c>dL/da = −y / a</c>; a term with y = 0 is 0. With a softmax before it the planner takes
/// the stable pair instead.
/// </summary>
internal sealed class CategoricalCrossEntropy : LossFormula
{
    public override bool HasLabels => true;

    public override bool TargetsAreProbabilities => true;

    public override string? Needs => "a last layer with Activation.Softmax";

    public override bool Accepts(string activation) => activation == nameof(Activations.Softmax);

    public override string ValueText(bool sumOutputs) => "−Σ {y} ln {a}";

    public override string GradientText(bool sumOutputs) => "−{y} / {a}";

    public override IReadOnlyList<Step> Steps(bool sumOutputs) => new[]
    {
        Step.Sum("likelihood", IfZero(YValue, 0, YValue * Apply(Function.Log, AValue))),
        Step.Once(Loss, -Symbol("likelihood")),
        Step.Each(OutputGradient, IfZero(YValue, 0, -YValue / AValue)),
    };
}
