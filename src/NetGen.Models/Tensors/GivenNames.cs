using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace NetGen.Models.Tensors;

/// <summary>The names that a program gave to the layers of a network when it saved a checkpoint: an entry of the metadata for each.</summary>
internal static class GivenNames
{
    /// <summary>Characters of a layer's name that are accepted; a name is shown in messages.</summary>
    private const int LongestName = 1_000;

    /// <summary>The entry with the name of a layer.</summary>
    public static string Key(int layer) => "netgen.layer." + layer.ToString(CultureInfo.InvariantCulture);

    /// <summary>The names; null if there are none.</summary>
    /// <param name="metadata">That of the file.</param>
    /// <param name="layers">How many layers the network has; null if that is not known.</param>
    /// <exception cref="InvalidDataException">A name is too long, two layers have one, or there are more or fewer than layers.</exception>
    public static IReadOnlyList<string>? Of(IReadOnlyDictionary<string, string> metadata, int? layers = null)
    {
        var names = new List<string>();
        while (metadata.TryGetValue(Key(names.Count), out string? name))
        {
            names.Add(name.Length <= LongestName
                ? name
                : throw new InvalidDataException($"'{Key(names.Count)}' in its metadata has {name.Length} characters, expected {LongestName} at most"));
        }

        return names.Count == 0 ? null
            : Repetition(names) is { } mistake ? throw new InvalidDataException($"in its metadata {mistake}")
            : layers is null || layers == names.Count ? names
            : throw new InvalidDataException($"file has names of {names.Count} layers ({FileText.List(names)}), network has {layers} layers");
    }

    /// <summary>What is wrong if two layers have one name: they would be copies of each other, where a network has two.</summary>
    public static string? Repetition(IReadOnlyList<string?> names)
    {
        var layers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int layer = 0; layer < names.Count; layer++)
        {
            string name = names[layer] ?? "";
            if (layers.TryGetValue(name, out int first))
            {
                return FormattableString.Invariant($"layers {first} and {layer} have the same name '{FileText.Short(name)}'");
            }

            layers.Add(name, layer);
        }

        return null;
    }
}
