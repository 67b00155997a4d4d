using System;
using System.IO;
using System.Linq;

namespace NetGen.Hosts.Running;

/// <summary>Mono, with the code for netstandard2.1 in C# 9 that game engines get.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Precision">The option that says in which precision Mono computes float.</param>
internal sealed record MonoHost(string Name, string Precision) : Host(Name)
{
    /// <summary>What the script's exit code says when there is no Mono.</summary>
    private const int NotFound = 77;

    /// <summary>One script builds the program and runs it with one option after the other.</summary>
    private static ToolResult? _script;

    public override string? Unavailable(Session session)
    {
        if (OperatingSystem.IsWindows())
        {
            return "the script that runs Mono needs a shell";
        }

        if (_script is null)
        {
            string golden = Path.Combine(session.Workspace.Folder("programs", "mono"), "golden.txt");
            GoldenFile.Write(golden);
            _script = Workspace.Run(Workspace.Repository, "bash", [Path.Combine("tests", "NetGen.Determinism.Floor", "run-on-mono"), "--host", golden]);
        }

        return _script.ExitCode == NotFound ? _script.Last : null;
    }

    public override void Build(Session session)
    {
        // The script goes on to run what it built, and then every line says on which Mono.
        if (!Lines.Any(line => line.StartsWith("mono -O=", StringComparison.Ordinal)))
        {
            _script!.Expect();
        }
    }

    public override ToolResult Run(Session session)
    {
        string prefix = $"mono -O={Precision}: ";
        string[] lines = Lines.Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Select(line => line[prefix.Length..]).ToArray();
        bool isComplete = lines.LastOrDefault()?.StartsWith("hash: ", StringComparison.Ordinal) == true;
        bool isRight = isComplete && !Array.Exists(lines, line => line.StartsWith('!'));
        return new ToolResult(prefix, isRight ? 0 : 1, isComplete ? string.Join('\n', lines) : _script!.Output);
    }

    private static string[] Lines => _script!.Output.Split('\n', StringSplitOptions.TrimEntries);
}
