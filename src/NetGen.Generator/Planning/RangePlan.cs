using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>Neighbouring values of the result of an <see cref="Arrangement"/>.</summary>
/// <param name="Place">The first of them.</param>
/// <param name="Count">How many.</param>
/// <param name="Source">The quantity whose values they are, or null where they are 0.</param>
/// <param name="First">The first of them there.</param>
/// <param name="IsWhole">Whether they are all that it has.</param>
internal sealed record RangePlan(int Place, int Count, string? Source, int First = 0, bool IsWhole = false)
{
    /// <summary>The result of an arrangement from its first value to its last.</summary>
    public static IReadOnlyList<RangePlan> Of(Arrangement arrangement, LayerPlan layer)
    {
        int[] inputs = layer.Reads.Select(read => read.Values).ToArray();
        string[] names = inputs.Select((_, input) => Quantity.Input(input)).ToArray();
        int length = Length(arrangement.Result);
        int next = 0;
        var ranges = new List<RangePlan>();
        foreach (ArrangedRange range in arrangement.Ranges)
        {
            int place = range.Place.Among(inputs);
            int first = range.First.Among(inputs);
            Fill(place);
            int count = Math.Min(length - place, Length(range.Source) - first);
            ranges.Add(new RangePlan(place, count, range.Source, first, IsWhole: count == Length(range.Source)));
            next = place + count;
        }

        Fill(length);
        return ranges;

        void Fill(int place)
        {
            if (next < place)
            {
                ranges.Add(new RangePlan(next, place - next, null));
            }
        }

        int Length(string quantity)
        {
            int input = Array.FindIndex(names, name => quantity == name || quantity == Quantity.GradientOf(name));
            return input < 0 ? layer.Units : inputs[input];
        }
    }
}
