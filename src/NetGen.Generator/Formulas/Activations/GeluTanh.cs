using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = ½ z (1 + tanh u)</c>, <c>u = √(2/π) (z + 0.044715 z³)</c>; <c>da/dz = ½ (1 + t) + ½ z (1 − t²) u′</c> with t = tanh u. Source: D. Hendrycks, K. Gimpel, arXiv:1606.08415.</summary>
internal sealed class GeluTanh : ElementwiseActivation
{
    public override string Name => "gelu_tanh";

    public override string ValueText => "½ {z} (1 + tanh(√(2/π) ({z} + 0.044715 {z}³)))";

    public override (double Low, double High) Range => (-0.1701, double.PositiveInfinity);

    public override Initialization Initialization => Initialization.He;

    public override Expression Value => 0.5 * Maximum(ZValue, -Far) * (1 + T);

    public override string DerivativeText => "(½ (1 + t) + ½ {z} (1 − t²) √(2/π) (1 + 0.134145 {z}²)), t = tanh(√(2/π) ({z} + 0.044715 {z}³))";

    public override Expression Derivative => (0.5 * (1 + T)) + (0.5 * Clamp(ZValue, Far) * ((1 - T) * (1 + T)) * (Root2ByPi + (3 * Cubic * Root2ByPi * Minimum(ZValue * ZValue, Far * Far))));

    private static Expression T => Apply(Function.Tanh, ZValue * (Root2ByPi + (Cubic * Root2ByPi * (ZValue * ZValue))));

    private const double Root2ByPi = 0.79788456080286535588;

    private const double Cubic = 0.044715;
}
