using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary><c>a = z</c> where z &gt; 0, else <c>α (eᶻ − 1)</c>; <c>da/dz</c> is 1 or <c>α eᶻ</c>, and α at 0; a + α would be the same, but cancels for very negative z.</summary>
internal sealed class Elu : ElementwiseActivation
{
    public override string Name => $"elu({AlphaText})";

    public override string ValueText => $"({{z}} > 0 ? {{z}} : {AlphaText} (e^{{z}} − 1))";

    public override (double Low, double High) Range => (System.Math.Min(-Alpha, 0), double.PositiveInfinity);

    public override Initialization Initialization => Initialization.He;

    public override double? DefaultAlpha => 1;

    public override bool Saturates => true;

    public override Expression Value => IfAtMost(ZValue, 0, Alpha * Apply(Function.Expm1, ZValue), ZValue);

    public override string DerivativeText => $"({{z}} > 0 ? 1 : {AlphaText} e^{{z}})";

    public override Expression Derivative => new Select(0, ZValue, 1, Alpha * new Flush(Apply(Function.Exp, ZValue)), Comparison.Below);
}
