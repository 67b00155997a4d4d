using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Layers;

/// <summary>A sum of nodes of one size, each times a value of the first node: <c>z = x₁ x2 + x₂ x3 + …</c>, as a gate blends experts.</summary>
/// <param name="Experts">How many nodes it blends.</param>
/// <param name="Activation">The activation.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
internal sealed record Blend(int Experts, string Activation = nameof(Identity), double? Alpha = null) : LayerSpec(Activation, Alpha)
{
    public override string Text => $"Blend({Catalogue.Activation(this).Name})";

    public override IReadOnlyList<Computation> Forward => new[]
    {
        new UnitFormula("{z} = Σ {x}ₖ · eₖ", Step.Each(Z, Each.Select(expert => Gate(expert) * Expert(expert)).Aggregate((sum, term) => sum + term))) { Elements = Gates(X) },
    };

    public override IReadOnlyList<Computation> Adjoint => Each
        .Select(expert => new UnitFormula(
            $"{{{GradientOf(Input(expert + 1))}}} = {{x}}[{expert.ToString(CultureInfo.InvariantCulture)}] · {{delta}}",
            Step.Each(GradientOf(Input(expert + 1)), Gate(expert) * DeltaValue))
        {
            Elements = Gates(X),
        })
        .Prepend(new UnitFormula("{dx}ₖ = Σ eₖ ⊙ {delta}", Each.Select(expert => Step.SumInLanes(GradientOf(GateName(expert)), Expert(expert) * DeltaValue)).ToArray())
        {
            Elements = Gates(GradientOf(X)),
        })
        .ToArray();

    private IEnumerable<int> Each => Enumerable.Range(0, Experts);

    public override string? Mistake(IReadOnlyList<int> inputs) => Experts < 1 ? $"{Text} reads at least one node beside the first"
        : inputs.Count != Experts + 1 ? $"{Text} reads {(Experts + 1).ToString(CultureInfo.InvariantCulture)} nodes, given {inputs.Count}"
        : inputs[0] != Experts ? $"{Text} reads a value for each of {Experts} nodes, given {inputs[0]} values"
        : inputs.Skip(1).Distinct().Count() > 1 ? $"{Text} reads nodes of one size, given {string.Join(", ", inputs.Skip(1))} values"
        : null;

    public override int Size(IReadOnlyList<int> inputs) => inputs[1];

    private static string GateName(int expert) => "gate" + expert.ToString(CultureInfo.InvariantCulture);

    private static Expression Gate(int expert) => Expression.Symbol(GateName(expert));

    private static Expression Expert(int expert) => Expression.Symbol(Input(expert + 1));

    /// <summary>The values of the first node, or of its gradient, by their names.</summary>
    private QuantityElement[] Gates(string quantity) =>
        Each.Select(expert => new QuantityElement(quantity == X ? GateName(expert) : GradientOf(GateName(expert)), quantity, expert)).ToArray();
}
