using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Model;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Layers;

/// <summary>
/// Normalises what it reads to mean 0 and variance 1 over the units of a sample: <c>x̂ = (x − mean x) / √(var x + ε)</c>, <c>z = x̂ ⊙ w + b</c>. The variance is the mean of
/// the squares of x − mean x: that of x² would cancel.
/// </summary>
/// <param name="Epsilon">ε.</param>
/// <param name="UseWeight">Whether it has w.</param>
/// <param name="UseBias">Whether it has b.</param>
/// <param name="Activation">The activation.</param>
/// <param name="Alpha">The activation's parameter α, or null for its default.</param>
/// <remarks>J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer Normalization", arXiv:1607.06450.</remarks>
internal sealed record LayerNorm(
    double Epsilon = 1e-5, bool UseWeight = true, bool UseBias = true, string Activation = nameof(Identity), double? Alpha = null) : LayerSpec(Activation, Alpha)
{
    private static readonly Expression Centred = Symbol("centred");
    private static readonly Expression Normalized = Symbol("normalized");
    private static readonly Expression Inverse = Symbol("inverse");
    private static readonly Expression Slope = Symbol("slope");

    public override string Text => $"LayerNorm({Catalogue.Activation(this).Name})";

    public override IReadOnlyList<Computation> Forward
    {
        get
        {
            Expression scaled = UseWeight ? Normalized * WeightValue : Normalized;
            return new[]
            {
                new UnitFormula(
                    $"{{z}} = ({{x}} − mean {{x}}) / √(var {{x}} + {Number(Epsilon)}){(UseWeight ? " ⊙ {weight}" : "")}{(UseBias ? " + {bias}" : "")}",
                    Step.SumInLanes("total", XValue),
                    Step.Once("mean", Symbol("total") / Units),
                    Step.Each("centred", XValue - Symbol("mean")),
                    Step.SumInLanes("squares", Centred * Centred),
                    Step.Once("inverse", 1 / Apply(Function.Sqrt, (Symbol("squares") / Units) + Epsilon)),
                    Step.Each("normalized", Centred * Inverse),
                    Step.Each(Z, UseBias ? scaled + BiasValue : scaled)),
            };
        }
    }

    public override IReadOnlyList<Computation> Adjoint
    {
        get
        {
            var input = new UnitFormula(
                $"{{dx}} = (g − mean g − x̂ ⊙ mean (g ⊙ x̂)) / √(var + {Number(Epsilon)}), g = {{delta}}{(UseWeight ? " ⊙ {weight}" : "")}",
                Step.Each("slope", UseWeight ? DeltaValue * WeightValue : DeltaValue),
                Step.SumInLanes("slopes", Slope),
                Step.SumInLanes("products", Slope * Normalized),
                Step.Once("meanSlope", Symbol("slopes") / Units),
                Step.Once("meanProduct", Symbol("products") / Units),
                Step.Each(GradientOf(X), (Slope - Symbol("meanSlope") - (Normalized * Symbol("meanProduct"))) * Inverse));
            var parameters = new List<(string Text, Step Step)>();
            if (UseWeight)
            {
                parameters.Add(("{dweight} = {delta} ⊙ x̂", Step.Each(GradientOf(Weight), DeltaValue * Normalized)));
            }

            if (UseBias)
            {
                parameters.Add(("{dbias} = {delta}", Step.Each(GradientOf(Bias), DeltaValue)));
            }

            return parameters.Count == 0
                ? new[] { input }
                : new[] { input, new UnitFormula(string.Join(", ", parameters.Select(part => part.Text)), parameters.Select(part => part.Step).ToArray()) };
        }
    }

    public override int Size(IReadOnlyList<int> inputs) => inputs[0];

    public override IReadOnlyList<BlockSpec> Parameters(IReadOnlyList<int> inputs) =>
        (UseWeight ? new[] { BlockSpec.Factors(inputs[0]) } : new BlockSpec[0]).Concat(UseBias ? new[] { BlockSpec.Bias(inputs[0]) } : new BlockSpec[0]).ToArray();
}
