using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;

namespace NetGen.Benchmarks.Building;

/// <summary>What a process of the compiler took.</summary>
/// <param name="Milliseconds">Time of processors.</param>
/// <param name="PeakBytes">Most memory at a time.</param>
internal readonly record struct CompilerRun(double Milliseconds, long PeakBytes)
{
    /// <summary>Between two looks at a process, of which nothing can be asked once it has ended; both numbers only grow.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    /// <summary>The compiler of the newest SDK beside the runtime of this process.</summary>
    public static string Compiler { get; } = FindCompiler();

    /// <summary>Runs the compiler.</summary>
    /// <exception cref="InvalidOperationException">It found an error.</exception>
    public static CompilerRun Measure(string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", ["exec", Compiler, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        CompilerRun run = default;
        for (; !process.HasExited; Thread.Sleep(Look))
        {
            try
            {
                process.Refresh();
                run = new CompilerRun(process.TotalProcessorTime.TotalMilliseconds, Math.Max(run.PeakBytes, process.PeakWorkingSet64));
            }
            catch (InvalidOperationException)
            {
                // It ended meanwhile.
                break;
            }
        }

        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? run : throw new InvalidOperationException(output);
    }

    private static string FindCompiler()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        return Directory.GetDirectories(Path.Combine(root, "sdk"))
            .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll"))
            .Where(File.Exists)
            .OrderBy(path => FileVersionInfo.GetVersionInfo(path).FileMajorPart)
            .ThenBy(path => FileVersionInfo.GetVersionInfo(path).FileMinorPart)
            .LastOrDefault() ?? throw new InvalidOperationException($"There is no SDK in {root}.");
    }
}
