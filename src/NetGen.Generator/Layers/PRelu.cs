using System.Collections.Generic;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Layers;

/// <summary>
/// <c>z = x</c> above 0, else <c>alpha · x</c>, with a slope that is learned. The derivative at 0 is alpha, that by alpha is 0 there.
/// </summary>
/// <param name="IsShared">Whether all units have one alpha, rather than one each.</param>
/// <param name="Initial">What alpha is at first.</param>
/// <param name="Activation">The activation.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
/// <remarks>K. He, X. Zhang, S. Ren, J. Sun, "Delving Deep into Rectifiers", arXiv:1502.01852.</remarks>
internal sealed record PRelu(bool IsShared = true, double Initial = 0.25, string Activation = nameof(Identity), double? Alpha = null) : LayerSpec(Activation, Alpha)
{
    private const string Slope = "alpha";

    private static readonly Expression SlopeValue = Symbol(Slope);

    private static readonly Computation[] Values =
    {
        new UnitFormula($"{{z}} = max({{x}}, 0) + {{{Slope}}} ⊙ min({{x}}, 0)", Step.Each(Z, new Select(0, XValue, XValue, SlopeValue * XValue, Comparison.Below))),
    };

    // NaN gives NaN, for it may lie on any side.
    private static readonly Computation InputGradient = new UnitFormula(
        $"{{dx}} = {{delta}} ⊙ ([{{x}} > 0] + {{{Slope}}} ⊙ [{{x}} ≤ 0])",
        Step.Each(GradientOf(X), IfAtMost(XValue, 0, SlopeValue * DeltaValue, new Select(0, XValue, DeltaValue, double.NaN, Comparison.Below))));

    private static readonly Expression SlopeGradient = new Select(0, XValue, 0, DeltaValue * XValue, Comparison.Below);

    private static readonly Computation[] SharedGradients =
    {
        InputGradient, new UnitFormula($"{{{GradientOf(Slope)}}} = Σ {{delta}} ⊙ min({{x}}, 0)", Step.SumInLanes(GradientOf(Slope), SlopeGradient)),
    };

    private static readonly Computation[] OwnGradients =
    {
        InputGradient, new UnitFormula($"{{{GradientOf(Slope)}}} = {{delta}} ⊙ min({{x}}, 0)", Step.Each(GradientOf(Slope), SlopeGradient)),
    };

    public override string Text => $"PRelu({Catalogue.Activation(this).Name})";

    public override IReadOnlyList<Computation> Forward => Values;

    public override IReadOnlyList<Computation> Adjoint => IsShared ? SharedGradients : OwnGradients;

    public override int Size(IReadOnlyList<int> inputs) => inputs[0];

    public override IReadOnlyList<BlockSpec> Parameters(IReadOnlyList<int> inputs) =>
        new[] { new BlockSpec(Slope, BlockRole.Weight, new EquatableArray<int>(new[] { IsShared ? 1 : inputs[0] }), InitialBound: 0, Initial) };
}
