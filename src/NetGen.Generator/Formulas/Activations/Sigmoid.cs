using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = σ(z) = 1 / (1 + e⁻ᶻ)</c>, <c>da/dz = a (1 − a)</c>.</summary>
internal sealed class Sigmoid : ElementwiseActivation
{
    public override string Name => "sigmoid";

    public override string ValueText => "σ({z})";

    public override (double Low, double High) Range => (0, 1);

    public override bool Saturates => true;

    public override Expression Value => new Flush(Apply(Function.Sigmoid, ZValue), IsHidden);

    public override string DerivativeText => "{a} (1 − {a})";

    public override Expression Derivative => AValue * (1 - AValue);
}
