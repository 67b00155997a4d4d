using System;
using System.IO;
using System.Linq;

namespace NetGen.Hosts.Running;

/// <summary>Mono, with the code for netstandard2.1 that game engines get: the committed hashes, in C# 9.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Precision">The option that says in which precision Mono computes float.</param>
internal sealed record MonoHost(string Name, string Precision) : Host(Name)
{
    /// <summary>What the script's exit code says when there is no Mono.</summary>
    private const int NotFound = 77;

    /// <summary>One script builds the program and runs it with both options.</summary>
    private static readonly Lazy<ToolResult> Script = new(() =>
        Workspace.Run(Workspace.Repository, "bash", [Path.Combine("tests", "NetGen.Determinism.Floor", "run-on-mono")]));

    public override string? Unavailable(Session session) =>
        OperatingSystem.IsWindows() ? "the script that runs Mono needs a shell" : Script.Value.ExitCode == NotFound ? Script.Value.Last : null;

    public override void Build(Session session)
    {
        // The script goes on to run what it built, and then says which Mono it is.
        if (Version is null)
        {
            Script.Value.Expect();
        }
    }

    public override ToolResult Run(Session session)
    {
        string prefix = $"mono -O={Precision}: ";
        string[] lines = Lines.Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Select(line => line[prefix.Length..]).ToArray();
        string last = lines.LastOrDefault() ?? Script.Value.FirstError;
        bool isSame = last.StartsWith("same: all ", StringComparison.Ordinal);
        int committed = File.ReadLines(Path.Combine(Workspace.Repository, "tests", "NetGen.Determinism", "hashes.txt")).Count();
        string hash = isSame ? $"{last.Split(' ')[^1]} ({committed}/{committed})" : last;
        string complaints = isSame ? "" : string.Concat(lines.Select(line => $"! {line}\n"));
        return new ToolResult(prefix, isSame ? 0 : 1, $"{complaints}runtime: {Version}\nhash: {hash}\n");
    }

    /// <summary>Such as "Mono 6.8.0.105".</summary>
    private static string? Version => Lines.FirstOrDefault(line => line.StartsWith("Mono ", StringComparison.Ordinal))?
        .Replace("JIT compiler version ", "", StringComparison.Ordinal).Split(" (")[0];

    private static string[] Lines => Script.Value.Output.Split('\n', StringSplitOptions.TrimEntries);
}
