using System.Collections.Generic;
using System.Linq;

namespace NetGen.Generator.Model;

/// <summary>A quantity put together from ranges of others, without arithmetic; it is 0 where no range lies.</summary>
/// <param name="Result">The quantity.</param>
/// <param name="Ranges">The ranges, in the order of their places, of which no two meet.</param>
internal sealed record Arrangement(string Result, EquatableArray<ArrangedRange> Ranges) : Computation
{
    public Arrangement(string result, IEnumerable<ArrangedRange> ranges)
        : this(result, new EquatableArray<ArrangedRange>(ranges))
    {
    }

    public override IEnumerable<string> Results => new[] { Result };

    public override IEnumerable<string> Operands => Ranges.Select(range => range.Source).Distinct();
}

/// <summary>Values one after another: as many as there are both in the source from the first on, and in the result from their place on.</summary>
/// <param name="Place">Where they go.</param>
/// <param name="Source">The quantity that they come from.</param>
/// <param name="First">The first of them there.</param>
internal sealed record ArrangedRange(ValuePlace Place, string Source, ValuePlace First);

/// <summary>A place among the values of a quantity, which may depend on how many values the layer reads.</summary>
/// <param name="Values">How many values come before it,</param>
/// <param name="Nodes">beside as many as the first nodes have that the layer reads: how many nodes.</param>
internal sealed record ValuePlace(int Values, int Nodes = 0)
{
    /// <summary>The first value.</summary>
    public static readonly ValuePlace Start = new(0);

    /// <summary>The place as a number.</summary>
    /// <param name="inputs">Values of each node that the layer reads.</param>
    public int Among(IReadOnlyList<int> inputs) => Values + inputs.Take(Nodes).Sum();
}
