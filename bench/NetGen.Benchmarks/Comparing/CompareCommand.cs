using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using NetGen.Benchmarks.Reporting;
using NetGen.Benchmarks.Training;
using NetGen.Models.Tests;
using Spectre.Console;

namespace NetGen.Benchmarks.Comparing;

/// <summary>The command <c>compare</c>: everything timed in one process, side by side.</summary>
internal static class CompareCommand
{
    /// <summary>The exit code if a contestant computed something wrong.</summary>
    public const int Wrong = 2;

    private const string Section = "compare";
    private const int StandardRounds = 41;

    public static Command Create(IReadOnlyList<string> arguments)
    {
        Option<IReadOnlyList<MeasuredNetwork>> nets = CommandLine.AllNets();
        Option<IReadOnlyList<BenchTask>> tasks = CommandLine.Names("--tasks", "The tasks", BenchTask.All, task => task.Name);
        var contestants = new Option<IReadOnlyList<string>>("--contestants")
        {
            Description = $"The contestants, with commas between them: {string.Join(", ", Roster.Managed.Select(Contestant.KeyOf))}, "
                + $"{CompareOptions.NativeKey} for all native plug-ins, or the key of one. All by default.",
            HelpName = "NAMES",
            DefaultValueFactory = _ => [],
            CustomParser = CommandLine.Split,
        };
        Option<int> rounds = CommandLine.Count("--rounds", "Rounds of each task, and of each training.", StandardRounds);
        var native = new Option<DirectoryInfo?>("--native") { Description = "A folder of native plug-ins (see docs/performance.md).", HelpName = "DIR" };
        native.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<DirectoryInfo?>() is { } folder && (!folder.Exists || !folder.EnumerateFiles("*.so").Any()))
            {
                result.AddError($"--native: '{folder}' {(folder.Exists ? "contains no shared library (*.so)" : "is no folder")}.");
            }
        });
        Option<FileInfo?> csv = CommandLine.OutputFile("--csv", "Write all cells as comma-separated values.");
        Option<FileInfo?> json = CommandLine.OutputFile("--json", "Write all cells, the limits and the machine as JSON.");
        Option<string?> python = TrainCommand.Python(
            "With it, the trainings of the command train follow, on all cores; their tables go to the section of that command in the page of --markdown.");
        Option<IReadOnlyList<string>> trainings = CommandLine.Names("--trainings", "The networks to train with --python", TrainingSubject.Names, name => name);
        Option<FileInfo?> markdown = CommandLine.MarkdownPage(Section);
        Option<int?> core = CommandLine.Core();

        var command = new Command(Section, "Checks and times generated networks against naive C#, libraries and native code, side by side in one process.");
        foreach (Option option in new Option[] { nets, tasks, contestants, rounds, native, python, trainings, csv, json, markdown, core })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            bool isTraining = result.GetValue(python) is not null;
            if (!isTraining && result.GetResult(trainings) is { Implicit: false })
            {
                result.AddError("--trainings needs --python.");
            }

            if (isTraining && result.GetValue(markdown) is { Exists: true } page && MarkdownSection.Complaint(page, TrainCommand.Section) is { } complaint)
            {
                result.AddError($"--markdown: {complaint}");
            }
        });
        command.SetAction(result =>
        {
            if (CommandLine.DebugComplaint() is { } debug)
            {
                Console.Error.WriteLine(debug);
                return 1;
            }

            // Found out now whether it can, and started while it can have any core.
            string refusal = "";
            using PyTorch? pyTorch = result.GetValue(python) is { } program ? PyTorch.Start(program, out refusal) : null;

            // Threads of plug-ins inherit the core.
            using PinnedCore? pinned = result.GetValue(core) is { } number ? new PinnedCore(number) : null;
            using NativePlugins? plugins = result.GetValue(native) is { } folder ? NativePlugins.Load(folder) : null;
            var options = new CompareOptions(
                result.GetValue(nets)!, result.GetValue(tasks)!, result.GetValue(contestants)!, result.GetValue(rounds), plugins);
            if ((refusal.Length > 0 ? $"--python: {refusal}" : options.Complaint()) is { } complaint)
            {
                Console.Error.WriteLine(complaint);
                return 1;
            }

            var files = new OutputFiles(result.GetValue(csv), result.GetValue(json), result.GetValue(markdown));
            var training = pyTorch is null ? null : new TrainingOptions(result.GetValue(trainings)!, TrainingOptions.AllBatches, options.Rounds, pyTorch);
            return Run(options, training, pinned, files, arguments);
        });
        return command;
    }

    private static int Run(CompareOptions options, TrainingOptions? training, PinnedCore? pinned, OutputFiles files, IReadOnlyList<string> arguments)
    {
        IAnsiConsole console = Terminal.Open();
        (string, string)[] pyTorch = training is null ? [] : [TrainCommand.HeaderLine(training.PyTorch!.Description)];
        IReadOnlyList<(string Name, string Value)> header = Header.Show(console, arguments, pyTorch);
        string[] noRuntime = options.Models.Count > 0 && OnnxRuntimeSession.Complaint is { } missing ? [missing] : [];
        foreach (string skipped in noRuntime.Concat(options.Plugins?.Skipped ?? []))
        {
            console.WriteLine($"skipped: {skipped}");
        }

        MachineLimits machine = Terminal.Run("limits of the machine", _ => MachineLimits.Measure());
        console.WriteLine($"multiply-adds: {ReportTable.Number(machine.WidestPeak)} a ns with {machine.WidestBits} bits, "
            + $"{ReportTable.Number(machine.Peak256 > 0 ? machine.Peak256 : null)} with 256 bits; roots with a division: {ReportTable.Number(machine.Roots)} a ns");
        console.WriteLine();
        IReadOnlyList<NetworkResult> results = Compare(options, machine, console);
        ReportTable? firstCalls = options.Models.Count == 0 ? null : Terminal.Run("first calls", report => FirstCalls.Measure(options.Models, options.TakesKey, report));
        firstCalls?.Show(console);
        console.WriteLine(Verdict(results));

        // Before the trainings too: whatever becomes of the other process, the cells are there.
        files.Write(results.SelectMany(CompareFiles.Rows), CompareFiles.Json(header, machine, results, []), (Section, Markdown(options, arguments, results) + firstCalls?.ToMarkdown()));
        bool isWrong = results.Any(result => result.Cells.Any(cell => cell.IsWrong));
        if (training is not null)
        {
            // One of the contestants has two threads.
            pinned?.Dispose();
            console.WriteLine();
            IReadOnlyList<TrainingCell> cells = training.Run(console);
            isWrong |= cells.Any(cell => cell.IsWrong);
            files.Write(
                results.SelectMany(CompareFiles.Rows).Concat(TrainingFiles.Rows(cells)),
                CompareFiles.Json(header, machine, results, cells),
                (TrainCommand.Section, Header.Markdown(arguments, pyTorch) + training.ToMarkdown(cells)));
        }

        return isWrong ? Wrong : 0;
    }

    /// <summary>Runs the tasks, and shows the tables and who was wrong.</summary>
    private static IReadOnlyList<NetworkResult> Compare(CompareOptions options, MachineLimits machine, IAnsiConsole console)
    {
        var results = new List<NetworkResult>();
        foreach (MeasuredNetwork subject in options.Subjects)
        {
            NetworkResult result = Terminal.Run(subject.Name, report => new Comparison(options).Run(subject, machine, report));
            results.Add(result);
            CompareTables.Full(result).Show(console);
        }

        CompareTables.Limits(results.Select(result => result.Limits).ToList()).Show(console);
        if (results.Any(result => result.IsGraph))
        {
            CompareTables.Graphs(options.Tasks, results.Where(result => result.IsGraph).ToList()).Show(console);
        }

        if (results.Any(result => result.IsModel))
        {
            CompareTables.Models(options.Tasks, results.Where(result => result.IsModel).ToList()).Show(console);
        }

        if (CompareTables.EmptyCalls(results) is { Length: > 0 } empty)
        {
            console.WriteLine(empty);
        }

        foreach (Cell cell in results.SelectMany(result => result.Cells).Where(cell => cell.IsWrong))
        {
            console.WriteLine($"wrong: {cell.Contestant} in {cell.Network}, {cell.Task.Title}: error {cell.Error:0.0e+0}, allowed {Check.Tolerance:0.0e+0}");
        }

        return results;
    }

    private static string Verdict(IReadOnlyList<NetworkResult> results)
    {
        int right = results.Sum(result => result.Cells.Count(cell => cell is { IsWrong: false, Error: not null }));
        int wrong = results.Sum(result => result.Cells.Count(cell => cell.IsWrong));
        return $"{right} right, {wrong} wrong";
    }

    private static string Markdown(CompareOptions options, IReadOnlyList<string> arguments, IReadOnlyList<NetworkResult> results)
    {
        var text = new StringBuilder(Header.Markdown(arguments));
        text.Append(CompareTables.Limits(results.Select(result => result.Limits).ToList()).ToMarkdown());
        if (CompareTables.EmptyCalls(results) is { Length: > 0 } empty)
        {
            text.Append($"{empty}\n\n");
        }

        NetworkResult[] chains = results.Where(result => !result.IsGraph && !result.IsModel).ToArray();
        foreach (BenchTask task in options.Tasks.Where(_ => chains.Length > 0))
        {
            text.Append(CompareTables.Summary(task, chains).ToMarkdown());
        }

        NetworkResult[] graphs = results.Where(result => result.IsGraph).ToArray();
        if (graphs.Length > 0)
        {
            text.Append(CompareTables.Graphs(options.Tasks, graphs).ToMarkdown());
        }

        NetworkResult[] models = results.Where(result => result.IsModel).ToArray();
        if (models.Length > 0)
        {
            text.Append(CompareTables.Models(options.Tasks, models).ToMarkdown());
        }

        if (results.Any(result => result.Cells.Any(cell => cell.Contestant == Roster.Unrolled)))
        {
            text.Append(CompareTables.Unrolling(options.Tasks, results).ToMarkdown());
        }

        return text.ToString();
    }
}
