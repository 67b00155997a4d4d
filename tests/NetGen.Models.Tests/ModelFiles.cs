using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace NetGen.Models.Tests;

/// <summary>The model files of <c>data</c>, and more of the same kind where somebody has them.</summary>
internal static class ModelFiles
{
    /// <summary>The variable of the environment that names a folder of more files.</summary>
    public const string Variable = "NETGEN_WILD_MODELS";

    /// <summary>The folder of the files that were made for this project.</summary>
    public static string Golden { get; } = Path.Combine(AppContext.BaseDirectory, "golden");

    /// <summary>The folder of files of others.</summary>
    public static string Others { get; } = Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>
    /// A folder with an <c>index.json</c> like that of <see cref="Others"/> and more files than a repository should have: the one that NETGEN_WILD_MODELS names, or
    /// <c>../shared/wild</c> beside the repository; null if there is none.
    /// </summary>
    public static string? Wild { get; } = new[] { Environment.GetEnvironmentVariable(Variable), Path.Combine(Repository, "..", "shared", "wild") }
        .FirstOrDefault(folder => folder is not null && File.Exists(Path.Combine(folder, "index.json")));

    /// <summary>The folder of the project.</summary>
    public static string Repository => typeof(ModelFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Repository").Value!;
}
