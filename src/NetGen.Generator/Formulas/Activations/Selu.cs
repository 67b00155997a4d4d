using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = λ z</c> where z &gt; 0, else <c>λ α (eᶻ − 1)</c>; <c>da/dz</c> is λ or <c>λ α eᶻ</c>, and λ α at 0. Constants: G. Klambauer et al., "Self-normalizing neural networks", NIPS 2017.</summary>
internal sealed class Selu : ElementwiseActivation
{
    public override string Name => "selu";

    public override string ValueText => "1.0507 ({z} > 0 ? {z} : 1.6733 (e^{z} − 1))";

    public override (double Low, double High) Range => (-Lambda * Alpha1, double.PositiveInfinity);

    public override Initialization Initialization => Initialization.LeCun;

    public override bool Saturates => true;

    public override Expression Value => IfAtMost(ZValue, 0, (Lambda * Alpha1) * Apply(Function.Expm1, ZValue), Lambda * ZValue);

    public override string DerivativeText => "1.0507 ({z} > 0 ? 1 : 1.6733 e^{z})";

    public override Expression Derivative => new Select(0, ZValue, Lambda, (Lambda * Alpha1) * new Flush(Apply(Function.Exp, ZValue)), Comparison.Below);

    private const double Lambda = 1.0507009873554804934193349852946;

    private const double Alpha1 = 1.6732632423543772848170429916717;
}
