using System.Collections.Generic;
using System.Linq;

namespace NetGen.Generator.Lowering;

/// <summary>Straight statements that add to some sums. They may be cut between two steps: the sums then wait in memory.</summary>
/// <param name="Begin">What the steps read, at the start of every piece.</param>
/// <param name="Sums">The sums, as they are declared in lines.</param>
/// <param name="Steps">The statements, first step first.</param>
/// <param name="End">What becomes of the sums.</param>
/// <param name="Cost">What beginning, sums and end cost, in the unit of the steps.</param>
internal sealed record Strand(
    IReadOnlyList<Statement> Begin, IReadOnlyList<IReadOnlyList<Let>> Sums, IReadOnlyList<StrandStep> Steps, IReadOnlyList<Statement> End, int Cost = 0)
{
    /// <summary>Statements that add to no sum.</summary>
    public static Strand Of(IReadOnlyList<Statement> begin, IReadOnlyList<StrandStep> steps, int cost = 0) =>
        new(begin, System.Array.Empty<IReadOnlyList<Let>>(), steps, System.Array.Empty<Statement>(), cost);

    /// <summary>All statements.</summary>
    public IEnumerable<Statement> Statements => Begin.Concat(Sums.Select(Row.Of)).Concat(Steps.SelectMany(step => step.Statements)).Concat(End);
}

/// <summary>Statements between which a strand is not cut.</summary>
/// <param name="Cost">Their multiply-adds, or products of vectors and what else takes room in a method.</param>
/// <param name="Statements">The statements.</param>
internal sealed record StrandStep(int Cost, IReadOnlyList<Statement> Statements);
