using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = z Φ(z)</c> with the normal distribution <c>Φ(z) = ½ erfc(−z/√2)</c>, in which nothing cancels; <c>da/dz = Φ(z) + z φ(z)</c> with the density <c>φ(z) = e^(−z²/2) / √(2π)</c>.</summary>
internal sealed class Gelu : ElementwiseActivation
{
    public override string Name => "gelu";

    public override string ValueText => "{z} ½ erfc(−{z}/√2)";

    public override (double Low, double High) Range => (-0.17, double.PositiveInfinity);

    public override Initialization Initialization => Initialization.He;

    public override bool Saturates => true;

    public override Expression Value => new Flush(0.5 * Maximum(ZValue, -Far) * Tail, IsHidden);

    public override string DerivativeText => "(Φ({z}) + {z} φ({z}))";

    public override Expression Derivative => 0.5 * (Tail + ((2 * InverseRoot2Pi * Clamp(ZValue, Far)) * Apply(Function.Exp, -0.5 * Square)));

    /// <summary>2 Φ(z).</summary>
    private static Expression Tail => Apply(Function.Erfc, -InverseRoot2 * ZValue);

    private const double InverseRoot2 = 0.70710678118654752440;

    private const double InverseRoot2Pi = 0.39894228040143267794;
}
