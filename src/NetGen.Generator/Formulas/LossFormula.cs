using System.Collections.Generic;
using System.Globalization;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas;

/// <summary>
/// A loss of one sample. The class has the name of the enum member that users write; the catalogue finds it by that name.
/// </summary>
internal abstract class LossFormula
{
    /// <summary>How the loss is printed, with <c>{a}</c> and <c>{y}</c>, <c>{n}</c> the number of outputs.</summary>
    public abstract string ValueText(bool sumOutputs);

    /// <summary>How dL/da is printed, with <c>{a}</c> and <c>{y}</c>.</summary>
    public abstract string GradientText(bool sumOutputs);

    /// <summary>From <see cref="A"/> and <see cref="Y"/> to <see cref="Loss"/> and <see cref="OutputGradient"/>.</summary>
    public abstract IReadOnlyList<Step> Steps(bool sumOutputs);

    /// <summary>Whether <c>Reduction</c> applies; the other losses have one definition.</summary>
    public virtual bool HasReduction => false;

    /// <summary>Whether the target may be the index of a class.</summary>
    public virtual bool HasLabels => false;

    /// <summary>Whether targets are probabilities: the loss has no minimum for others.</summary>
    public virtual bool TargetsAreProbabilities => false;

    /// <summary>The value of δ when the declaration does not say, or null for a loss without a parameter.</summary>
    public virtual double? DefaultDelta => null;

    /// <summary>The parameter δ, where the loss has one.</summary>
    public double Delta { get; set; }

    /// <summary>Whether targets may be smoothed.</summary>
    public virtual bool HasLabelSmoothing => false;

    /// <summary>The part of a target that is spread evenly over all classes that are possible, from 0 to below 1.</summary>
    public double LabelSmoothing { get; set; }

    /// <summary>Whether <see cref="Allowed"/> says which classes are possible.</summary>
    public bool IsMasked { get; set; }

    /// <summary>What the last layer must have, in words, or null when any activation will do.</summary>
    public virtual string? Needs => null;

    /// <summary>Whether the loss makes sense after an activation.</summary>
    public virtual bool Accepts(string activation) => true;

    /// <summary>δ as it is printed.</summary>
    protected string DeltaText => Delta.ToString("G15", CultureInfo.InvariantCulture);

    /// <summary>The mean of a sum over the outputs, unless the sum itself is wanted.</summary>
    protected static Expression Reduce(Expression sum, bool sumOutputs) => sumOutputs ? sum : sum / Expression.Units;

    /// <summary>The sign before printed sums, with the factor of the mean.</summary>
    protected static string Factor(bool sumOutputs) => sumOutputs ? "" : "(1/{n}) ";
}
