using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = z</c> between −1 and 1; <c>da/dz = 1</c> for −1 &lt; z &lt; 1, else 0.</summary>
internal sealed class HardTanh : ElementwiseActivation
{
    public override string Name => "hard_tanh";

    public override string ValueText => "min(max({z}, −1), 1)";

    public override (double Low, double High) Range => (-1, 1);

    public override Expression Value => IfAtMost(ZValue, -1, -1, IfAtMost(1, ZValue, 1, ZValue));

    public override string DerivativeText => "[−1 < {a} < 1]";

    public override Expression Derivative => Between(-1, 1, AValue, 1);
}
