using System.Collections.Generic;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Layers;

/// <summary>Divides what it reads by its root mean square over the units of a sample: <c>x̂ = x / √(mean x² + ε)</c>, <c>z = x̂ ⊙ w</c>.</summary>
/// <param name="Epsilon">ε.</param>
/// <param name="UseWeight">Whether it has w.</param>
/// <param name="Activation">The activation.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
/// <remarks>B. Zhang, R. Sennrich, "Root Mean Square Layer Normalization", arXiv:1910.07467.</remarks>
internal sealed record RmsNorm(double Epsilon = 1e-6, bool UseWeight = true, string Activation = nameof(Identity), double? Alpha = null) : LayerSpec(Activation, Alpha)
{
    private static readonly Expression Normalized = Symbol("normalized");
    private static readonly Expression Inverse = Symbol("inverse");
    private static readonly Expression Slope = Symbol("slope");

    public override string Text => $"RmsNorm({Catalogue.Activation(this).Name})";

    public override IReadOnlyList<Computation> Forward => new[]
    {
        new UnitFormula(
            $"{{z}} = {{x}} / √(mean {{x}}² + {Number(Epsilon)}){(UseWeight ? " ⊙ {weight}" : "")}",
            Step.SumInLanes("squares", XValue * XValue),
            Step.Once("inverse", 1 / Apply(Function.Sqrt, (Symbol("squares") / Units) + Epsilon)),
            Step.Each("normalized", XValue * Inverse),
            Step.Each(Z, UseWeight ? Normalized * WeightValue : Normalized)),
    };

    public override IReadOnlyList<Computation> Adjoint
    {
        get
        {
            var input = new UnitFormula(
                $"{{dx}} = (g − x̂ ⊙ mean (g ⊙ x̂)) / √(mean {{x}}² + {Number(Epsilon)}), g = {{delta}}{(UseWeight ? " ⊙ {weight}" : "")}",
                Step.Each("slope", UseWeight ? DeltaValue * WeightValue : DeltaValue),
                Step.SumInLanes("products", Slope * Normalized),
                Step.Once("meanProduct", Symbol("products") / Units),
                Step.Each(GradientOf(X), (Slope - (Normalized * Symbol("meanProduct"))) * Inverse));
            return UseWeight
                ? new[] { input, new UnitFormula("{dweight} = {delta} ⊙ x̂", Step.Each(GradientOf(Weight), DeltaValue * Normalized)) }
                : new[] { input };
        }
    }

    public override int Size(IReadOnlyList<int> inputs) => inputs[0];

    public override IReadOnlyList<BlockSpec> Parameters(IReadOnlyList<int> inputs) => UseWeight ? new[] { BlockSpec.Factors(inputs[0]) } : new BlockSpec[0];
}
