using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Reporting;
using NetGen.Models.Tests;
using Spectre.Console;

namespace NetGen.Benchmarks.Models;

/// <summary>The command <c>models</c>: every model file of a folder, whether it is read, how exact its class is, and what a call takes.</summary>
internal static class ModelsCommand
{
    private const string Section = "models";
    private const int StandardRounds = 21;

    public static Command Create(IReadOnlyList<string> arguments)
    {
        var folder = new Option<DirectoryInfo>("--folder")
        {
            Description = "A folder with an index.json like that of data/models.",
            HelpName = "DIR",
            Required = true,
        };
        folder.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<DirectoryInfo>() is { } given && !File.Exists(Path.Combine(given.FullName, "index.json")))
            {
                result.AddError($"--folder: '{given}' has no index.json.");
            }
        });
        Option<int> rounds = CommandLine.Count("--rounds", "Rounds of each model.", StandardRounds);
        Option<FileInfo?> markdown = CommandLine.MarkdownPage(Section);
        Option<int?> core = CommandLine.Core();
        var command = new Command(Section, "Reads, compiles, checks and times all model files of a folder, beside ONNX Runtime.") { folder, rounds, markdown, core };
        command.SetAction(result =>
        {
            if (CommandLine.DebugComplaint() is { } complaint)
            {
                Console.Error.WriteLine(complaint);
                return 1;
            }

            using PinnedCore? pinned = result.GetValue(core) is { } number ? new PinnedCore(number) : null;
            return Run(result.GetValue(folder)!.FullName, result.GetValue(rounds), result.GetValue(markdown), arguments);
        });
        return command;
    }

    private static int Run(string folder, int rounds, FileInfo? markdown, IReadOnlyList<string> arguments)
    {
        IAnsiConsole console = Terminal.Open();
        Header.Show(console, arguments);
        if (OnnxRuntimeSession.Complaint is { } missing)
        {
            console.WriteLine($"skipped: {missing}");
        }

        MeasuredModel[] models = Terminal.Run("models", report => ModelIndex.Names(folder).Select(file =>
        {
            report(file);
            return MeasuredModel.Measure(folder, file, rounds);
        }).ToArray());
        var table = new ReportTable("Model files", 1, ["file", "largest error", "NetGen, ns", "ONNX Runtime, ns", "ratio", "not read"], [.. models.Select(Row)]);
        table.Show(console);
        MeasuredModel[] read = [.. models.Where(model => model.Refusal.Length == 0)];
        string summary = $"{read.Length} of {models.Length} files are read.";
        console.WriteLine(summary);
        MeasuredModel[] wrong = [.. read.Where(model => model.Error > ModelCase.Tolerance)];
        foreach (MeasuredModel model in wrong)
        {
            console.WriteLine($"wrong: {model.File}");
        }

        if (markdown is not null)
        {
            SafeFile.Write(markdown, MarkdownSection.Replace(File.ReadAllText(markdown.FullName), Section, $"{Header.Markdown(arguments)}{table.ToMarkdown()}{summary}\n"));
        }

        return wrong.Length == 0 ? 0 : Comparing.CompareCommand.Wrong;
    }

    private static IReadOnlyList<string> Row(MeasuredModel model) =>
    [
        model.File, model.Error?.ToString("0.0e+0", CultureInfo.InvariantCulture) ?? ReportTable.None, ReportTable.Number(model.Nanoseconds), ReportTable.Number(model.OnnxRuntimeNanoseconds),
        ReportTable.Times(model.OnnxRuntimeNanoseconds / model.Nanoseconds), model.Refusal,
    ];
}
