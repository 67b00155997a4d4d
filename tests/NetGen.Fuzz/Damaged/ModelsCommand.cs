using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace NetGen.Fuzz.Damaged;

/// <summary>Damages the model files of <c>data</c> and says which cannot be read or refused as they should.</summary>
internal static class ModelsCommand
{
    /// <summary>Larger files have more numbers, and nothing else that smaller ones have not.</summary>
    private const int LargestFile = 30_000;

    /// <summary>Reads damaged files.</summary>
    /// <param name="seed">Makes the damage.</param>
    /// <param name="from">The number of the first file.</param>
    /// <param name="count">How many.</param>
    /// <returns>The number of findings.</returns>
    public static int Run(int seed, int from, int count)
    {
        string data = typeof(ModelsCommand).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "Data").Value!;
        var models = new DamagedModels(
            [.. Directory.GetFiles(data, "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(file => file.Length is > 0 and < LargestFile)],
            seed,
            TimeSpan.FromSeconds(1));
        return FileCommand.Run(models, "damaged models read", seed, from, count);
    }
}
