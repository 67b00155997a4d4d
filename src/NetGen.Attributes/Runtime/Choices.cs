using System;
using System.ComponentModel;

namespace NetGen.Runtime;

/// <summary>Chooses among values that a network computed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Choices
{
    /// <summary>Of each group of values the index of the largest: of equal ones that of the first, and of one that is not a number before all others.</summary>
    /// <param name="values">The values, one group after another.</param>
    /// <param name="group">Values of a group.</param>
    /// <param name="chosen">Receives an index, from 0, for each group.</param>
    public static void Largest(ReadOnlySpan<float> values, int group, Span<int> chosen)
    {
        for (int choice = 0; choice < chosen.Length; choice++)
        {
            ReadOnlySpan<float> from = values.Slice(choice * group, group);
            int best = 0;
            for (int index = 1; index < group && !float.IsNaN(from[best]); index++)
            {
                best = from[index] > from[best] || float.IsNaN(from[index]) ? index : best;
            }

            chosen[choice] = best;
        }
    }

    /// <inheritdoc cref="Largest(ReadOnlySpan{float}, int, Span{int})"/>
    public static void Largest(ReadOnlySpan<double> values, int group, Span<int> chosen)
    {
        for (int choice = 0; choice < chosen.Length; choice++)
        {
            ReadOnlySpan<double> from = values.Slice(choice * group, group);
            int best = 0;
            for (int index = 1; index < group && !double.IsNaN(from[best]); index++)
            {
                best = from[index] > from[best] || double.IsNaN(from[index]) ? index : best;
            }

            chosen[choice] = best;
        }
    }
}
