using System.Collections.Generic;
using NetGen.Generator.Formulas.Activations;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Pairs;

/// <summary>
/// A softmax output with cross-entropy, computed from z: <c>−ln a_j = ln Σ e^(z_k − max z) − (z_j − max z)</c>, which is finite for
/// every finite z, and <c>dL/dz = a (Σ y) − y</c>, which is a − y for targets that sum to 1.
/// </summary>
internal sealed class SoftmaxCategoricalCrossEntropy : PairFormula
{
    public override string Activation => nameof(Softmax);

    public override string Loss => nameof(Losses.CategoricalCrossEntropy);

    public override string ValueText(bool sumOutputs) => "Σ {y} (ln Σ e^({z} − max {z}) − ({z} − max {z}))";

    public override string DeltaText(bool sumOutputs) => "{a} (Σ {y}) − {y}";

    public override IReadOnlyList<Step> LossSteps(bool sumOutputs) => new[]
    {
        Step.Once("logSum", Apply(Function.LogFromOne, Symbol("sum"))),
        Step.Sum(Quantity.Loss, IfZero(YValue, 0, YValue * (Symbol("logSum") - (ZValue - Symbol("max"))))),
    };

    public override IReadOnlyList<Step> DeltaSteps(bool sumOutputs) => new[]
    {
        Step.Sum("total", YValue),
        Step.Each(Delta, (AValue * Symbol("total")) - YValue),
    };
}
