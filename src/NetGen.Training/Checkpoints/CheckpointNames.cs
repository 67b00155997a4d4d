using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace NetGen.Training;

/// <summary>The names in a checkpoint of NetGen.</summary>
internal static class CheckpointNames
{
    public const string Optimizer = "netgen.optimizer";
    public const string Step = "netgen.step";
    public const string LearningRate = "netgen.learning_rate";

    /// <summary>How the names begin of what is a program's own.</summary>
    public const string Extra = "extra.";

    /// <summary>Characters of a layer's name that are accepted; a name is shown in messages.</summary>
    private const int LongestName = 1_000;

    public const NumberStyles CountStyle = NumberStyles.None;
    public const NumberStyles NumberStyle = NumberStyles.Float;

    public static CultureInfo Culture => CultureInfo.InvariantCulture;

    /// <summary>Whether a tensor or a text is a program's own.</summary>
    public static bool IsExtra(string name) => name.StartsWith(Extra, StringComparison.Ordinal);

    /// <summary>The entry of the metadata with the name that a program gave to a layer.</summary>
    public static string OfLayer(int index) => FormattableString.Invariant($"netgen.layer.{index}");

    /// <summary>The names that a program gave to the layers; null if it gave none.</summary>
    public static IReadOnlyList<string>? OfLayers(IReadOnlyDictionary<string, string> metadata)
    {
        var names = new List<string>();
        while (metadata.TryGetValue(OfLayer(names.Count), out string? name))
        {
            names.Add(name.Length <= LongestName
                ? name
                : throw new InvalidDataException($"'{OfLayer(names.Count)}' in its metadata has {name.Length} characters, expected {LongestName} at most"));
        }

        return names.Count == 0 ? null
            : Repetition(names) is { } mistake ? throw new InvalidDataException($"in its metadata {mistake}")
            : names;
    }

    /// <summary>What is wrong if two layers have one name: they would be copies of each other, where a network has two.</summary>
    public static string? Repetition(IReadOnlyList<string?> names)
    {
        var layers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int layer = 0; layer < names.Count; layer++)
        {
            string name = names[layer] ?? "";
            if (!layers.TryAdd(name, layer))
            {
                return FormattableString.Invariant($"layers {layers[name]} and {layer} have the same name '{name}'");
            }
        }

        return null;
    }

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
