using System.Collections.Generic;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Layers;

/// <summary>
/// The entropy of the distribution softmax(x), in one value: <c>z = −Σ p ln p = ln Σ e^s − Σ p s</c>, <c>p = softmax(x)</c>, <c>s = x − max x</c>. What has probability 0, as an x of −∞
/// has, adds nothing.
/// </summary>
internal sealed record Entropy() : LayerSpec(nameof(Identity))
{
    private static readonly Expression Shifted = Symbol("shifted");
    private static readonly Expression Share = Symbol("share");

    private static readonly Computation[] Value =
    {
        new UnitFormula(
            "{z} = −Σ p ln p, p = softmax({x})",
            Step.Max("max", XValue),
            Step.Each("shifted", XValue - Symbol("max")),
            Step.Each("power", new Flush(Apply(Function.Exp, Shifted), IsInner: true)),
            Step.Sum("powers", Symbol("power")),
            Step.Each("share", Symbol("power") / Symbol("powers")),
            Step.Sum("mean", IfZero(Share, 0, Share * Shifted)),
            Step.Once(Z, Apply(Function.LogFromOne, Symbol("powers")) - Symbol("mean")))
        {
            OverInputs = true,
        },
    };

    private static readonly Computation[] Gradient =
    {
        new UnitFormula(
            "{dx} = −{delta} p ⊙ (ln p − Σ p ln p)",
            Step.Each(GradientOf(X), IfZero(Share, 0, new Damp(DeltaValue * (Symbol("mean") - Shifted), Share, IsInner: true))))
        {
            OverInputs = true,
        },
    };

    public override string Text => nameof(Entropy);

    public override IReadOnlyList<Computation> Forward => Value;

    public override IReadOnlyList<Computation> Adjoint => Gradient;

    public override int Size(IReadOnlyList<int> inputs) => 1;
}
