using System;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using NetGen.Fuzz.Sources;
using Spectre.Console;

namespace NetGen.Fuzz;

/// <summary>Shows how far a run is: a bar in a terminal, plain lines otherwise. Both on the error stream; the result has the other.</summary>
internal static class Terminal
{
    /// <summary>Lines of a problem that are shown; the command that it comes with shows all.</summary>
    private const int ProblemLength = 400;

    public static Tally Run(int seed, int from, int to)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi)
        {
            long start = Stopwatch.GetTimestamp();

            // A line before every block: if a case ends the process, the last line names its block.
            return Run(seed, from, to, (next, findings) => Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"at case {next} of {from}..{to - 1}, {findings} findings, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s")));
        }

        Tally? tally = null;
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .AutoClear(true)
            .Start(context =>
            {
                ProgressTask task = context.AddTask("Cases", maxValue: to - from);
                tally = Run(seed, from, to, (next, findings) =>
                {
                    task.Value = next - from;
                    task.Description = findings == 0 ? "Cases" : $"Cases, {findings} findings";
                });
            });
        return tally!;
    }

    /// <summary>Runs block by block; before each, tells its first case and how many findings there are.</summary>
    private static Tally Run(int seed, int from, int to, Action<int, int> progress)
    {
        Tally tally = Tally.Empty;
        int first = from / Fuzzer.BlockLength;
        int last = (to - 1) / Fuzzer.BlockLength;
        for (int block = first; block <= last; block++)
        {
            progress(Math.Max(from, block * Fuzzer.BlockLength), tally.Findings.Count);
            Tally next = Fuzzer.Run(seed, block, from, to);
            tally = tally.Add(next);
            foreach (Finding finding in next.Findings)
            {
                Tell(seed, finding.Case, finding.Setting, finding.Problems[0]);
            }

            foreach (CompilerFault fault in next.Faults)
            {
                Tell(seed, fault.Case, fault.Setting, $"not NetGen's: the compiler throws at the user's part alone: {fault.Exception}");
            }
        }

        progress(to, tally.Findings.Count);
        return tally;
    }

    private static void Tell(int seed, FuzzCase one, Setting setting, string problem)
    {
        string shown = problem.Length > ProblemLength ? problem[..ProblemLength] + " …" : problem;
        Console.Error.WriteLine($"--seed {seed} --case {one.Number} ({setting}; {one.Kind}{(one.Mistake.Length > 0 ? ": " + one.Mistake : "")}): {shown}");
    }
}
