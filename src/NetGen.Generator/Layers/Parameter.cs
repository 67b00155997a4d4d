using System.Collections.Generic;
using System.Globalization;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Layers;

/// <summary>Values that are the same for every sample, <c>z = value</c>, such as log σ of a policy: it reads nothing.</summary>
/// <param name="Units">How many.</param>
/// <param name="InitialValue">What they all are at first.</param>
/// <param name="Activation">The activation.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
internal sealed record Parameter(int Units, double InitialValue = 0, string Activation = nameof(Identity), double? Alpha = null) : LayerSpec(Activation, Alpha)
{
    private const string Value = "value";

    private static readonly Computation[] Values = { new UnitFormula($"{{z}} = {{{Value}}}", Step.Each(Z, Expression.Symbol(Value))) };

    private static readonly Computation[] Gradients = { new UnitFormula($"{{{GradientOf(Value)}}} = {{delta}}", Step.Each(GradientOf(Value), DeltaValue)) };

    public override string Text => $"Parameter({Units.ToString(CultureInfo.InvariantCulture)}, {Catalogue.Activation(this).Name})";

    public override IReadOnlyList<Computation> Forward => Values;

    public override IReadOnlyList<Computation> Adjoint => Gradients;

    public override string? Mistake(IReadOnlyList<int> inputs) => inputs.Count == 0 ? null : $"{Text} reads no node, given {inputs.Count}";

    public override int Size(IReadOnlyList<int> inputs) => Units;

    public override IReadOnlyList<BlockSpec> Parameters(IReadOnlyList<int> inputs) =>
        new[] { new BlockSpec(Value, BlockRole.Bias, new EquatableArray<int>(new[] { Units }), InitialBound: 0, InitialValue) };

    public override LayerSpec WithSize(int size) => this with { Units = size };
}
