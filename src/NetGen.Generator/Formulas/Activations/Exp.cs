using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = eᶻ</c>, <c>da/dz = a</c>.</summary>
internal sealed class Exp : ElementwiseActivation
{
    public override string Name => "exp";

    public override string ValueText => "e^{z}";

    public override (double Low, double High) Range => (0, double.PositiveInfinity);

    public override bool Saturates => true;

    public override Expression Value => new Flush(Apply(Function.Exp, ZValue), IsHidden);

    public override string DerivativeText => "{a}";

    public override Expression Derivative => AValue;
}
