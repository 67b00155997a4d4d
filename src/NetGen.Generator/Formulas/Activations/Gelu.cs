using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = z Φ(z)</c> with the normal distribution <c>Φ(z) = ½ (1 + erf(z/√2))</c>; <c>da/dz = Φ(z) + z φ(z)</c> with the density <c>φ(z) = e^(−z²/2) / √(2π)</c>.</summary>
internal sealed class Gelu : ElementwiseActivation
{
    public override string Name => "gelu";

    public override string ValueText => "{z} ½ (1 + erf({z}/√2))";

    public override (double Low, double High) Range => (-0.17, double.PositiveInfinity);

    public override Initialization Initialization => Initialization.He;

    public override Expression Value => Maximum(ZValue, -Far) * Distribution;

    public override string DerivativeText => "(Φ({z}) + {z} φ({z}))";

    public override Expression Derivative => Distribution + (Clamp(ZValue, Far) * Density);

    private static Expression Distribution => 0.5 * (1 + Apply(Function.Erf, InverseRoot2 * ZValue));

    private static Expression Density => InverseRoot2Pi * Apply(Function.Exp, -0.5 * (ZValue * ZValue));

    private const double InverseRoot2 = 0.70710678118654752440;

    private const double InverseRoot2Pi = 0.39894228040143267794;
}
