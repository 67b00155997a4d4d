using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = z</c> where z &gt; 0, else <c>α z</c>; <c>da/dz</c> is 1 or α, and α at 0. For α ≥ 0 the sign of a tells which.</summary>
internal sealed class LeakyRelu : ElementwiseActivation
{
    public override string Name => $"leaky_relu({AlphaText})";

    public override string ValueText => $"({{z}} > 0 ? {{z}} : {AlphaText} {{z}})";

    public override (double Low, double High) Range => (Alpha > 0 ? double.NegativeInfinity : 0, double.PositiveInfinity);

    public override Initialization Initialization => Initialization.He;

    public override double? DefaultAlpha => 0.01;

    public override Expression Value => IfAtMost(ZValue, 0, Alpha * ZValue, ZValue);

    public override string DerivativeText => $"({(Alpha < 0 ? "{z}" : "{a}")} > 0 ? 1 : {AlphaText})";

    public override Expression Derivative => IfAtMost(Deciding, 0, Alpha, Above(Deciding, 0, 1));

    private Expression Deciding => Alpha < 0 ? ZValue : AValue;
}
