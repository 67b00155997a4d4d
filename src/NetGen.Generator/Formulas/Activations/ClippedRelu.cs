using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = z</c> between 0 and 1; <c>da/dz = 1</c> for 0 &lt; z &lt; 1, else 0.</summary>
internal sealed class ClippedRelu : ElementwiseActivation
{
    public override string Name => "clipped_relu";

    public override string ValueText => "min(max({z}, 0), 1)";

    public override (double Low, double High) Range => (0, 1);

    public override Initialization Initialization => Initialization.He;

    public override Expression Value => IfAtMost(ZValue, 0, 0, IfAtMost(1, ZValue, 1, ZValue));

    public override string DerivativeText => "[0 < {a} < 1]";

    public override Expression Derivative => Between(0, 1, AValue, 1);
}
