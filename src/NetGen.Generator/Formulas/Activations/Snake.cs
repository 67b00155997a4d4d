using System.Collections.Generic;
using System.Globalization;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary>
/// <c>a = z + sin²(α z) / α</c>, <c>da/dz = 1 + sin(2 α z)</c>. Source: L. Ziyin, T. Hartwig, M. Ueda, "Neural networks fail to learn periodic functions and how to fix
/// it", NeurIPS 2020, with its initial weights, ±√(3 / inputs). At ±∞ the value is ±∞ and the derivative has no limit.
/// </summary>
internal sealed class Snake : ElementwiseActivation
{
    public override string Name => $"snake({AlphaText})";

    public override string ValueText => Alpha == 1 ? "({z} + sin²({z}))" : $"({{z}} + sin²({AlphaText} {{z}}) / {AlphaText})";

    public override Initialization Initialization => Initialization.LeCun;

    public override double? DefaultAlpha => 1;

    public override (double Above, string Expected) AlphaRange => PositiveAlpha;

    public override Expression Value => WithSine(Sine);

    public override IReadOnlyList<Step> Forward => new[] { Step.Each("sine", Sine), Step.Each(A, WithSine(Symbol("sine"))) };

    public override string DerivativeText => $"(1 + sin({(2 * Alpha).ToString("G15", CultureInfo.InvariantCulture)} {{z}}))";

    public override Expression Derivative => Apply(Function.Sin, ZValue * (2 * Alpha)) + 1;

    /// <summary>The sine of an argument that is finite, which is 0 where its square would be subnormal.</summary>
    private Expression Sine => new Flush(Apply(Function.Sin, Clamp(ZValue, Finite) * Alpha), IsInner: true);

    private Expression WithSine(Expression sine) => ZValue + (sine * sine * (1 / Alpha));

    /// <summary>Where neighbouring numbers are many periods apart, a number that is as good as any other.</summary>
    private const double Finite = 1e30;
}
