using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = tanh(z)</c>, <c>da/dz = 1 − a² = (1 − a)(1 + a)</c>, where nothing is rounded before it cancels.</summary>
internal sealed class Tanh : ElementwiseActivation
{
    public override string Name => "tanh";

    public override string ValueText => "tanh({z})";

    public override (double Low, double High) Range => (-1, 1);

    public override bool Saturates => true;

    public override Expression Value => Apply(Function.Tanh, ZValue);

    public override string DerivativeText => "(1 − {a}) (1 + {a})";

    public override Expression Derivative => (1 - AValue) * (1 + AValue);
}
