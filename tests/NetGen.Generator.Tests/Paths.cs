using System.Linq;
using System.Reflection;

namespace NetGen.Generator.Tests;

/// <summary>Places in the repository, as the build recorded them.</summary>
internal static class Paths
{
    public static string Snapshots => Metadata("SnapshotDirectory");

    /// <summary>The version of the compiler's package.</summary>
    public static string Roslyn => Metadata("Roslyn");

    /// <summary>Whether that is the newest compiler that the tests run in.</summary>
    public static bool IsNewestRoslyn => Metadata("NewestRoslyn") == Roslyn;

    public static string Readme => Metadata("Readme");

    public static string DiagnosticPages => Metadata("DiagnosticPages");

    public static string AnalyzerReleases => Metadata("AnalyzerReleases");

    /// <summary>The part of the package that runs in builds.</summary>
    public static string BuildTargets => Metadata("BuildTargets");

    /// <summary>The sources and the hashes of the networks whose bits every host reproduces.</summary>
    public static string HashedNetworks => Metadata("HashedNetworks");

    /// <summary>The page with the accuracy of elementary functions.</summary>
    public static string Numerics => Metadata("Numerics");

    /// <summary>The address under which the pages of diagnostics are found.</summary>
    public static string PageAddress => Metadata("RepositoryAddress") + "/blob/main/docs/diagnostics/";

    /// <summary>Model files that are ours.</summary>
    public static string Models => Metadata("Models");

    public static string GeneratorSources => Metadata("GeneratorSources");

    public static string AttributeSources => Metadata("AttributeSources");

    private static string Metadata(string key) => typeof(Paths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
