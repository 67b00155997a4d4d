using System.Collections.Generic;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = z²</c> between 0 and 1, else the nearer of 0 and 1; <c>da/dz = 2 z</c> for 0 &lt; z &lt; 1, else 0.</summary>
internal sealed class SquaredClippedRelu : ElementwiseActivation
{
    public override string Name => "squared_clipped_relu";

    public override string ValueText => "min(max({z}, 0), 1)²";

    public override (double Low, double High) Range => (0, 1);

    public override Initialization Initialization => Initialization.He;

    public override bool Saturates => true;

    public override Expression Value => Inside(1, Square);

    public override string DerivativeText => "[0 < {z} < 1] 2 {z}";

    public override Expression Derivative => Inside(0, Slope);

    public override IReadOnlyList<Step> Backward => new[] { Step.Each(Delta, Inside(0, new Damp(OutputGradientValue, Slope, IsAfterHidden))) };

    private static Expression Slope => 2 * ZValue;

    private static Expression Inside(Expression above, Expression value) => IfAtMost(ZValue, 0, 0, IfAtMost(1, ZValue, above, value));
}
