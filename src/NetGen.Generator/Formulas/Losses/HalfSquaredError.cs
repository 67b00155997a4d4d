using System.Collections.Generic;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Losses;

/// <summary><c>L = ½ Σ (a − y)²</c>, <c>dL/da = a − y</c>.</summary>
internal sealed class HalfSquaredError : LossFormula
{
    public override string ValueText(bool sumOutputs) => "½ Σ ({a} − {y})²";

    public override string GradientText(bool sumOutputs) => "{a} − {y}";

    public override IReadOnlyList<Step> Steps(bool sumOutputs) => new[]
    {
        Step.Each(OutputGradient, AValue - YValue),
        Step.Sum("squares", new Damp(OutputGradientValue, OutputGradientValue)),
        Step.Once(Loss, 0.5 * Expression.Symbol("squares")),
    };
}
