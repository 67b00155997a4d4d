using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>Values that go from place to place, without arithmetic.</summary>
internal static class RangeCopies
{
    /// <summary>Writes ranges of quantities to a result, or adds them to it.</summary>
    /// <param name="ranges">All ranges of the result.</param>
    /// <param name="result">Where it lies.</param>
    /// <param name="sources">Where the quantities lie.</param>
    public static IEnumerable<Statement> Lower(IEnumerable<RangePlan> ranges, QuantityPlace result, Func<string, QuantityPlace> sources) => ranges
        .Where(range => !result.Adds || range.Source is not null)
        .SelectMany(range => Loops.Over(
            "j", range.Count, j => new[] { result.Write(j + range.Place, range.Source is null ? 0 : sources(range.Source).Read(j + range.First)) }));
}
