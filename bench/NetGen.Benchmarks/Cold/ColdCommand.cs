using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using NetGen.Benchmarks.Reporting;
using Spectre.Console;

namespace NetGen.Benchmarks.Cold;

/// <summary>The command <c>cold</c>: first calls in fresh processes, and what a network costs in text, build time and code.</summary>
internal static class ColdCommand
{
    private const string Section = "cold";
    private const int StandardProcesses = 7;
    private static readonly string[] Contestants = [Roster.Strict, Roster.Fused, Roster.Naive, Roster.Tensors];

    public static Command Create(IReadOnlyList<string> arguments)
    {
        Option<IReadOnlyList<Subject>> nets = CommandLine.Nets();
        Option<int> processes = CommandLine.Count("--processes", "Processes for each network and contestant; the median counts.", StandardProcesses);
        Option<FileInfo?> markdown = CommandLine.MarkdownPage(Section);
        var command = new Command(Section, "Measures first calls in fresh processes, and the size of what is generated.") { nets, processes, markdown };
        command.SetAction(result =>
        {
            if (CommandLine.DebugComplaint() is { } complaint)
            {
                Console.Error.WriteLine(complaint);
                return 1;
            }

            Run(result.GetValue(nets)!, result.GetValue(processes), result.GetValue(markdown), arguments);
            return 0;
        });
        return command;
    }

    private static void Run(IReadOnlyList<Subject> subjects, int processes, FileInfo? page, IReadOnlyList<string> arguments)
    {
        IAnsiConsole console = Terminal.Open();
        Header.Show(console, arguments);
        var calls = new List<IReadOnlyList<string>>();
        var sizes = new List<IReadOnlyList<string>>();
        Terminal.Run("compiler", _ =>
        {
            CodeSize.WarmCompiler();
            return true;
        });
        foreach (Subject subject in subjects)
        {
            Terminal.Run(subject.Name, report =>
            {
                calls.AddRange(Contestants.Select(contestant => CallRow(subject, contestant, processes, report)));
                sizes.Add(SizeRow(subject, Roster.Strict, Arithmetic.Strict, report));
                sizes.Add(SizeRow(subject, Roster.Fused, Arithmetic.Fused, report));
                return true;
            });
        }

        ReportTable[] tables =
        [
            new($"First calls of Forward in a fresh process, median of {processes} processes", 2, CallHeadings(), calls),
            new("What a network costs beside time", 2, SizeHeadings, sizes),
        ];
        foreach (ReportTable table in tables)
        {
            table.Show(console);
        }

        if (page is not null)
        {
            string content = Header.Markdown(arguments) + string.Concat(tables.Select(table => table.ToMarkdown()));
            SafeFile.Write(page, MarkdownSection.Replace(File.ReadAllText(page.FullName), Section, content));
        }
    }

    private static string[] CallHeadings() =>
    [
        "network", "contestant", "Main to first output, ms", "first call, µs",
        .. ColdChild.Marks.Select(mark => string.Create(CultureInfo.InvariantCulture, $"ns after {mark} call{(mark == 1 ? "" : "s")}")),
    ];

    private static string[] SizeHeadings =>
    [
        "network", "class", "C#, bytes", "added to a build, ms", "IL, bytes", "largest method", "machine code, bytes",
        "methods: FullOpts", "Tier1", "Tier0", "switched MinOpts",
    ];

    private static IReadOnlyList<string> CallRow(Subject subject, string contestant, int processes, Action<string> report)
    {
        var runs = new List<double[]>();
        for (int process = 1; process <= processes; process++)
        {
            report($"{contestant}, process {process} of {processes}");
            runs.Add(ChildProcess.FirstCalls(subject.Name, contestant));
        }

        double[] medians = Enumerable.Range(0, runs[0].Length).Select(i => Statistics.Median(runs.Select(run => run[i]).ToList())).ToArray();
        return
        [
            subject.Name, contestant, ReportTable.Number(medians[0] / 1e6), ReportTable.Number(medians[1] / 1e3),
            .. medians[2..].Select(nanoseconds => ReportTable.Number(nanoseconds)),
        ];
    }

    private static IReadOnlyList<string> SizeRow(Subject subject, string contestant, Arithmetic arithmetic, Action<string> report)
    {
        report($"{contestant}, size");
        CodeSize size = CodeSize.Measure(subject, contestant, arithmetic);
        return
        [
            subject.Name, contestant, Text(size.SourceBytes), ReportTable.Number(size.BuildMilliseconds), Text(size.IlBytes), Text(size.LargestIlBytes),
            Text(size.Jit.FinalCodeBytes), .. size.Jit.CountTiers().Select(Text),
        ];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
