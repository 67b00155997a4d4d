using System.Collections.Generic;
using NetGen.Generator.Formulas.Losses;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Pairs;

/// <summary>
/// A sigmoid output with binary cross-entropy, computed from z: <c>−(y ln σ(z) + (1 − y) ln (1 − σ(z))) = max(z, 0) − z y +
/// ln (1 + e^−|z|)</c>, which is finite for every finite z, and <c>dL/dz = a − y</c>.
/// </summary>
internal sealed class SigmoidBinaryCrossEntropy : PairFormula
{
    public override string Activation => nameof(Activations.Sigmoid);

    public override string Loss => nameof(BinaryCrossEntropy);

    public override string ValueText(bool sumOutputs) =>
        (sumOutputs ? "Σ" : "(1/{n}) Σ") + " (max({z}, 0) − {z} {y} + ln (1 + e^−|{z}|))";

    public override string DeltaText(bool sumOutputs) => sumOutputs ? "{a} − {y}" : "(1/{n}) ({a} − {y})";

    public override IReadOnlyList<Step> LossSteps(bool sumOutputs) => new[]
    {
        Step.Sum("cost", Logits.BinaryCost(ZValue)),
        Step.Once(Quantity.Loss, sumOutputs ? Symbol("cost") : Symbol("cost") / Units),
    };

    public override IReadOnlyList<Step> DeltaSteps(bool sumOutputs) => new[]
    {
        Step.Each(Delta, sumOutputs ? AValue - YValue : (AValue - YValue) / Units),
    };
}
