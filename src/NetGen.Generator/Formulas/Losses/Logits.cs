using static NetGen.Generator.Formulas.Expression;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas.Losses;

/// <summary>What the losses on logits share.</summary>
internal static class Logits
{
    public const string Needs = "a last layer that gives logits (the same loss without WithLogits takes probabilities)";

    /// <summary>An activation that already gives probabilities would be squashed twice, which is never meant and not stable.</summary>
    public static bool Accepts(string activation) => activation is not
        (nameof(Activations.Sigmoid) or nameof(Activations.HardSigmoid) or nameof(Activations.Softmax));

    /// <summary><c>max(z, 0) − z y + ln (1 + e^−|z|)</c>, the binary cross-entropy of σ(z).</summary>
    public static Expression BinaryCost(Expression z) => IfAtMost(z, 0, 0, z) - (z * YValue)
        + Apply(Function.SoftplusTail, z);
}
