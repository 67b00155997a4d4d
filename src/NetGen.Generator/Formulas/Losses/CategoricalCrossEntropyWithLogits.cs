using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Losses;

/// <summary>
/// Cross-entropy of the distribution softmax(a): <c>L = Σ y (ln Σ e^(a_k − max a) − (a_j − max a))</c>, finite for every finite a, and
/// <c>dL/da = softmax(a) (Σ y) − y</c>. With label smoothing s, <c>(1 − s) y + s/n</c> stands in the place of y.
/// </summary>
internal sealed class CategoricalCrossEntropyWithLogits : LossFormula
{
    public override bool HasLabels => true;

    public override bool TargetsAreProbabilities => true;

    public override string? Needs => Logits.Needs;

    public override bool Accepts(string activation) => Logits.Accepts(activation);

    public override bool HasLabelSmoothing => true;

    public override string ValueText(bool sumOutputs) => $"Σ {Target} (ln Σ e^({{a}} − max {{a}}) − ({{a}} − max {{a}}))";

    public override string GradientText(bool sumOutputs) => $"softmax({{a}}) (Σ {Target}) − {Target}";

    public override IReadOnlyList<Step> Steps(bool sumOutputs)
    {
        Expression target = LabelSmoothing == 0 ? YValue : Symbol("smooth");
        return Smoothing.Concat(new[]
        {
            Step.Max("top", AValue),
            Step.Each("shifted", AValue - Symbol("top")),
            Step.Each("power", new Flush(Apply(Function.Exp, Symbol("shifted")))),
            Step.Sum("powers", Symbol("power")),
            Step.Sum("targets", target),
            Step.Once("logPowers", Apply(Function.LogFromOne, Symbol("powers"))),
            Step.Sum(Loss, IfZero(target, 0, target * (Symbol("logPowers") - Symbol("shifted")))),
            Step.Each(OutputGradient, (Symbol("power") / Symbol("powers") * Symbol("targets")) - target),
        }).ToArray();
    }

    /// <summary>The target that is spread.</summary>
    private IEnumerable<Step> Smoothing => LabelSmoothing == 0 ? Enumerable.Empty<Step>()
        : !IsMasked ? new[] { Step.Each("smooth", Smooth(Units)) }
        : new[]
        {
            Step.Sum("classes", IfZero(Symbol(Allowed), 0, 1)),
            Step.Each("smooth", IfZero(Symbol(Allowed), 0, Smooth(Symbol("classes")))),
        };

    private Expression Smooth(Expression classes) => (YValue * (1 - LabelSmoothing)) + (LabelSmoothing / classes);

    private string Target => LabelSmoothing == 0 ? "{y}" : string.Format(CultureInfo.InvariantCulture, "({0:G15} {{y}} + {1:G15}/{{n}})", 1 - LabelSmoothing, LabelSmoothing);
}
