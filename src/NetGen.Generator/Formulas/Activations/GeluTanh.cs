using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = ½ z (1 + tanh u)</c>, <c>u = √(2/π) (z + 0.044715 z³)</c>, which is <c>z s</c> with <c>s = σ(2u)</c>, where nothing cancels; <c>da/dz = s (1 + z (1 − s) 2u′)</c>. Source: D. Hendrycks, K. Gimpel, arXiv:1606.08415.</summary>
internal sealed class GeluTanh : ElementwiseActivation
{
    public override string Name => "gelu_tanh";

    public override string ValueText => "{z} σ(√(8/π) ({z} + 0.044715 {z}³))";

    public override (double Low, double High) Range => (-0.1701, double.PositiveInfinity);

    public override Initialization Initialization => Initialization.He;

    public override bool Saturates => true;

    public override Expression Value => new Flush(Maximum(ZValue, -Far) * S, IsHidden);

    public override string DerivativeText => "s (1 + {z} (1 − s) √(8/π) (1 + 0.134145 {z}²)), s = σ(√(8/π) ({z} + 0.044715 {z}³))";

    public override Expression Derivative => S * (1 + (Clamp(ZValue, Far) * (1 - S) * (Root8ByPi + (3 * Cubic * Root8ByPi * Minimum(ZValue * ZValue, Far * Far)))));

    private static Expression S => Apply(Function.Sigmoid, ZValue * (Root8ByPi + (Cubic * Root8ByPi * Square)));

    private const double Root8ByPi = 1.5957691216057308;

    private const double Cubic = 0.044715;
}
