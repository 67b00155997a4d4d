using System.Collections.Generic;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Losses;

/// <summary><c>L = Σ y a</c>, <c>dL/da = y</c>: the target is a gradient that the caller has computed.</summary>
internal sealed class Linear : LossFormula
{
    public override string ValueText(bool sumOutputs) => "Σ {y} {a}";

    public override string GradientText(bool sumOutputs) => "{y}";

    public override IReadOnlyList<Step> Steps(bool sumOutputs) => new[]
    {
        Step.Sum(Loss, new Damp(YValue, AValue)),
        Step.Each(OutputGradient, YValue),
    };
}
