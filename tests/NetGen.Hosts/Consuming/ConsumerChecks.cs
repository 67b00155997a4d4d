using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using NetGen.Hosts.Packing;
using NetGen.Hosts.Running;

namespace NetGen.Hosts.Consuming;

/// <summary>Builds projects outside the repository that use the packages, runs them, and builds them again.</summary>
internal static class ConsumerChecks
{
    /// <summary>Where the generated text lies in the folder of such files.</summary>
    private const string GeneratedName = "NetGenGenerator/NetGen.Generator.NetworkGenerator/Shared.Brain.g.cs";

    /// <summary>What is run, and what that shows.</summary>
    private static readonly (string Program, string What)[] Programs =
    [
        ("Apps/bin/Release/net8.0/Apps.dll", "an app for .NET 8"),
        ("Apps/bin/Release/net9.0/Apps.dll", "an app for .NET 9"),
        ("Apps/bin/Release/net10.0/Apps.dll", "an app for .NET 10"),
        ("FloorApp/bin/Release/net8.0/FloorApp.dll", "a library for netstandard2.1 in C# 9, used by an app"),
        ("LibraryApp/bin/Release/net9.0/LibraryApp.dll", "a library for .NET 8, used by an app without the package, which declares a network and has a model too"),
        ("FSharpApp/bin/Release/net8.0/FSharpApp.dll", "the same library, used by an app in F#"),
        ("VisualBasicApp/bin/Release/net8.0/VisualBasicApp.dll", "the same library, used by an app in Visual Basic"),
        ("FriendUser/bin/Release/net8.0/FriendUser.dll", "two users with InternalsVisibleTo"),
        ("TrainingOnly/bin/Release/net8.0/TrainingOnly.dll", "an app with a model that references NetGen.Training alone"),
        ("NewApp/bin/Release/net8.0/NewApp.dll", "a library with an older version of the package, used by an app with a newer"),
        ("TwoFrameworksApp/bin/Release/net8.0/TwoFrameworksApp.dll", "a library for netstandard2.1 and .NET 8, used by an app"),
        ("TrainingFloorApp/bin/Release/net8.0/TrainingFloorApp.dll", "a library for netstandard2.1 with NetGen.Training, used by an app"),
        ("Snapshots/bin/Release/net8.0/Snapshots.dll", "the generator as a library gives what the build wrote"),
    ];

    public static void Run(Session session)
    {
        Feed feed = session.Feed;
        Checklist checks = session.Checks;
        string folder = session.Workspace.Folder("consumers");
        Copy(Path.Combine(Workspace.Repository, "tests", "NetGen.Hosts", "Consumers"), folder);
        foreach (string app in new[] { "LibraryApp", "TrainingOnly" })
        {
            ModelChecks.WriteModel(Path.Combine(folder, app, "own.onnx"));
        }

        feed.Prepare(folder);
        feed.AddOldVersion();
        if (checks.Run("projects outside the repository build, warnings are errors", () => Build(folder)) != Outcome.Passed)
        {
            return;
        }

        var results = new List<string>();
        foreach ((string program, string what) in Programs)
        {
            checks.Run(what, () => Trained(folder, program, results));
        }

        checks.Run("all of them have the same bits", () => results.Distinct().Count() == 1 && results.Count == Programs.Length
            ? results[0]
            : throw new ToolException(string.Join(", ", results)));
        checks.Run("the older version is another assembly", () => Versions(folder));
        checks.Run("each framework of a library has the code that suits it", () => Dialects(folder));
        checks.Run("the guides show what was built", () => Quoted(folder));
        checks.Run("generated files lie where they always did", () => GeneratedFile(folder));
        checks.Run("building again compiles nothing", () => Recompiled(folder) is { Count: > 0 } again ? throw new ToolException(string.Join(", ", again)) : null);
        checks.Run("a changed declaration is compiled, and what depends on it", () => Change(folder));
        checks.Run("the generator without its attributes: the compiler names what is missing", () => Fails(folder, "MissingAttributes", ["CS0246", "CS0103"]));
        checks.Run("C# 8: one message", () => Fails(folder, "OldLanguage", ["NETGENCFG002"]));
        checks.Run("C# 8 with NetGen.Training alone: the same", () => Fails(folder, "TrainingFloor", ["NETGENCFG002"], "-p:LangVersion=8.0"));
        checks.Run(".NET Framework: one message", () => Fails(folder, Restored(folder, "OldFramework"), ["NETGENCFG002"]));
        checks.Run(".NET Framework with C# 9: one message", () => Fails(folder, Restored(folder, "OldFramework"), ["NETGEN014"], "-p:LangVersion=9.0"));
        checks.Run("F# with the package itself: one message", () => Fails(folder, "FSharpApp", ["NETGENCFG003"], "-p:Direct=true"));
        checks.Run("Visual Basic with the package itself: the same", () => Fails(folder, "VisualBasicApp", ["NETGENCFG003"], "-p:Direct=true"));
        checks.Run("an older version in the app than in a library: NuGet names both", () => Fails(folder, "OldApp", ["NU1605"]));
        checks.Run("an old compiler: one message", () => Fails(folder, "OldLanguage", ["NETGENCFG001"], "-p:LangVersion=9.0", "-p:CompilerApiVersion=roslyn4.2"));
        checks.Run("a compiler that does not say its version: one message", () => Fails(folder, "OldLanguage", ["NETGENCFG001"], "-p:LangVersion=9.0", "-p:SilentCompiler=true"));
        checks.Run("and nothing with C# 9", () => Quiet(Workspace.Dotnet(folder, "build", "OldLanguage", "-p:LangVersion=9.0")));
    }

    private static string Build(string folder)
    {
        Quiet(Workspace.Dotnet(folder, "build", "Consumers.slnx", "-c", "Release"));
        return $"{File.ReadLines(Path.Combine(folder, "Consumers.slnx")).Count(line => line.Contains("<Project", StringComparison.Ordinal))} projects";
    }

    /// <summary>Success without a warning.</summary>
    private static string? Quiet(ToolResult result) =>
        result.Expect().Warnings.Count == 0 ? null : throw new ToolException(string.Join(", ", result.Warnings));

    /// <summary>Runs a program, on a newer runtime where its own is not installed.</summary>
    private static string Trained(string folder, string program, List<string> results)
    {
        ToolResult result = Workspace.Run(folder, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program], ("DOTNET_ROLL_FORWARD", "Major")).Expect();
        results.Add(result.Last);
        return result.Last.StartsWith("trained: ", StringComparison.Ordinal) ? result.Last : throw new ToolException(result.Last);
    }

    /// <summary>The names of assembly, generator and file are seen by users, who may have them in version control.</summary>
    private static string GeneratedFile(string folder)
    {
        return File.Exists(Path.Combine(folder, "Apps/obj/Release/net8.0/generated", GeneratedName)) ? GeneratedName : throw new ToolException($"no {GeneratedName}");
    }

    /// <summary>The library was compiled against the older assembly of the two, and runs with the newer one.</summary>
    private static string Versions(string folder)
    {
        Version compiled = PackageFile.ReferenceVersion(File.ReadAllBytes(Path.Combine(folder, "OldLibrary/bin/Release/net8.0/OldLibrary.dll")), "NetGen");
        Version used = AssemblyName.GetAssemblyName(Path.Combine(folder, "NewApp/bin/Release/net8.0/NetGen.dll")).Version!;
        return compiled < used ? $"{compiled} and {used}" : throw new ToolException($"{compiled} and {used}");
    }

    private static string? Dialects(string folder)
    {
        bool HasVectors(string framework) => File.ReadAllText(Path.Combine(folder, $"TwoFrameworks/obj/Release/{framework}/generated", GeneratedName)).Contains("Vector128", StringComparison.Ordinal);
        return HasVectors("net8.0") && !HasVectors("netstandard2.1") ? null : throw new ToolException($"vectors for net8.0: {HasVectors("net8.0")}, for netstandard2.1: {HasVectors("netstandard2.1")}");
    }

    /// <summary>Every line of the project files in the guides stands in a project that was built; versions apart.</summary>
    private static string Quoted(string folder)
    {
        int lines = 0;
        foreach ((string page, string section, string project) in new[]
        {
            ("getting-started.md", "## A library", "TwoFrameworks/TwoFrameworks.csproj"),
            ("snapshots.md", "## A folder that the build writes", "Snapshots/Snapshots.csproj"),
            ("snapshots.md", "## A test that runs the generator", "Snapshots/Snapshots.csproj"),
        })
        {
            string text = File.ReadAllText(Path.Combine(Workspace.Repository, "docs", page)).Split(section + "\n")[1].Split("```xml\n")[1].Split("```")[0];
            HashSet<string> built = File.ReadLines(Path.Combine(folder, project)).Select(line => line.Trim()).ToHashSet();
            string? missing = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(line => line.Replace($"\"NetGen\" Version=\"{Workspace.Version}\"", "\"NetGen\" Version=\"$(NetGenVersion)\"", StringComparison.Ordinal))
                .FirstOrDefault(line => !built.Contains(line));
            lines += missing is null ? text.Count(c => c == '\n') : throw new ToolException($"{page}: {missing} is not in {project}");
        }

        return $"{lines} lines";
    }

    /// <summary>A project whose packages, the framework's own among them, can be had.</summary>
    private static string Restored(string folder, string project) => ProgramProject.Restore(Path.Combine(folder, project)) is { } why ? throw new NotAvailableException(why) : project;

    /// <summary>The projects that a second build compiles.</summary>
    private static List<string> Recompiled(string folder)
    {
        List<(string Path, DateTime Time)> before = Compiled(folder);
        Build(folder);
        return before.Except(Compiled(folder)).Select(file => Path.GetRelativePath(folder, file.Path)).ToList();
    }

    private static string Change(string folder)
    {
        File.AppendAllText(Path.Combine(folder, "Friend", "Brain.cs"), "\n[Network(1)]\n[Dense(1)]\ninternal sealed partial class Second;\n");
        List<string> again = Recompiled(folder);
        return again.Exists(path => path.EndsWith("Friend.dll", StringComparison.Ordinal)) && again.TrueForAll(path => path.StartsWith("Friend", StringComparison.Ordinal))
            ? string.Join(", ", again)
            : throw new ToolException($"compiled: [{string.Join(", ", again)}]");
    }

    /// <summary>What the compiler wrote.</summary>
    private static List<(string Path, DateTime Time)> Compiled(string folder) =>
        Directory.GetFiles(folder, "*.dll", SearchOption.AllDirectories)
            .Where(path => path.Replace('\\', '/').Contains("/obj/", StringComparison.Ordinal) && !path.Replace('\\', '/').Contains("/ref", StringComparison.Ordinal))
            .Select(path => (path, File.GetLastWriteTimeUtc(path)))
            .ToList();

    private static string Fails(string folder, string project, string[] codes, params string[] arguments)
    {
        ToolResult result = Workspace.Dotnet(folder, ["build", project, .. arguments]);
        return !result.Succeeded && result.Codes.SetEquals(codes)
            ? result.FirstError[(result.FirstError.IndexOf(codes[0], StringComparison.Ordinal))..].Split(" [")[0]
            : throw new ToolException($"exit code {result.ExitCode}, codes [{string.Join(", ", result.Codes)}]: {result.FirstError}");
    }

    private static void Copy(string from, string to)
    {
        foreach (string path in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
    }
}
