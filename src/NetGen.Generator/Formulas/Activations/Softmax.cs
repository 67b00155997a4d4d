using System.Collections.Generic;
using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Activations;

/// <summary>
/// <c>a_j = e^z_j / Σ e^z_k</c>. The largest z is subtracted first: the quotient stays the same and nothing overflows.
/// The Jacobian is <c>diag(a) − a aᵀ</c>, so <c>dL/dz = a ⊙ (dL/da − Σ dL/da ⊙ a)</c>.
/// </summary>
internal sealed class Softmax : ActivationFormula
{
    public override string Name => "softmax";

    public override string ValueText => "softmax({z})";

    public override (double Low, double High) Range => (0, 1);

    public override string DeltaText => "{a} ⊙ ({g} − Σ {g} ⊙ {a})";

    public override IReadOnlyList<Step> Forward => new[]
    {
        Step.Max("max", ZValue),
        Step.Each("e", new Flush(Apply(Function.Exp, ZValue - Symbol("max")), IsHidden)),
        Step.Sum("sum", Symbol("e")),
        Step.Each(A, Symbol("e") / Symbol("sum")),
    };

    public override IReadOnlyList<Step> Backward => new[]
    {
        Step.Sum("dot", OutputGradientValue * AValue),
        Step.Each(Delta, new Damp(OutputGradientValue - Symbol("dot"), AValue, IsAfterHidden)),
    };
}
