using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Layers;

/// <summary>The values of some nodes one after another, <c>z = [x, x2, …]</c>. A node may be there several times.</summary>
/// <param name="Parts">How many nodes it reads.</param>
/// <param name="Activation">The activation.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
internal sealed record Concat(int Parts, string Activation = nameof(Identity), double? Alpha = null) : LayerSpec(Activation, Alpha)
{
    public override string Text => $"Concat({Catalogue.Activation(this).Name})";

    public override IReadOnlyList<Computation> Forward => new[]
    {
        new Arrangement(Z, Enumerable.Range(0, Parts).Select(part => new ArrangedRange(new ValuePlace(0, part), Input(part), ValuePlace.Start))),
    };

    public override IReadOnlyList<Computation> Adjoint => Enumerable.Range(0, Parts)
        .Select(part => new Arrangement(GradientOf(Input(part)), new[] { new ArrangedRange(ValuePlace.Start, Delta, new ValuePlace(0, part)) }))
        .ToArray();

    public override string? Mistake(IReadOnlyList<int> inputs) => Parts < 1 ? $"{Text} reads at least one node"
        : inputs.Count != Parts ? $"{Text} reads {Parts.ToString(CultureInfo.InvariantCulture)} nodes, given {inputs.Count}"
        : inputs.Sum(size => (long)size) is > int.MaxValue and var all ? $"{Text} has {all.ToString(CultureInfo.InvariantCulture)} values; it can have at most {int.MaxValue.ToString(CultureInfo.InvariantCulture)}"
        : null;

    public override int Size(IReadOnlyList<int> inputs) => inputs.Sum();
}
