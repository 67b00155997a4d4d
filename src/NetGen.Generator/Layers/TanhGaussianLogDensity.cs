using NetGen.Generator.Formulas;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Layers;

/// <summary>
/// The logarithm of the density of tanh x at tanh x, where x are independent normal variables with means x2 and deviations exp x3: to that of x comes
/// <c>−ln (1 − tanh² x) = 2 ln cosh x = 2 (|x| + ln (1 + e^−2|x|) − ln 2)</c>, which is finite for every finite x.
/// </summary>
/// <remarks>T. Haarnoja et al., "Soft Actor-Critic", arXiv:1801.01290, appendix C.</remarks>
internal sealed record TanhGaussianLogDensity : LogDensity
{
    private const double Ln2 = 0.6931471805599453;

    protected override Expression? Change => 2 * (Apply(Function.Abs, XValue) + (Apply(Function.SoftplusTail, 2 * XValue) - Ln2));

    protected override string ChangeText => "2 Σ ln cosh {x}";

    protected override Expression? ChangeSlope => 2 * Apply(Function.Tanh, XValue);

    protected override string ChangeSlopeText => "2 tanh {x}";
}
