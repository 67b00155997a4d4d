using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace NetGen.Hosts.Packing;

/// <summary>A folder with packages of versions that nobody has seen, so that no cache answers for them.</summary>
internal sealed class Feed
{
    private const string Solution = "Packages.slnx";

    private static readonly string[] Projects = ["src/NetGen.Generator/NetGen.Generator.csproj", "src/NetGen.Attributes/NetGen.Attributes.csproj", "src/NetGen.Training/NetGen.Training.csproj", "src/NetGen.Models/NetGen.Models.csproj"];

    private readonly Workspace _workspace;

    public Feed(Workspace workspace)
    {
        _workspace = workspace;
        string fresh = DateTime.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + Environment.ProcessId.ToString("x", CultureInfo.InvariantCulture);
        Version = $"{Workspace.Version}-test.{fresh}";
        OldVersion = $"0.0.1-test.{fresh}";
        Folder = workspace.Folder("feed");
        Log = Pack(Sources("sources"), Version, Folder);
    }

    public string Folder { get; }

    public string Version { get; }

    /// <summary>A version before <see cref="Version"/>, once <see cref="AddOldVersion"/> has packed it.</summary>
    public string OldVersion { get; }

    /// <summary>What packing printed.</summary>
    public string Log { get; }

    /// <summary>Compiles and packs the same sources as an older version, whose assemblies have that version too.</summary>
    public void AddOldVersion() => Pack(_workspace.Folder("sources"), OldVersion, Folder);

    /// <summary>Compiles and packs the same sources in another place.</summary>
    /// <returns>The folder with the packages.</returns>
    public string PackAgain()
    {
        string folder = _workspace.Folder("feed-again");
        Pack(Sources("elsewhere", "sources-again"), Version, folder);
        return folder;
    }

    /// <summary>Tries to pack a debug build.</summary>
    public ToolResult PackDebug() => Workspace.Dotnet(_workspace.Folder("sources"), "pack", Projects[^1], "-c", "Debug", "--no-build", "-o", _workspace.Folder("feed-debug"));

    /// <summary>Writes what every project beside or below a folder shares: the packages, their versions, no mercy for warnings.</summary>
    public void Prepare(string folder)
    {
        if (File.Exists(Path.Combine(folder, "Directory.Build.props")))
        {
            return;
        }

        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <NetGenVersion>{Version}</NetGenVersion>
                <NetGenOldVersion>{OldVersion}</NetGenOldVersion>
                <RestoreAdditionalProjectSources>{Folder}</RestoreAdditionalProjectSources>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <Nullable>enable</Nullable>
                <Configuration Condition="'$(Configuration)' == ''">Release</Configuration>
                <SatelliteResourceLanguages>en</SatelliteResourceLanguages>
              </PropertyGroup>
            </Project>

            """);
        foreach (string name in new[] { "Directory.Build.targets", "Directory.Packages.props" })
        {
            File.WriteAllText(Path.Combine(folder, name), "<Project />\n");
        }
    }

    private string Pack(string sources, string version, string folder, params string[] options)
    {
        string[] arguments = ["pack", Solution, "-c", "Release", "-o", folder, $"-p:Version={version}"];
        string log = Workspace.Dotnet(sources, [.. arguments, .. options]).Expect().Output;

        // The packages are unpacked in the folder of all users' packages; they are of no use to anyone.
        foreach (string package in new[] { "netgen", "netgen.training" })
        {
            _workspace.RemoveAtEnd(Path.Combine(PackageFolder(sources), package, version.ToLowerInvariant()));
        }

        return log;
    }

    /// <summary>Where packages are unpacked.</summary>
    public static string PackageFolder(string folder)
    {
        string line = Workspace.Dotnet(folder, "nuget", "locals", "global-packages", "--list").Expect().Last;
        return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    /// <summary>A copy of the sources as they are now, as a repository of its own.</summary>
    private string Sources(params string[] place)
    {
        string copy = _workspace.Folder(place);
        string[] files = Git(Workspace.Repository, "ls-files", "--cached", "--others", "--exclude-standard", "--", "src", "assets", "Directory.*", ".globalconfig", ".editorconfig", ".gitattributes")
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (string file in files.Where(file => File.Exists(Path.Combine(Workspace.Repository, file))))
        {
            string target = Path.Combine(copy, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Workspace.Repository, file), target);
        }

        string[] solution = ["<Solution>", .. Projects.Select(project => $"""  <Project Path="{project}" />"""), "</Solution>"];
        File.WriteAllLines(Path.Combine(copy, Solution), solution);
        Git(copy, "init", "--quiet");
        Git(copy, "remote", "add", "origin", Workspace.Address + ".git");
        Git(copy, "add", ".");

        // The same name and time give the same commit in every copy.
        Git(copy, "-c", "user.name=NetGen", "-c", "user.email=netgen@example.org", "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "Sources", "--date", "2000-01-01T00:00:00Z");
        return copy;
    }

    private static ToolResult Git(string folder, params string[] arguments) =>
        Workspace.Run(folder, "git", arguments, ("GIT_COMMITTER_DATE", "2000-01-01T00:00:00Z")).Expect();
}
