using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace NetGen.Models.Onnx;

/// <summary>Where the numbers of a tensor are in another file (<c>external_data</c>).</summary>
/// <param name="Location">The path of the file, as the model has it.</param>
/// <param name="Offset">The first byte.</param>
/// <param name="Length">How many bytes; null for all up to the end.</param>
internal sealed record ExternalReference(string Location, long Offset, long? Length)
{
    /// <summary>Understands the entries of a tensor; others than those of the format have been ways to attack programs.</summary>
    /// <exception cref="InvalidDataException">An entry is unknown, there twice or no number, or the path is missing.</exception>
    public static ExternalReference Parse(IReadOnlyDictionary<string, string> entries)
    {
        foreach (string key in entries.Keys)
        {
            if (key is not ("location" or "offset" or "length" or "checksum"))
            {
                throw new InvalidDataException($"external_data has the unknown key '{FileText.Short(key)}'; known are location, offset, length and checksum");
            }
        }

        return entries.TryGetValue("location", out string? location) && location.Length > 0
            ? new(location, Number(entries, "offset") ?? 0, Number(entries, "length"))
            : throw new InvalidDataException("external_data does not say the location of the file");
    }

    private static long? Number(IReadOnlyDictionary<string, string> entries, string key)
    {
        if (!entries.TryGetValue(key, out string? text))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new InvalidDataException($"external_data has the {key} '{FileText.Short(text)}', expected a whole number from 0 to 2⁶³ − 1");
    }
}
