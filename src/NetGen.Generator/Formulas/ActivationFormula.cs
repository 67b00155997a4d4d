using System.Collections.Generic;
using System.Globalization;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas;

/// <summary>
/// An activation: its value and its exact derivative. The class has the name of the enum member that users write; the catalogue
/// finds it by that name.
/// </summary>
internal abstract class ActivationFormula
{
    /// <summary>The range of an α that may be any finite number.</summary>
    public static readonly (double Above, string Expected) AnyAlpha = (double.NegativeInfinity, "a finite number");

    /// <summary>The range of an α that is a scale.</summary>
    protected static readonly (double Above, string Expected) PositiveAlpha = (0, "a finite number above 0");

    /// <summary>The name in tables and comments, such as <c>tanh</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How the value is printed, with <c>{z}</c> for its argument, such as <c>tanh({z})</c>.</summary>
    public abstract string ValueText { get; }

    /// <summary>How dL/dz is printed, with <c>{z}</c>, <c>{a}</c> and <c>{g}</c> for the gradient dL/da.</summary>
    public abstract string DeltaText { get; }

    /// <summary>The value of α when the declaration does not say, or null for an activation without a parameter.</summary>
    public virtual double? DefaultAlpha => null;

    /// <summary>What α must be above, and the same in words.</summary>
    public virtual (double Above, string Expected) AlphaRange => AnyAlpha;

    /// <summary>Whether a further layer reads the values.</summary>
    public bool IsHidden { get; set; }

    /// <summary>Whether the values are read from another layer.</summary>
    public bool IsAfterHidden { get; set; }

    /// <summary>The parameter α, where the activation has one.</summary>
    public double Alpha { get; set; }

    /// <summary>The bounds that no value of the activation exceeds, infinite where there is none.</summary>
    public virtual (double Low, double High) Range => (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The rule for initial weights that suits the activation.</summary>
    public virtual Initialization Initialization => Initialization.Glorot;

    /// <summary>Initial weights before the activation are uniform in ± this bound.</summary>
    public virtual double InitialBound(int inputs, int units) => Initialization.Bound(inputs, units);

    /// <summary>The bound in a layer that reads an input of the network, or null where it is no other.</summary>
    public virtual double? FirstInitialBound(int inputs) => null;

    /// <summary>α as it is printed.</summary>
    protected string AlphaText => Alpha.ToString("G15", CultureInfo.InvariantCulture);

    /// <summary>From <see cref="Z"/> to <see cref="A"/>.</summary>
    public abstract IReadOnlyList<Step> Forward { get; }

    /// <summary>From <see cref="OutputGradient"/>, and <see cref="Z"/> and <see cref="A"/> where needed, to <see cref="Delta"/>.</summary>
    public abstract IReadOnlyList<Step> Backward { get; }
}

/// <summary>An activation that treats each unit alone.</summary>
internal abstract class ElementwiseActivation : ActivationFormula
{
    /// <summary>a as a function of <see cref="ZValue"/>.</summary>
    public abstract Expression Value { get; }

    /// <summary>da/dz in its cheapest exact form, from <see cref="AValue"/> or <see cref="ZValue"/>.</summary>
    public abstract Expression Derivative { get; }

    /// <summary>How the derivative is printed, with <c>{z}</c> and <c>{a}</c>.</summary>
    public abstract string DerivativeText { get; }

    public override string DeltaText => "{g} ⊙ " + DerivativeText;

    /// <summary>z², for what is added to a number of ordinary size.</summary>
    protected static Expression Square => new Flush(ZValue, IsInner: true) * new Flush(ZValue, IsInner: true);

    /// <summary>
    /// A |z| from which σ, tanh and Φ have reached their limits in both precisions. A factor z that is no larger leaves the products of such
    /// a limit as they are for finite z, and gives them at ±∞, where z itself would give 0 · ∞.
    /// </summary>
    protected static double Far => 1e4;

    public override IReadOnlyList<Step> Forward => new[] { Step.Each(A, Value) };

    /// <summary>Whether the derivative tends to 0: then it and its products become 0 before they are subnormal.</summary>
    public virtual bool Saturates => false;

    public override IReadOnlyList<Step> Backward => new[]
    {
        Step.Each(Delta, Saturates ? new Damp(OutputGradientValue, Derivative, IsAfterHidden) : OutputGradientValue * Derivative),
    };
}
