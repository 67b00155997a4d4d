using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NetGen.Hosts.Packing;

/// <summary>What must be so in the packages.</summary>
internal static class PackageChecks
{
    private const string Generator = "analyzers/dotnet/cs/NetGenGenerator.dll";

    /// <summary>What a generator may refer to: the compiler that hosts it and what comes with that.</summary>
    private static readonly string[] Allowed = ["Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "netstandard"];

    public static void Run(Session session)
    {
        Feed feed = session.Feed;
        Checklist checks = session.Checks;
        checks.Run("packing says nothing", () =>
            feed.Log.Contains("warning", System.StringComparison.OrdinalIgnoreCase) ? throw new ToolException(feed.Log) : $"version {feed.Version}");
        foreach ((string id, string[] files) in Expected())
        {
            var package = new PackageFile(Path.Combine(feed.Folder, $"{id}.{feed.Version}.nupkg"));
            checks.Run($"{id} holds what it should", () => Same(files.Append($"{id}.nuspec"), package.Names));
            checks.Run($"{id} describes itself", () => Contains(
                package.Text($"{id}.nuspec"),
                "<license type=\"expression\">MIT</license>", "<icon>icon.png</icon>", "<readme>README.md</readme>", $"<projectUrl>{Workspace.Address}</projectUrl>",
                $"<repository type=\"git\" url=\"{Workspace.Address}"));
            var symbols = new PackageFile(Path.Combine(feed.Folder, $"{id}.{feed.Version}.snupkg"));
            checks.Run($"{id} has symbols that link to the sources", () => Linked(symbols, symbols.Names.Where(name => name.EndsWith(".pdb", System.StringComparison.Ordinal))));
        }

        var main = new PackageFile(Path.Combine(feed.Folder, $"NetGen.{feed.Version}.nupkg"));
        checks.Run("the generator depends on the compiler alone", () => main.References(Generator).Except(Allowed).ToList() is [var first, ..]
            ? throw new ToolException($"refers to {first}")
            : string.Join(", ", main.References(Generator)));
        checks.Run("the generator links to the sources", () => Linked(main, [Generator]));
        checks.Run("NetGen.Training brings the generator", () => Contains(
            new PackageFile(Path.Combine(feed.Folder, $"NetGen.Training.{feed.Version}.nupkg")).Text("NetGen.Training.nuspec"),
            $"<dependency id=\"NetGen\" version=\"{feed.Version}\" include=\"All\" />"));
        checks.Run("packing a debug build is refused", () => feed.PackDebug() is { Succeeded: false } refused && refused.Output.Contains("Pack a release", System.StringComparison.Ordinal)
            ? null
            : throw new ToolException("it was packed, or refused for another reason"));
        checks.Run("packing elsewhere gives the same bytes", () => SameBytes(feed.Folder, feed.PackAgain()));
    }

    /// <summary>The files of each package.</summary>
    private static IEnumerable<(string Id, string[] Files)> Expected()
    {
        string[] both = ["README.md", "icon.png"];
        yield return ("NetGen", [.. both, Generator, "build/NetGen.Models.targets", "build/NetGen.targets", "buildTransitive/NetGen.targets", .. Library("NetGen", "netstandard2.0", "netstandard2.1", "net8.0")]);
        yield return ("NetGen.Training", [.. both, .. Library("NetGen.Training", "netstandard2.1", "net8.0")]);
        yield return ("NetGen.Models", [.. both, .. Library("NetGen.Models", "netstandard2.1", "net8.0")]);
    }

    private static IEnumerable<string> Library(string name, params string[] frameworks) =>
        frameworks.SelectMany(framework => new[] { $"lib/{framework}/{name}.dll", $"lib/{framework}/{name}.xml" });

    private static string? Same(IEnumerable<string> expected, IEnumerable<string> given)
    {
        List<string> lacking = expected.Except(given).ToList();
        List<string> strange = given.Except(expected).ToList();
        return lacking.Count + strange.Count == 0
            ? $"{given.Count()} files"
            : throw new ToolException($"lacks [{string.Join(", ", lacking)}], should not have [{string.Join(", ", strange)}]");
    }

    private static string? Contains(string text, params string[] parts) => parts.FirstOrDefault(part => !text.Contains(part, System.StringComparison.Ordinal)) is { } part
        ? throw new ToolException($"no {part} in {text}")
        : null;

    private static string? Linked(PackageFile package, IEnumerable<string> names)
    {
        List<string> linked = names.ToList();
        string? bare = linked.Find(name => package.SourceLink(name)?.Contains(Workspace.Address.Replace("//github.com/", "//raw.githubusercontent.com/", System.StringComparison.Ordinal) + "/", System.StringComparison.Ordinal) != true);
        return bare is not null || linked.Count == 0 ? throw new ToolException($"no source link in {bare ?? "nothing"}") : $"{linked.Count} files";
    }

    private static string? SameBytes(string one, string other)
    {
        int compared = 0;
        foreach (string path in Directory.GetFiles(other))
        {
            var again = new PackageFile(path);
            var first = new PackageFile(Path.Combine(one, Path.GetFileName(path)));
            string? different = again.Names.FirstOrDefault(name => !again[name].SequenceEqual(first[name]));
            compared += different is null ? again.Names.Count() : throw new ToolException($"{different} in {Path.GetFileName(path)} differs");
        }

        return compared > 0 ? $"{compared} files" : throw new ToolException("there are no packages");
    }
}
