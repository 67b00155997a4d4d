using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = z</c> between 0 and 6; <c>da/dz = 1</c> for 0 &lt; z &lt; 6, else 0.</summary>
internal sealed class Relu6 : ElementwiseActivation
{
    public override string Name => "relu6";

    public override string ValueText => "min(max({z}, 0), 6)";

    public override (double Low, double High) Range => (0, 6);

    public override Initialization Initialization => Initialization.He;

    public override Expression Value => IfAtMost(ZValue, 0, 0, IfAtMost(6, ZValue, 6, ZValue));

    public override string DerivativeText => "[0 < {a} < 6]";

    public override Expression Derivative => Between(0, 6, AValue, 1);
}
