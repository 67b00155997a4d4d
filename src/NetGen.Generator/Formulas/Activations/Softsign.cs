using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = z / (1 + |z|)</c>; <c>da/dz = 1 / (1 + |z|)²</c>.</summary>
internal sealed class Softsign : ElementwiseActivation
{
    public override string Name => "softsign";

    public override string ValueText => "{z} / (1 + |{z}|)";

    public override (double Low, double High) Range => (-1, 1);

    public override bool Saturates => true;

    public override Expression Value => Near / (1 + Apply(Function.Abs, Near));

    public override string DerivativeText => "1 / (1 + |{z}|)²";

    public override Expression Derivative => 1 / D / D;

    private static Expression D => 1 + Apply(Function.Abs, ZValue);

    /// <summary>z where z / (1 + |z|) is not ±1 in both precisions; beyond, and at ±∞, a number that gives the same.</summary>
    private static Expression Near => Clamp(ZValue, 1e30);
}
