using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = z σ(z)</c>, also called swish; <c>da/dz = σ(z) (1 + z (1 − σ(z)))</c>.</summary>
internal sealed class Silu : ElementwiseActivation
{
    public override string Name => "silu";

    public override string ValueText => "{z} σ({z})";

    public override (double Low, double High) Range => (-0.2785, double.PositiveInfinity);

    public override Initialization Initialization => Initialization.He;

    public override bool Saturates => true;

    public override Expression Value => new Flush(Maximum(ZValue, -Far) * S, IsHidden);

    public override string DerivativeText => "σ({z}) (1 + {z} (1 − σ({z})))";

    public override Expression Derivative => S * (1 + (Clamp(ZValue, Far) * (1 - S)));

    private static Expression S => Apply(Function.Sigmoid, ZValue);
}
