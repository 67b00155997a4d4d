using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = tanh(z)</c>, <c>da/dz = 1 − a²</c>.</summary>
internal sealed class Tanh : ElementwiseActivation
{
    public override string Name => "tanh";

    public override string ValueText => "tanh({z})";

    public override (double Low, double High) Range => (-1, 1);

    public override Expression Value => Apply(Function.Tanh, ZValue);

    public override string DerivativeText => "(1 − {a}²)";

    public override Expression Derivative => 1 - (AValue * AValue);
}
