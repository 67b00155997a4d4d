using System.Collections.Generic;
using System.Globalization;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Layers;

/// <summary>Softmax over each group of neighbouring units: <c>z_j = e^x_j / Σ e^x_k</c>, with k in the group of j.</summary>
/// <param name="Group">Units of a group.</param>
/// <param name="Activation">The activation.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
/// <remarks>Known as simplicial normalisation: S. Lavoie et al., "Simplicial Embeddings in Self-Supervised Learning", arXiv:2204.00616.</remarks>
internal sealed record SoftmaxGroups(int Group, string Activation = nameof(Identity), double? Alpha = null) : LayerSpec(Activation, Alpha)
{
    private static readonly Expression Share = Symbol("share");

    public override string Text => $"SoftmaxGroups({GroupText}, {Catalogue.Activation(this).Name})";

    // The largest x is subtracted first: the quotient stays the same and nothing overflows.
    public override IReadOnlyList<Computation> Forward => new[]
    {
        new UnitFormula(
            $"{{z}} = softmax({{x}}) in groups of {GroupText}",
            Step.Max("max", XValue),
            Step.Each("power", new Flush(Apply(Function.Exp, XValue - Symbol("max")), IsInner: true)),
            Step.Sum("sum", Symbol("power")),
            Step.Each("share", Symbol("power") / Symbol("sum")),
            Step.Each(Z, Share)) { Group = Group },
    };

    public override IReadOnlyList<Computation> Adjoint => new[]
    {
        new UnitFormula(
            $"{{dx}} = s ⊙ ({{delta}} − Σ {{delta}} ⊙ s), s = softmax({{x}}) in groups of {GroupText}",
            Step.Sum("dot", DeltaValue * Share),
            Step.Each(GradientOf(X), new Damp(DeltaValue - Symbol("dot"), Share, IsInner: true))) { Group = Group },
    };

    private string GroupText => Group.ToString(CultureInfo.InvariantCulture);

    public override string? Mistake(IReadOnlyList<int> inputs) => base.Mistake(inputs)
        ?? (Group < 1 || inputs[0] % Group != 0 ? $"{Text} reads whole groups, given {inputs[0]} values" : null);

    public override int Size(IReadOnlyList<int> inputs) => inputs[0];
}
