using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Layers;

/// <summary>
/// The logarithm of the density of independent normal variables, or of what becomes of them, in one value. It reads what they are, their means and the logarithms of their deviations:
/// <c>z = −Σ (½ e² + x3 + ½ ln 2π)</c>, <c>e = (x − x2) / exp x3</c>.
/// </summary>
internal abstract record LogDensity() : LayerSpec(nameof(Identity))
{
    private const double HalfLogTau = 0.91893853320467278;

    private static readonly Expression Mean = Symbol(Input(1));
    private static readonly Expression LogDeviation = Symbol(Input(2));
    private static readonly Expression Inverse = Symbol("inverse");
    private static readonly Expression Error = Symbol("error");

    /// <summary>δ e / σ, by which the density changes with the mean.</summary>
    private static readonly Expression Slope = new Damp(DeltaValue * Error, Inverse, IsInner: true);

    public sealed override string Text => GetType().Name;

    public sealed override IReadOnlyList<Computation> Forward => new[]
    {
        new UnitFormula(
            $"{{z}} = {(Change is null ? "−Σ" : ChangeText + " − Σ")} (½ e² + {{x3}} + ½ ln 2π), e = ({{x}} − {{x2}}) / σ, σ = exp {{x3}}",
            Step.Each("inverse", new Flush(Apply(Function.Exp, -LogDeviation))),
            Step.Each("error", (XValue - Mean) * Inverse),
            Step.Sum(Z, Change is null ? Normal : Change + Normal))
        {
            OverInputs = true,
        },
    };

    public sealed override IReadOnlyList<Computation> Adjoint => new[]
    {
        Gradient(0, $"{{dx}} = {(ChangeSlope is null ? "−{delta} e / σ" : $"{{delta}} ({ChangeSlopeText} − e / σ)")}", ChangeSlope is null ? -Slope : (DeltaValue * ChangeSlope) - Slope),
        Gradient(1, "{dx2} = {delta} e / σ", Slope),
        Gradient(2, "{dx3} = {delta} (e² − 1)", DeltaValue * (new Damp(Error, Error) - 1)),
    };

    /// <summary>What is added for each variable: how what becomes of it stretches space. Null where nothing becomes of it.</summary>
    protected virtual Expression? Change => null;

    /// <summary>Its sum, as it is printed.</summary>
    protected virtual string ChangeText => "";

    /// <summary>Its derivative.</summary>
    protected virtual Expression? ChangeSlope => null;

    /// <summary>The same as it is printed.</summary>
    protected virtual string ChangeSlopeText => "";

    private static Expression Normal => (-0.5 * new Damp(Error, Error)) - (LogDeviation + HalfLogTau);

    public sealed override string? Mistake(IReadOnlyList<int> inputs) => inputs.Count != 3 ? $"{Text} reads three nodes, given {inputs.Count}"
        : inputs.Distinct().Count() > 1 ? $"{Text} reads values, means and logarithms of deviations, as many of each, given {inputs[0]}, {inputs[1]} and {inputs[2]}"
        : null;

    public sealed override int Size(IReadOnlyList<int> inputs) => 1;

    private static UnitFormula Gradient(int input, string text, Expression value) => new(text, Step.Each(GradientOf(Input(input)), value)) { OverInputs = true };
}
