using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using NetGen.Benchmarks.Reporting;
using Spectre.Console;

namespace NetGen.Benchmarks.Training;

/// <summary>The command <c>train</c>: epochs of the trainer beside the same training in plain C# and in PyTorch, in turn.</summary>
internal static class TrainCommand
{
    /// <summary>The exit code if a contestant arrived at other parameters.</summary>
    public const int Wrong = 2;

    /// <summary>The section of a page.</summary>
    public const string Section = "train";

    private const string StandardPython = "python3";
    private const int StandardRounds = 15;

    public static Command Create(IReadOnlyList<string> arguments)
    {
        Option<IReadOnlyList<string>> nets = CommandLine.Names("--nets", "The networks", TrainingSubject.Names, name => name);
        Option<IReadOnlyList<int>> batches = CommandLine.Names(
            "--batches", "Sizes of the batch", TrainingOptions.AllBatches, batch => batch.ToString(CultureInfo.InvariantCulture));
        Option<int> rounds = CommandLine.Count("--rounds", "Rounds of each network and batch.", StandardRounds);
        Option<string?> python = Python($"Unless given, {StandardPython}, if it has; PyTorch is left out otherwise.");
        Option<FileInfo?> csv = CommandLine.OutputFile("--csv", "Write all cells as comma-separated values.");
        Option<FileInfo?> json = CommandLine.OutputFile("--json", "Write all cells and the machine as JSON.");
        Option<FileInfo?> markdown = CommandLine.MarkdownPage(Section);
        var command = new Command(Section, "Checks and times whole trainings against plain C# and PyTorch.") { nets, batches, rounds, python, csv, json, markdown };
        command.SetAction(result =>
        {
            if (CommandLine.DebugComplaint() is { } debug)
            {
                Console.Error.WriteLine(debug);
                return 1;
            }

            string? given = result.GetValue(python);
            using PyTorch? pyTorch = PyTorch.Start(given ?? StandardPython, out string complaint);
            if (pyTorch is null && given is not null)
            {
                Console.Error.WriteLine($"--python: {complaint}");
                return 1;
            }

            var options = new TrainingOptions(result.GetValue(nets)!, result.GetValue(batches)!, result.GetValue(rounds), pyTorch);
            var files = new OutputFiles(result.GetValue(csv), result.GetValue(json), result.GetValue(markdown));
            return Run(options, HeaderLine(pyTorch?.Description ?? $"left out ({complaint})"), files, arguments);
        });
        return command;
    }

    /// <summary>A Python that has PyTorch.</summary>
    public static Option<string?> Python(string description) =>
        new("--python") { Description = $"A Python that has PyTorch. {description}", HelpName = "FILE" };

    /// <summary>What the head of a report says of PyTorch.</summary>
    public static (string Name, string Value) HeaderLine(string description) => ("PyTorch", description);

    private static int Run(TrainingOptions options, (string Name, string Value) pyTorch, OutputFiles files, IReadOnlyList<string> arguments)
    {
        IAnsiConsole console = Terminal.Open();
        IReadOnlyList<(string Name, string Value)> header = Header.Show(console, arguments, pyTorch);
        console.WriteLine();
        IReadOnlyList<TrainingCell> cells = options.Run(console);
        files.Write(
            TrainingFiles.Rows(cells), TrainingFiles.Json(header, cells), (Section, Header.Markdown(arguments, pyTorch) + options.ToMarkdown(cells)));
        return cells.Any(cell => cell.IsWrong) ? Wrong : 0;
    }
}
