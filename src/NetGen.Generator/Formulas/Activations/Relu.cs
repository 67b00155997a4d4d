using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = max(z, 0)</c>, <c>da/dz = 1</c> where a &gt; 0, else 0. NaN stays NaN: it is not at most 0.</summary>
internal sealed class Relu : ElementwiseActivation
{
    public override string Name => "relu";

    public override string ValueText => "max({z}, 0)";

    public override (double Low, double High) Range => (0, double.PositiveInfinity);

    public override Initialization Initialization => Initialization.He;

    public override Expression Value => IfAtMost(ZValue, 0, 0, ZValue);

    public override string DerivativeText => "[{a} > 0]";

    public override Expression Derivative => IfAtMost(AValue, 0, 0, Above(AValue, 0, 1));
}
