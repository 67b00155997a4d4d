using System.Collections.Generic;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Layers;

/// <summary>Neighbouring values of a node, <c>z = x[start..start+units]</c>. Slices of one node may overlap.</summary>
/// <param name="Start">The first of them.</param>
/// <param name="Units">How many.</param>
/// <param name="Activation">The activation.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
internal sealed record Slice(int Start, int Units, string Activation = nameof(Identity), double? Alpha = null) : LayerSpec(Activation, Alpha)
{
    public override string Text => $"Slice({Start}, {Units}, {Catalogue.Activation(this).Name})";

    public override IReadOnlyList<Computation> Forward => new[] { new Arrangement(Z, new[] { new ArrangedRange(ValuePlace.Start, X, new ValuePlace(Start)) }) };

    public override IReadOnlyList<Computation> Adjoint =>
        new[] { new Arrangement(GradientOf(X), new[] { new ArrangedRange(new ValuePlace(Start), Delta, ValuePlace.Start) }) };

    public override string? Mistake(IReadOnlyList<int> inputs) => base.Mistake(inputs)
        ?? (Start < 0 || Units < 1 || Start > inputs[0] - Units ? $"{Text} is no part of the {inputs[0]} values that it is given" : null);

    public override int Size(IReadOnlyList<int> inputs) => Units;
}
