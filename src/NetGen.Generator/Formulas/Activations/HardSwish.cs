using System.Collections.Generic;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = z (z + 3) / 6</c> between −3 and 3, 0 below and z above; <c>da/dz = (z + 3/2) / 3</c> there, −½ at −3 and 3/2 at 3, else 0 and 1. Source: A. Howard et al., "Searching for MobileNetV3", ICCV 2019.</summary>
internal sealed class HardSwish : ElementwiseActivation
{
    public override string Name => "hard_swish";

    public override string ValueText => "{z} min(max({z} + 3, 0), 6) / 6";

    public override (double Low, double High) Range => (-0.375, double.PositiveInfinity);

    public override Initialization Initialization => Initialization.He;

    public override Expression Value => IfAtMost(ZValue, -3, 0, IfAtMost(3, ZValue, ZValue, ZValue * ((ZValue + 3) / 6)));

    public override string DerivativeText => "({z} < −3 ? 0 : {z} > 3 ? 1 : ({z} + 1.5) / 3)";

    public override Expression Derivative => FromBelow(0, Slope);

    public override IReadOnlyList<Step> Backward => new[] { Step.Each(Delta, FromBelow(0, OutputGradientValue * Slope)) };

    private static Expression Slope => new Select(3, ZValue, 1, (ZValue + 1.5) / 3, Comparison.Below);

    private static Expression FromBelow(Expression low, Expression otherwise) => new Select(ZValue, -3, low, otherwise, Comparison.Below);
}
