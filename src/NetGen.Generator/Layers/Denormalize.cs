using System.Collections.Generic;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Layers;

/// <summary>Gives each value the mean and the deviation that it has outside, which are not trained: <c>z = x ⊙ deviation + mean</c>.</summary>
/// <param name="Activation">The activation.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
internal sealed record Denormalize(string Activation = nameof(Identity), double? Alpha = null) : LayerSpec(Activation, Alpha)
{
    private const string Mean = "mean";

    private const string Deviation = "deviation";

    private static readonly Computation[] Scaled =
    {
        new UnitFormula($"{{z}} = {{x}} ⊙ {{{Deviation}}} + {{{Mean}}}", Step.Each(Z, (XValue * Symbol(Deviation)) + Symbol(Mean))),
    };

    private static readonly Computation[] Gradients = { new UnitFormula($"{{dx}} = {{delta}} ⊙ {{{Deviation}}}", Step.Each(GradientOf(X), DeltaValue * Symbol(Deviation))) };

    public override string Text => $"Denormalize({Catalogue.Activation(this).Name})";

    public override IReadOnlyList<Computation> Forward => Scaled;

    public override IReadOnlyList<Computation> Adjoint => Gradients;

    public override int Size(IReadOnlyList<int> inputs) => inputs[0];

    public override IReadOnlyList<BlockSpec> Parameters(IReadOnlyList<int> inputs) =>
        new[] { BlockSpec.Statistic(Mean, inputs[0], initialValue: 0), BlockSpec.Statistic(Deviation, inputs[0], initialValue: 1) };
}
