using System;
using System.Collections.Generic;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emit;

/// <summary>Straight statements that add to some sums. They may be cut between two steps: the sums then wait in memory.</summary>
/// <param name="Begin">Writes what the steps read, at the start of every piece.</param>
/// <param name="Sums">The sums, as they are declared in lines.</param>
/// <param name="Steps">The statements, first step first.</param>
/// <param name="End">Writes what becomes of the sums.</param>
/// <param name="Cost">What beginning, sums and end cost, in the unit of the steps.</param>
internal sealed record Strand(
    Action Begin, IReadOnlyList<IReadOnlyList<StrandSum>> Sums, IReadOnlyList<StrandStep> Steps, Action End, int Cost = 0)
{
    /// <summary>Statements that add to no sum.</summary>
    public static Strand Of(Action begin, IReadOnlyList<StrandStep> steps, int cost = 0) =>
        new(begin, Array.Empty<IReadOnlyList<StrandSum>>(), steps, () => { }, cost);
}

/// <summary>A local that a strand adds to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">The expression that it starts with.</param>
/// <param name="Type">The type of a vector.</param>
internal sealed record StrandSum(string Name, string Start, VectorType Type);

/// <summary>Statements between which a strand is not cut.</summary>
/// <param name="Cost">Multiply-adds, and what else takes room in a method.</param>
/// <param name="Write">Writes them.</param>
internal sealed record StrandStep(int Cost, Action Write);
