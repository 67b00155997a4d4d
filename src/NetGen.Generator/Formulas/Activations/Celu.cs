using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = z</c> where z &gt; 0, else <c>α (e^(z/α) − 1)</c>; <c>da/dz</c> is 1 or <c>e^(z/α)</c>, and 1 at 0. Source: J. Barron, arXiv:1704.07483.</summary>
internal sealed class Celu : ElementwiseActivation
{
    public override string Name => $"celu({AlphaText})";

    public override string ValueText => $"({{z}} > 0 ? {{z}} : {Scaled("(e^" + Exponent + " − 1)")})";

    public override (double Low, double High) Range => (-Alpha, double.PositiveInfinity);

    public override Initialization Initialization => Initialization.He;

    public override double? DefaultAlpha => 1;

    public override (double Above, string Expected) AlphaRange => PositiveAlpha;

    public override bool Saturates => true;

    public override Expression Value => IfAtMost(ZValue, 0, Alpha * Apply(Function.Expm1, ZValue / Alpha), ZValue);

    public override string DerivativeText => $"({{z}} > 0 ? 1 : e^{Exponent})";

    public override Expression Derivative => new Select(0, ZValue, 1, new Flush(Apply(Function.Exp, ZValue / Alpha)), Comparison.Below);

    private string Exponent => Alpha == 1 ? "{z}" : $"({{z}} / {AlphaText})";

    private string Scaled(string text) => Alpha == 1 ? text : $"{AlphaText} {text}";
}
