using System;
using System.Linq;
using NetGen.TestKit;

namespace NetGen.Fuzz.Sources;

/// <summary>What random layers choose from, and what keeps their values within reach of a comparison.</summary>
internal static class Kinds
{
    /// <summary>The activation whose slope is 30 unless it is told otherwise.</summary>
    public const string Fast = "Sin";

    /// <summary>α of that one.</summary>
    public const string Slow = "1.5";

    /// <summary>The activation that grows too fast for anything but what is between 0 and 1.</summary>
    public const string Growing = "Exp";

    /// <summary>All activations but that one.</summary>
    public static readonly string[] Activations = [.. LibraryFunctions.Activations.Where(name => name != Growing)];

    /// <summary>A size of groups that fill a layer.</summary>
    /// <param name="random">Chooses it.</param>
    /// <param name="size">The units of the layer.</param>
    public static int Group(Random random, int size)
    {
        int[] groups = [.. Enumerable.Range(1, size).Where(group => size % group == 0)];
        return groups[random.Next(groups.Length)];
    }
}
