using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = ln (1 + eᶻ)</c>; <c>da/dz = σ(z) = 1 − e⁻ᵃ</c>.</summary>
internal sealed class Softplus : ElementwiseActivation
{
    public override string Name => "softplus";

    public override string ValueText => "ln (1 + e^{z})";

    public override (double Low, double High) Range => (0, double.PositiveInfinity);

    public override bool Saturates => true;

    public override Expression Value => new Flush(Apply(Function.Softplus, ZValue), IsHidden);

    public override string DerivativeText => "(1 − e^−{a})";

    public override Expression Derivative => -Apply(Function.Expm1, -AValue);
}
