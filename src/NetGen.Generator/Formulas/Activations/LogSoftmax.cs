using System.Collections.Generic;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary>
/// <c>a_j = z_j − ln Σ e^z_k</c>, the logarithm of softmax. The largest z is subtracted first, so that nothing overflows.
/// <c>dL/dz = dL/da − eᵃ Σ dL/da</c>.
/// </summary>
internal sealed class LogSoftmax : ActivationFormula
{
    public override string Name => "log_softmax";

    public override string ValueText => "log_softmax({z})";

    public override (double Low, double High) Range => (double.NegativeInfinity, 0);

    public override string DeltaText => "{g} − e^{a} Σ {g}";

    public override IReadOnlyList<Step> Forward => new[]
    {
        Step.Max("max", ZValue),
        Step.Sum("sum", Apply(Function.Exp, ZValue - Symbol("max"))),
        Step.Once("logSum", Apply(Function.LogFromOne, Symbol("sum"))),
        Step.Each(A, ZValue - Symbol("max") - Symbol("logSum")),
    };

    public override IReadOnlyList<Step> Backward => new[]
    {
        Step.Sum("total", OutputGradientValue),
        Step.Each(Delta, OutputGradientValue - new Damp(Symbol("total"), new Flush(Apply(Function.Exp, AValue)))),
    };
}
