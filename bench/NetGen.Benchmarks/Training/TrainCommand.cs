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

    private const string Section = "train";
    private const string StandardPython = "python3";
    private const int StandardRounds = 15;

    public static Command Create(IReadOnlyList<string> arguments)
    {
        Option<IReadOnlyList<string>> nets = CommandLine.Names("--nets", "The networks", TrainingSubject.Names, name => name);
        Option<IReadOnlyList<int>> batches = CommandLine.Names(
            "--batches", "Sizes of the batch", (IReadOnlyList<int>)[1, 32, 256], batch => batch.ToString(CultureInfo.InvariantCulture));
        Option<int> rounds = CommandLine.Count("--rounds", "Rounds of each network and batch.", StandardRounds);
        var python = new Option<string?>("--python")
        {
            Description = $"A Python that has PyTorch. Unless given, {StandardPython}, if it has; PyTorch is left out otherwise.",
            HelpName = "FILE",
        };
        Option<FileInfo?> markdown = CommandLine.MarkdownPage(Section);
        var command = new Command(Section, "Checks and times whole trainings against plain C# and PyTorch.") { nets, batches, rounds, python, markdown };
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
                Console.Error.WriteLine($"--python: '{given}' has no PyTorch: {complaint}");
                return 1;
            }

            string description = pyTorch?.Description ?? $"left out ({complaint})";
            IReadOnlyList<TrainingCell> cells = Run(
                result.GetValue(nets)!, result.GetValue(batches)!, new TrainingComparison(result.GetValue(rounds), pyTorch), description, result.GetValue(markdown), arguments);
            return cells.Any(cell => cell.IsWrong) ? Wrong : 0;
        });
        return command;
    }

    private static IReadOnlyList<TrainingCell> Run(
        IReadOnlyList<string> nets, IReadOnlyList<int> batches, TrainingComparison comparison, string pyTorch, FileInfo? page, IReadOnlyList<string> arguments)
    {
        IAnsiConsole console = Terminal.Open();
        Header.Show(console, arguments);
        console.WriteLine($"PyTorch: {pyTorch}");
        console.WriteLine();
        List<TrainingCell> cells = nets
            .Select(TrainingSubject.Create)
            .SelectMany(subject => Terminal.Run(subject.Name, report => comparison.Run(subject, batches, report)))
            .ToList();
        List<ReportTable> tables = batches
            .SelectMany(batch => new[] { TrainingTables.Rates(batch, cells), TrainingTables.Ratios(batch, cells) })
            .ToList();
        tables.ForEach(table => table.Show(console));
        if (page is not null)
        {
            string content = $"{Header.Markdown(arguments).TrimEnd('\n')}\n* PyTorch: {pyTorch}\n\n{string.Concat(tables.Select(table => table.ToMarkdown()))}";
            SafeFile.Write(page, MarkdownSection.Replace(File.ReadAllText(page.FullName), Section, content));
        }

        foreach (TrainingCell cell in cells.Where(cell => cell.IsWrong))
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"wrong: {cell.Contestant} in {cell.Subject.Name}, batch {cell.Batch}: error {cell.Error:0.0e+0}, allowed {TrainingCell.Tolerance:0.0e+0}"));
        }

        console.WriteLine($"{cells.Count(cell => !cell.IsWrong)} right, {cells.Count(cell => cell.IsWrong)} wrong");
        return cells;
    }
}
