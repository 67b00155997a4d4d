using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace NetGen.Models.Tests;

/// <summary>The list of the models of a folder, <c>index.json</c>.</summary>
internal static class ModelIndex
{
    /// <summary>The entries of the index of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="list">The property of the index: "models", or, of some folders, "invalid".</param>
    /// <param name="extension">How the names of the files end.</param>
    public static JsonElement[] Read(string folder, string list = "models", string extension = ".onnx")
    {
        using JsonDocument index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "index.json")));
        return
        [
            .. index.RootElement.GetProperty(list).EnumerateArray()
                .Where(entry => entry.GetProperty("file").GetString()!.EndsWith(extension, StringComparison.Ordinal))
                .Select(entry => entry.Clone()),
        ];
    }

    /// <summary>Names of files that an index lists; see <see cref="Read"/>.</summary>
    public static string[] Names(string folder, string list = "models", string extension = ".onnx") =>
        [.. Read(folder, list, extension).Select(entry => entry.GetProperty("file").GetString()!).Distinct()];
}
