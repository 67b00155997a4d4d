using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using NetGen.Benchmarks.Cold;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using NetGen.Benchmarks.Reporting;
using Spectre.Console;

namespace NetGen.Benchmarks.Widths;

/// <summary>
/// The command <c>widths</c>: the same calls with the vectors that the hardware has, without those of 512 bits, and with 128 bits only. The runtime
/// decides that when it starts, so each setting is a process of its own, the settings in turn.
/// </summary>
internal static class WidthsCommand
{
    private const string Section = "widths";
    private const int StandardTurns = 3;
    private const int Rounds = 11;

    private static readonly string[] Contestants = [Roster.Strict, Roster.Fused, Roster.Naive];

    /// <summary>The default, and what leaves 256 and 128 bits.</summary>
    private static readonly (string Name, string Value)[][] Settings = [[], [("DOTNET_EnableAVX512", "0")], [("DOTNET_EnableAVX2", "0")]];

    public static Command Create(IReadOnlyList<string> arguments)
    {
        Option<IReadOnlyList<Subject>> nets = CommandLine.Nets();
        Option<IReadOnlyList<BenchTask>> tasks = CommandLine.Names("--tasks", "The tasks", BenchTask.All, task => task.Name);
        Option<int> turns = CommandLine.Count("--turns", "Processes for each setting; the fastest round of all counts.", StandardTurns);
        Option<FileInfo?> markdown = CommandLine.MarkdownPage(Section);
        var command = new Command(Section, "Compares generated networks with themselves under narrower vectors.") { nets, tasks, turns, markdown };
        command.SetAction(result =>
        {
            if (CommandLine.DebugComplaint() is { } complaint)
            {
                Console.Error.WriteLine(complaint);
                return 1;
            }

            Run(result.GetValue(nets)!, result.GetValue(tasks)!, result.GetValue(turns), result.GetValue(markdown), arguments);
            return 0;
        });
        return command;
    }

    private static void Run(
        IReadOnlyList<Subject> subjects, IReadOnlyList<BenchTask> tasks, int turns, FileInfo? page, IReadOnlyList<string> arguments)
    {
        IAnsiConsole console = Terminal.Open();
        Header.Show(console, arguments);
        var rows = new List<IReadOnlyList<string>>();
        foreach (Subject subject in subjects)
        {
            Dictionary<(string Task, string Contestant), double>[] fastest = Terminal.Run(subject.Name, report =>
            {
                Dictionary<(string, string), double>[] times = [[], [], []];
                for (int turn = 1; turn <= turns; turn++)
                {
                    for (int setting = 0; setting < Settings.Length; setting++)
                    {
                        report($"turn {turn} of {turns}, {(setting == 0 ? "default" : Settings[setting][0].Name + "=0")}");
                        Merge(times[setting], Measure(subject, tasks, Settings[setting]));
                    }
                }

                return times;
            });
            rows.AddRange(tasks.SelectMany(
                task => Contestants.Where(name => name != Roster.Naive), (task, name) => Row(subject, task, name, fastest)));
        }

        var table = new ReportTable(
            $"Narrower vectors, ns a sample, fastest round of {turns} processes each",
            3,
            ["network", "task", "contestant", "default", "256 bits", "128 bits", "256 bits of default", "naive C#", "128 bits faster than naive"],
            rows);
        table.Show(console);
        if (page is not null)
        {
            SafeFile.Write(page, MarkdownSection.Replace(File.ReadAllText(page.FullName), Section, Header.Markdown(arguments) + table.ToMarkdown()));
        }
    }

    private static IReadOnlyList<string> Row(
        Subject subject, BenchTask task, string contestant, IReadOnlyList<IReadOnlyDictionary<(string Task, string Contestant), double>> fastest)
    {
        double[] times = fastest.Select(setting => setting[(task.Name, contestant)]).ToArray();

        // Loops over numbers do not depend on the width: the fastest of them all is the fairest.
        double naive = fastest.Min(setting => setting[(task.Name, Roster.Naive)]);
        return
        [
            subject.Name, task.Title, contestant, .. times.Select(time => ReportTable.Number(time)), ReportTable.Times(times[1] / times[0]),
            ReportTable.Number(naive), ReportTable.Times(naive / times[2]),
        ];
    }

    /// <summary>Runs the comparison in a process with other settings and reads its file.</summary>
    private static Dictionary<(string Task, string Contestant), double> Measure(
        Subject subject, IReadOnlyList<BenchTask> tasks, (string Name, string Value)[] settings)
    {
        string file = Path.GetTempFileName();
        try
        {
            ChildProcess.Run(
                [
                    "compare", "--nets", subject.Name, "--tasks", string.Join(',', tasks.Select(task => task.Name)),
                    "--contestants", string.Join(',', Contestants.Select(Contestant.KeyOf)), "--rounds", Rounds.ToString(CultureInfo.InvariantCulture), "--csv", file,
                ],
                settings);
            return CellFiles.Minima(File.ReadAllLines(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Merge(Dictionary<(string, string), double> fastest, Dictionary<(string, string), double> times)
    {
        foreach (((string, string) cell, double time) in times)
        {
            fastest[cell] = Math.Min(time, fastest.GetValueOrDefault(cell, double.PositiveInfinity));
        }
    }
}
