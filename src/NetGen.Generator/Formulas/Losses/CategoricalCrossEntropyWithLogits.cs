using System.Collections.Generic;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Losses;

/// <summary>
/// Cross-entropy of the distribution softmax(a): <c>L = Σ y (ln Σ e^(a_k − max a) − (a_j − max a))</c>, finite for every finite a, and
/// <c>dL/da = softmax(a) (Σ y) − y</c>.
/// </summary>
internal sealed class CategoricalCrossEntropyWithLogits : LossFormula
{
    public override bool HasLabels => true;

    public override bool TargetsAreProbabilities => true;

    public override string? Needs => Logits.Needs;

    public override bool Accepts(string activation) => Logits.Accepts(activation);

    public override string ValueText(bool sumOutputs) => "Σ {y} (ln Σ e^({a} − max {a}) − ({a} − max {a}))";

    public override string GradientText(bool sumOutputs) => "softmax({a}) (Σ {y}) − {y}";

    public override IReadOnlyList<Step> Steps(bool sumOutputs) => new[]
    {
        Step.Max("top", AValue),
        Step.Each("shifted", AValue - Symbol("top")),
        Step.Each("power", new Flush(Apply(Function.Exp, Symbol("shifted")))),
        Step.Sum("powers", Symbol("power")),
        Step.Sum("targets", YValue),
        Step.Once("logPowers", Apply(Function.LogFromOne, Symbol("powers"))),
        Step.Sum(Loss, IfZero(YValue, 0, YValue * (Symbol("logPowers") - Symbol("shifted")))),
        Step.Each(OutputGradient, (Symbol("power") / Symbol("powers") * Symbol("targets")) - YValue),
    };
}
