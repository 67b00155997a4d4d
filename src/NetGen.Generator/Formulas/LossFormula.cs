using System.Collections.Generic;
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

    /// <summary>The activation that the last layer must have, or null when any will do.</summary>
    public virtual string? RequiredActivation => null;
}
