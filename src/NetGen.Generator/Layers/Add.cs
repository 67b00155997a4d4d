using System.Collections.Generic;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Layers;

/// <summary>The sum of two nodes of one size, <c>z = x + x2</c>: what makes a layer a residual one.</summary>
/// <param name="Activation">The activation.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
internal sealed record Add(string Activation = nameof(Identity), double? Alpha = null) : Pairwise(Activation, Alpha)
{
    private static readonly Computation[] Sum = { new UnitFormula("{z} = {x} + {x2}", Step.Each(Z, XValue + Expression.Symbol(Input(1)))) };

    private static readonly Computation[] Gradients =
    {
        new UnitFormula("{dx} = {delta}", Step.Each(GradientOf(X), DeltaValue)),
        new UnitFormula("{dx2} = {delta}", Step.Each(GradientOf(Input(1)), DeltaValue)),
    };

    public override IReadOnlyList<Computation> Forward => Sum;

    public override IReadOnlyList<Computation> Adjoint => Gradients;
}
