using System.Collections.Generic;
using static NetGen.Generator.Formulas.Quantity;

namespace NetGen.Generator.Formulas;

/// <summary>
/// An activation of the last layer together with a loss, where the composition has a simpler or more stable form than its parts.
/// The planner prefers a pair over the parts; the catalogue finds pairs by type.
/// </summary>
internal abstract class PairFormula
{
    /// <summary>The name of the activation's class.</summary>
    public abstract string Activation { get; }

    /// <summary>The name of the loss's class.</summary>
    public abstract string Loss { get; }

    /// <summary>How the loss is printed as it is computed, with <c>{z}</c>, <c>{a}</c>, <c>{y}</c>, <c>{n}</c>.</summary>
    public abstract string ValueText(bool sumOutputs);

    /// <summary>How dL/dz is printed, with <c>{a}</c>, <c>{y}</c>, <c>{n}</c>.</summary>
    public abstract string DeltaText(bool sumOutputs);

    /// <summary>From <see cref="Z"/>, <see cref="A"/>, <see cref="Y"/> and the activation's own steps to <see cref="Quantity.Loss"/>.</summary>
    public abstract IReadOnlyList<Step> LossSteps(bool sumOutputs);

    /// <summary>From the same and the steps of the loss to <see cref="Delta"/>.</summary>
    public abstract IReadOnlyList<Step> DeltaSteps(bool sumOutputs);
}
