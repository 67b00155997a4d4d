using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace NetGen.Hosts;

/// <summary>A folder outside the repository, in which everything happens and of which nothing stays.</summary>
internal sealed class Workspace : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly bool _keep;
    private readonly List<string> _leftovers = [];

    public Workspace(bool keep)
    {
        _keep = keep;
        Root = Directory.CreateTempSubdirectory("netgen-hosts-").FullName;
        if (keep)
        {
            Console.Error.WriteLine(Root);
        }
    }

    public string Root { get; }

    public static string Repository => Metadata("Repository");

    public static string Version => Metadata("Version");

    /// <summary>Where the packages say that the sources are; nothing is fetched from it.</summary>
    public static string Address => Metadata("RepositoryAddress");

    /// <summary>A path below the root, with its folders.</summary>
    public string Folder(params string[] parts) => Directory.CreateDirectory(Path.Combine([Root, .. parts])).FullName;

    /// <summary>A folder elsewhere that goes with the workspace.</summary>
    public void RemoveAtEnd(string folder) => _leftovers.Add(folder);

    /// <summary>Runs a program to its end, with variables that are set or, where they have no value, unset.</summary>
    public static ToolResult Run(string folder, string program, IEnumerable<string> arguments, params (string Name, string? Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in variables)
        {
            // The value null would leave an empty variable, which means something else.
            start.Environment.Remove(name);
            if (value is not null)
            {
                start.Environment.Add(name, value);
            }
        }

        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                throw new ToolException($"{program} {string.Join(' ', arguments)}: not done after {Patience.TotalMinutes} minutes");
            }

            return new ToolResult($"{Path.GetFileName(program)} {string.Join(' ', arguments)}", process.ExitCode, output.Result + error.Result);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new ToolException($"{program}: {exception.Message}");
        }
    }

    /// <summary>
    /// Runs a command of the SDK, without servers that would outlive it, without the variables of the command that runs this, and without what the runtime learns of
    /// the branches of a program that runs long.
    /// </summary>
    public static ToolResult Dotnet(string folder, params string[] arguments) => Run(
        folder,
        Host,
        arguments,
        ("DOTNET_TieredPGO", "0"),
        ("UseSharedCompilation", "false"),
        ("MSBUILDDISABLENODEREUSE", "1"),
        ("Analyze", null),
        ("MSBuildSDKsPath", null),
        ("MSBuildExtensionsPath", null),
        ("MSBUILD_EXE_PATH", null),
        ("DOTNET_CLI_UI_LANGUAGE", "en"),
        ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
        ("DOTNET_NOLOGO", "1"));

    /// <summary>Runs a program on the runtime of the SDK, with the settings that its users have.</summary>
    public static ToolResult RunOnRuntime(string folder, string assembly) => Run(folder, Host, [assembly]);

    public void Dispose()
    {
        if (_keep)
        {
            return;
        }

        foreach (string folder in _leftovers.Append(Root).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static string Metadata(string key) => typeof(Workspace).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}

/// <summary>How a program ended and what it wrote.</summary>
internal sealed partial record ToolResult(string Command, int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The codes of all errors and warnings.</summary>
    public IReadOnlySet<string> Codes => Code().Matches(Output).Select(match => match.Groups[2].Value).ToHashSet();

    public IReadOnlySet<string> Warnings =>
        Code().Matches(Output).Where(match => match.Groups[1].Value == "warning").Select(match => match.Groups[2].Value).ToHashSet();

    /// <summary>The last line.</summary>
    public string Last => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";

    /// <summary>The first line that says what is wrong, or the last.</summary>
    public string FirstError => Output.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => ErrorLine().IsMatch(line)) ?? Last;

    /// <summary>The result itself; a program that failed is an exception.</summary>
    public ToolResult Expect()
    {
        if (!Succeeded)
        {
            throw new ToolException($"{Command}: exit code {ExitCode}: {FirstError}");
        }

        return this;
    }

    [GeneratedRegex(@"\b(error|warning) ([A-Z]+[0-9]+)\b")]
    private static partial Regex Code();

    [GeneratedRegex(@"\berror\b|^Unhandled|^! ")]
    private static partial Regex ErrorLine();
}

/// <summary>A check failed; the message says what.</summary>
internal sealed class ToolException(string message) : Exception(message);

/// <summary>A check cannot be made here; the message says why.</summary>
internal sealed class NotAvailableException(string message) : Exception(message);
