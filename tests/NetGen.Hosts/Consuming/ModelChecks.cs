using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Hosts.Packing;
using NetGen.TestKit;

namespace NetGen.Hosts.Consuming;

/// <summary>Builds a library whose networks are model files, for three frameworks, and an app that uses its package; then what changes in the files, and what does not.</summary>
internal static class ModelChecks
{
    private const string Framework = "net10.0";
    private const string Library = "ModelLibrary";

    /// <summary>The files of the library, each with the scale of its weights: outputs are in proportion to it, exactly.</summary>
    private static readonly (string Path, float Scale, string? Data)[] Files =
    [
        ("policies/policy.onnx", 1, null),
        ("policies/unused.onnx", 1, null),
        ("large/policy.onnx", 2, "policy.onnx.data"),
        ("../outside.onnx", 4, null),
        ("named.onnx", 8, "weights.bin"),
    ];

    private static readonly string[] Classes = ["Policy", "Large", "Outside", "Named"];

    /// <summary>Writes a model with one output of two inputs.</summary>
    public static void WriteModel(string path, float scale = 1, string? data = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DenseModel.Write(path, [2, 1], scale, data);
    }

    public static void Run(Session session)
    {
        Checklist checks = session.Checks;
        string folder = Path.Combine(session.Workspace.Folder("consumers"), "Models");
        string library = Path.Combine(folder, Library);
        foreach ((string path, float scale, string? data) in Files)
        {
            WriteModel(Path.GetFullPath(Path.Combine(library, path)), scale, data);
        }

        session.Workspace.RemoveAtEnd(Path.Combine(Feed.PackageFolder(folder), Library.ToLowerInvariant(), session.Feed.Version));
        if (checks.Run("a library with models is built for three frameworks and packed", () => Packed(session.Feed, folder, library)) != Outcome.Passed)
        {
            return;
        }

        checks.Run("an app with the package needs no file", () => Used(folder));
        checks.Run("no generated text says where a model is", () => Silent(session.Workspace.Root, library));
        checks.Run("a touched model compiles nothing", () => Touched(library));
        checks.Run("other weights in a model, and in files beside models, are compiled", () => Changed(library));
        checks.Run("a model less compiles again", () => Removed(library));
        checks.Run("editors are given the texts that name the models, though one is missing", () => Listed(library));
        checks.Run("missing files: one message", () => Missing(library));
        checks.Run("clean removes the texts", () => Cleaned(library));
    }

    private static string Packed(Feed feed, string folder, string library)
    {
        ToolResult result = Workspace.Dotnet(folder, "pack", Library, "-o", feed.Folder).Expect();
        if (result.Warnings.Count > 0)
        {
            throw new ToolException(string.Join(", ", result.Warnings));
        }

        string[] frameworks = Directory.GetDirectories(Path.Combine(library, "obj", "Release")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToArray();
        string[] files = new PackageFile(Path.Combine(feed.Folder, $"{Library}.{feed.Version}.nupkg")).Names.Where(name => name.EndsWith(".dll", StringComparison.Ordinal)).ToArray();
        string? lacking = frameworks.FirstOrDefault(framework => Stubs(library, framework).Length != Files.Length);
        return frameworks.Length == 3 && files.Length == 3 && lacking is null ? string.Join(", ", frameworks) : throw new ToolException($"{frameworks.Length} frameworks, {files.Length} assemblies, {lacking} has other texts");
    }

    /// <summary>All outputs are what the weights of its own file make.</summary>
    private static string Used(string folder)
    {
        string last = Workspace.Dotnet(folder, "run", "--project", "ModelApp").Expect().Last;
        return last == "models: 1 2 4 8" ? last : throw new ToolException(last);
    }

    private static string Silent(string root, string library)
    {
        string[] texts = Directory.GetFiles(Path.Combine(library, "obj"), "*.g.cs", SearchOption.AllDirectories).Where(path => path.Contains("ModelGenerator", StringComparison.Ordinal)).ToArray();
        string? loud = texts.FirstOrDefault(path => File.ReadAllText(path).Contains(Path.GetFileName(root), StringComparison.Ordinal));
        return loud is null && texts.Length == 3 * 2 * Classes.Length ? $"{texts.Length} files" : throw new ToolException($"{loud} of {texts.Length}");
    }

    private static string? Touched(string library)
    {
        foreach (string path in Directory.GetFiles(library, "*.onnx", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }

        List<string> written = Written(library, () => Build(library).Expect());
        return written.Count == 0 ? null : throw new ToolException(string.Join(", ", written));
    }

    /// <summary>A model, the usual file beside one and a named file: three texts that name models are others, so each is seen by itself.</summary>
    private static string Changed(string library)
    {
        WriteModel(Path.Combine(library, "policies/policy.onnx"), 16);
        WriteModel(Path.Combine(library, "large/policy.onnx"), 32, "policy.onnx.data");
        WriteModel(Path.Combine(library, "named.onnx"), 64, "weights.bin");
        string[] before = Weights(library);
        List<string> written = Written(library, () => Build(library).Expect());
        string[] changed = Classes.Where((_, index) => before[index] != Weights(library)[index]).ToArray();
        return changed.SequenceEqual(["Policy", "Large", "Named"]) && written.Count(path => path.EndsWith(".netgenmodel", StringComparison.Ordinal)) == 3 && written.Contains($"{Library}.dll")
            ? string.Join(", ", changed)
            : throw new ToolException($"changed [{string.Join(", ", changed)}], written [{string.Join(", ", written)}]");
    }

    private static string? Removed(string library)
    {
        File.Delete(Path.Combine(library, "policies/unused.onnx"));
        List<string> written = Written(library, () => Build(library).Expect());
        return written.Contains($"{Library}.dll") && Stubs(library, Framework).Length == Files.Length - 1
            ? null
            : throw new ToolException($"{Stubs(library, Framework).Length} texts, written [{string.Join(", ", written)}]");
    }

    /// <summary>What an editor does to load a project.</summary>
    private static string Listed(string library)
    {
        ToolResult result = Workspace.Dotnet(
            library, "msbuild", "-t:Compile", $"-p:TargetFramework={Framework}", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:Missing=true", "-getItem:AdditionalFiles").Expect();
        int count = result.Output.Split("\"Identity\"").Count(part => part.Split('\n')[0].Contains(".netgenmodel", StringComparison.Ordinal));
        return count == Files.Length - 1 ? $"{count} files" : throw new ToolException($"{count} texts: {result.Output}");
    }

    private static string Missing(string library)
    {
        ToolResult result = Build(library, "-p:Missing=true");
        string error = result.FirstError;
        return !result.Succeeded && result.Codes.SetEquals(["NETGENCFG004"]) && error.Contains("gone.onnx'", StringComparison.Ordinal) && error.Contains("gone.bin'", StringComparison.Ordinal)
            ? error[error.IndexOf("NETGENCFG004", StringComparison.Ordinal)..].Split(" [")[0].Replace(library, "…", StringComparison.Ordinal)
            : throw new ToolException($"exit code {result.ExitCode}, codes [{string.Join(", ", result.Codes)}]: {error}");
    }

    private static string? Cleaned(string library)
    {
        Workspace.Dotnet(library, "clean", "-f", Framework).Expect();
        string folder = Path.Combine(library, "obj", "Release", Framework, "netgen");
        return Directory.Exists(folder) ? throw new ToolException(string.Join(", ", Directory.GetFiles(folder))) : null;
    }

    private static ToolResult Build(string library, params string[] arguments) => Workspace.Dotnet(library, ["build", "-f", Framework, "--no-restore", .. arguments]);

    /// <summary>The texts that name models.</summary>
    private static string[] Stubs(string library, string framework) =>
        Path.Combine(library, "obj", "Release", framework, "netgen") is var folder && Directory.Exists(folder) ? Directory.GetFiles(folder, "*.netgenmodel") : [];

    private static string[] Weights(string library) => Classes
        .Select(name => File.ReadAllText(Path.Combine(library, $"obj/Release/{Framework}/generated/NetGenGenerator/NetGen.Generator.ModelGenerator/Models.{name}.Weights.g.cs")))
        .ToArray();

    /// <summary>Of the assembly and the texts that name models, those that a build writes.</summary>
    private static List<string> Written(string library, Action build)
    {
        List<(string Path, DateTime Time)> Times() => Stubs(library, Framework).Append(Path.Combine(library, "obj", "Release", Framework, $"{Library}.dll"))
            .Select(path => (path, File.GetLastWriteTimeUtc(path)))
            .ToList();
        List<(string Path, DateTime Time)> before = Times();
        build();
        return Times().Except(before).Select(file => Path.GetFileName(file.Path)).ToList();
    }
}
