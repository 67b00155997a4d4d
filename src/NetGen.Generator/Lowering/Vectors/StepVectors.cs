using System.Collections.Generic;
using NetGen.Generator.Formulas;

namespace NetGen.Generator.Lowering;

/// <summary>The vectors in which loops compute what exists for each unit.</summary>
/// <param name="Width">Their width.</param>
/// <param name="IsFused">Whether products round together with the sums that they are terms of.</param>
/// <param name="ForFunctionsOnly">Only what calls an elementary function is worth vectors: the target, which steps may read, is not padded.</param>
/// <param name="Samples">The samples that one loop goes over with all their units, or null for the units of one.</param>
internal sealed record StepVectors(VectorWidth Width, bool IsFused, bool ForFunctionsOnly = false, Count? Samples = null)
{
    /// <summary>Whether a step is computed in vectors.</summary>
    public bool Has(StepSchedule schedule, Step step) => IsLaneSum(step) || (step.Kind == StepKind.Each
        && (!ForFunctionsOnly || (step.Value.CallsFunction() && !schedule.Reads(step, Quantity.Y))));

    /// <summary>Whether a step is a sum in lanes, which are elements of vectors.</summary>
    private bool IsLaneSum(Step step) => !ForFunctionsOnly && step is { Kind: StepKind.Sum, InLanes: true };

    /// <summary>The vectors of a padded length.</summary>
    public IReadOnlyList<VectorBlock> Blocks(int length) =>
        Samples is null ? Width.Blocks(length, length, 1) : new[] { new VectorBlock(Width.Dividing(length), 0, length, 1, length) };

    /// <summary>The loop over such vectors, or null where there is one.</summary>
    public Loop? Loop(VectorBlock block, int length) => Samples is not null ? new Loop("j", Samples, block.Type.Count, length)
        : block.IsLoop ? new Loop("j", block.Start, block.End, block.Type.Count)
        : null;
}
