using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = (z + 3) / 6</c> between 0 and 1; <c>da/dz = 1/6</c> for −3 &lt; z &lt; 3, else 0.</summary>
internal sealed class HardSigmoid : ElementwiseActivation
{
    public override string Name => "hard_sigmoid";

    public override string ValueText => "min(max(({z} + 3) / 6, 0), 1)";

    public override (double Low, double High) Range => (0, 1);

    public override Expression Value => IfAtMost(ZValue, -3, 0, IfAtMost(3, ZValue, 1, (ZValue + 3) / 6));

    public override string DerivativeText => "[−3 < {z} < 3] / 6";

    public override Expression Derivative => Between(-3, 3, ZValue, 1.0 / 6);
}
