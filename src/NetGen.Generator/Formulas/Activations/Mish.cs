using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = z tanh(softplus(z))</c>; with t = tanh(softplus(z)), <c>da/dz = t + z (1 − t²) σ(z)</c>. Source: D. Misra, arXiv:1908.08681.</summary>
internal sealed class Mish : ElementwiseActivation
{
    public override string Name => "mish";

    public override string ValueText => "{z} tanh(ln (1 + e^{z}))";

    public override (double Low, double High) Range => (-0.3089, double.PositiveInfinity);

    public override Initialization Initialization => Initialization.He;

    public override bool Saturates => true;

    public override Expression Value => new Flush(Maximum(ZValue, -Far) * T, IsHidden);

    public override string DerivativeText => "(t + {z} (1 − t²) σ({z})), t = tanh(ln (1 + e^{z}))";

    public override Expression Derivative => T + (Clamp(ZValue, Far) * ((1 - T) * (1 + T)) * Apply(Function.Sigmoid, ZValue));

    private static Expression T => Apply(Function.Tanh, Apply(Function.Softplus, ZValue));
}
