using System.Collections.Generic;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Pairs;

/// <summary>A linear output with half the squared error: <c>dL/dz = a − y</c>.</summary>
internal sealed class IdentityHalfSquaredError : PairFormula
{
    public override string Activation => nameof(Activations.Identity);

    public override string Loss => nameof(Losses.HalfSquaredError);

    public override string ValueText(bool sumOutputs) => "½ Σ ({a} − {y})²";

    public override string DeltaText(bool sumOutputs) => "{a} − {y}";

    public override IReadOnlyList<Step> LossSteps(bool sumOutputs) => new[]
    {
        Step.Each("error", AValue - YValue),
        Step.Sum("squares", Symbol("error") * Symbol("error")),
        Step.Once(Quantity.Loss, 0.5 * Symbol("squares")),
    };

    public override IReadOnlyList<Step> DeltaSteps(bool sumOutputs) => new[] { Step.Each(Delta, Symbol("error")) };
}
