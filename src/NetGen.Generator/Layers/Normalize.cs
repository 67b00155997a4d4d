using System.Collections.Generic;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Layers;

/// <summary>
/// Normalises each value by a mean and a variance that were found before and are not trained: <c>x̂ = (x − mean) / √(variance + ε)</c>, <c>z = min(max(x̂, −clip), clip)</c>.
/// The derivative of the clip is 1 at its bounds too, and 0 beyond.
/// </summary>
/// <param name="Clip">The largest magnitude of what it computes, or null for no limit.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="Activation">The activation.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
internal sealed record Normalize(double? Clip = null, double Epsilon = 1e-8, string Activation = nameof(Identity), double? Alpha = null) : LayerSpec(Activation, Alpha)
{
    private const string Mean = "mean";

    private const string Variance = "variance";

    private static readonly Expression Normalized = Symbol("normalized");

    public override string Text => $"Normalize({Catalogue.Activation(this).Name})";

    public override IReadOnlyList<Computation> Forward
    {
        get
        {
            Expression value = (XValue - Symbol(Mean)) / Deviation;
            string text = $"({{x}} − {{{Mean}}}) / √({{{Variance}}} + {Number(Epsilon)})";
            return new[]
            {
                Clip is { } clip
                    ? new UnitFormula($"{{z}} = min(max({text}, −{Number(clip)}), {Number(clip)})", Step.Each("normalized", value), Step.Each(Z, Clamp(Normalized, clip)))
                    : new UnitFormula($"{{z}} = {text}", Step.Each(Z, value)),
            };
        }
    }

    public override IReadOnlyList<Computation> Adjoint
    {
        get
        {
            Expression slope = DeltaValue / Deviation;
            string text = $"{{dx}} = {{delta}} / √({{{Variance}}} + {Number(Epsilon)})";
            return new[]
            {
                Clip is { } clip
                    ? new UnitFormula($"{text} ⊙ [|x̂| ≤ {Number(clip)}]", Step.Each(GradientOf(X), Within(clip, slope)))
                    : new UnitFormula(text, Step.Each(GradientOf(X), slope)),
            };
        }
    }

    private Expression Deviation => Apply(Function.Sqrt, Symbol(Variance) + Epsilon);

    public override int Size(IReadOnlyList<int> inputs) => inputs[0];

    public override IReadOnlyList<BlockSpec> Parameters(IReadOnlyList<int> inputs) =>
        new[] { BlockSpec.Statistic(Mean, inputs[0], initialValue: 0), BlockSpec.Statistic(Variance, inputs[0], initialValue: 1) };

    /// <summary>A slope between the bounds and at them, else 0. NaN gives NaN.</summary>
    private static Expression Within(double clip, Expression slope) =>
        new Select(Normalized, -clip, 0, new Select(clip, Normalized, 0, IfAtMost(Normalized, clip, slope, double.NaN), Comparison.Below), Comparison.Below);
}
