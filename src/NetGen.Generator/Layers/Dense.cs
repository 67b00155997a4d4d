using System.Collections.Generic;
using System.Globalization;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Layers;

/// <summary>A fully connected layer: <c>z = W·x + b</c>, <c>a = activation(z)</c>.</summary>
/// <param name="Units">Number of units.</param>
/// <param name="Activation">The activation.</param>
/// <param name="UseBias">Whether it has b.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
internal sealed record Dense(int Units, string Activation, bool UseBias = true, double? Alpha = null) : LayerSpec(Activation, Alpha)
{
    private static readonly TensorTerm X = new(Quantity.X, "si");
    private static readonly TensorTerm Z = new(Quantity.Z, "su");
    private static readonly TensorTerm W = new(Weight, "ui");
    private static readonly TensorTerm B = new(Bias, "u");
    private static readonly TensorTerm Delta = new(Quantity.Delta, "su");

    private static readonly Einsum InputAdjoint = new(new TensorTerm(GradientOf(Quantity.X), "si"), null, W, Delta);
    private static readonly Einsum WeightAdjoint = new(new TensorTerm(GradientOf(Weight), "ui"), null, Delta, X);
    private static readonly Einsum BiasAdjoint = new(new TensorTerm(GradientOf(Bias), "u"), null, Delta);

    private static readonly Einsum[] ForwardWithBias = { new(Z, B, W, X) };
    private static readonly Einsum[] ForwardWithoutBias = { new(Z, null, W, X) };
    private static readonly Einsum[] AdjointWithBias = { InputAdjoint, WeightAdjoint, BiasAdjoint };
    private static readonly Einsum[] AdjointWithoutBias = { InputAdjoint, WeightAdjoint };

    public override string Text => $"Dense({Units.ToString(CultureInfo.InvariantCulture)}, {Formula.Name})";

    public override IReadOnlyList<Computation> Forward => UseBias ? ForwardWithBias : ForwardWithoutBias;

    public override IReadOnlyList<Computation> Adjoint => UseBias ? AdjointWithBias : AdjointWithoutBias;

    private ActivationFormula Formula => Catalogue.Activation(this);

    public override int Size(IReadOnlyList<int> inputs) => Units;

    public override IReadOnlyList<BlockSpec> Parameters(IReadOnlyList<int> inputs)
    {
        ActivationFormula formula = Formula;
        BlockSpec weights = BlockSpec.Weight(Units, inputs[0], formula.InitialBound(inputs[0], Units)) with { FirstInitialBound = formula.FirstInitialBound(inputs[0]) };
        return UseBias ? new[] { weights, BlockSpec.Bias(Units) } : new[] { weights };
    }

    public override LayerSpec WithSize(int size) => this with { Units = size };
}
