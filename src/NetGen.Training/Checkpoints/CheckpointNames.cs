using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Training;

/// <summary>The names in a checkpoint of NetGen.</summary>
internal static class CheckpointNames
{
    public const string Optimizer = "netgen.optimizer";
    public const string Step = "netgen.step";
    public const string LearningRate = "netgen.learning_rate";

    public const NumberStyles CountStyle = NumberStyles.None;
    public const NumberStyles NumberStyle = NumberStyles.Float;

    public static CultureInfo Culture => CultureInfo.InvariantCulture;

    /// <summary>The parameters of a network in canonical order, with their shapes: <c>layers.0.weight</c> and so on.</summary>
    /// <param name="layout">The network.</param>
    /// <param name="names">Names of the layers in place of <c>layers.0</c>, as many as there are.</param>
    public static IEnumerable<(string Name, long[] Shape)> Of(ParameterLayout layout, IReadOnlyList<string>? names = null)
    {
        foreach (ParameterBlock block in layout.Blocks)
        {
            string name = names is null ? block.Name : names[block.Layer] + block.Name[block.Name.LastIndexOf('.')..];
            yield return (name, Array.ConvertAll(block.Shape.ToArray(), size => (long)size));
        }
    }

    /// <summary>The name of what an optimizer keeps for a parameter.</summary>
    public static string OfState(string parameter, string state) => $"optimizer.{parameter}.{state}";
}
