using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace NetGen.Models.Tests;

/// <summary>The model files of <c>data</c>.</summary>
internal static class ModelFiles
{
    /// <summary>The folder of the files that were made for this project.</summary>
    public static string Golden { get; } = Path.Combine(AppContext.BaseDirectory, "golden");

    /// <summary>Names of files of ONNX that an index lists.</summary>
    /// <param name="list">The property of the index: "models" are right, "invalid" wrong.</param>
    public static string[] GoldenNames(string list)
    {
        using JsonDocument index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Golden, "index.json")));
        return
        [
            .. index.RootElement.GetProperty(list).EnumerateArray()
                .Select(entry => entry.GetProperty("file").GetString()!)
                .Where(name => name.EndsWith(".onnx", StringComparison.Ordinal))
                .Distinct(),
        ];
    }
}
