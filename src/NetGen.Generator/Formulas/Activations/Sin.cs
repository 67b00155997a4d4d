using System;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary>
/// <c>a = sin(ω z)</c>, <c>da/dz = ω cos(ω z)</c>, with ω for α. ω = 30 and the initial weights are those of V. Sitzmann et al., "Implicit neural representations with
/// periodic activation functions", NeurIPS 2020: ±1 / inputs in a layer that reads an input of the network, ±√(6 / inputs) / ω in others. There is no limit at ±∞.
/// </summary>
internal sealed class Sin : ElementwiseActivation
{
    public override string Name => $"sin({AlphaText})";

    public override string ValueText => Alpha == 1 ? "sin({z})" : $"sin({AlphaText} {{z}})";

    public override (double Low, double High) Range => (-1, 1);

    public override double? DefaultAlpha => 30;

    public override (double Above, string Expected) AlphaRange => PositiveAlpha;

    public override Expression Value => Apply(Function.Sin, ZValue * Alpha);

    public override string DerivativeText => Alpha == 1 ? "cos({z})" : $"{AlphaText} cos({AlphaText} {{z}})";

    public override Expression Derivative => Apply(Function.Cos, ZValue * Alpha) * Alpha;

    public override double InitialBound(int inputs, int units) => Math.Sqrt(6.0 / inputs) / Alpha;

    public override double? FirstInitialBound(int inputs) => 1.0 / inputs;
}
