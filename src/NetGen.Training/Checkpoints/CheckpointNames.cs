using System;
using System.Collections.Generic;
using System.Globalization;

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
    public static IEnumerable<(string Name, long[] Shape)> Of(ParameterLayout layout)
    {
        for (int index = 0; index < layout.Layers.Count; index++)
        {
            LayerLayout layer = layout.Layers[index];
            yield return (FormattableString.Invariant($"layers.{index}.weight"), [layer.Units, layer.Inputs]);
            if (layer.HasBias)
            {
                yield return (FormattableString.Invariant($"layers.{index}.bias"), [layer.Units]);
            }
        }
    }

    /// <summary>The name of what an optimizer keeps for a parameter.</summary>
    public static string OfState(string parameter, string state) => $"optimizer.{parameter}.{state}";
}
