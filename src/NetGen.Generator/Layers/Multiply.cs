using System.Collections.Generic;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Layers;

/// <summary>The product of two nodes of one size, unit by unit, <c>z = x ⊙ x2</c>: what makes a gate. Both may be the same node.</summary>
/// <param name="Activation">The activation.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
internal sealed record Multiply(string Activation = nameof(Identity), double? Alpha = null) : Pairwise(Activation, Alpha)
{
    private static readonly Expression Other = Expression.Symbol(Input(1));

    private static readonly Computation[] Product = { new UnitFormula("{z} = {x} ⊙ {x2}", Step.Each(Z, XValue * Other)) };

    private static readonly Computation[] Gradients =
    {
        new UnitFormula("{dx} = {delta} ⊙ {x2}", Step.Each(GradientOf(X), DeltaValue * Other)),
        new UnitFormula("{dx2} = {delta} ⊙ {x}", Step.Each(GradientOf(Input(1)), DeltaValue * XValue)),
    };

    public override IReadOnlyList<Computation> Forward => Product;

    public override IReadOnlyList<Computation> Adjoint => Gradients;
}
