using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Reporting;
using NetGen.Generator;
using NetGen.TestKit;
using Spectre.Console;

namespace NetGen.Benchmarks.Generating;

/// <summary>The command <c>generator</c>: what the generator costs a compiler or an editor in a project of many networks.</summary>
internal static class GeneratorCommand
{
    private const string Section = "generator";
    private const int StandardNetworks = 200;
    private const int StandardRuns = 31;

    // Runs before those that count, as an editor has had them after a few lines of typing.
    private const int WarmUpEdits = 60;
    private const int WarmUpBuilds = 15;
    private const string FromScratch = "from scratch";

    private static readonly (string What, Func<ManyNetworks, CSharpCompilation, int, CSharpCompilation> Edit)[] KindsOfEdit =
    [
        ("a key in the body of a method elsewhere", (project, compilation, edit) => project.EditBody(compilation, edit)),
        ("a member more in a class elsewhere", (project, compilation, edit) => project.EditMember(compilation, edit)),
        ("other units in one network", (project, compilation, edit) => project.EditNetwork(compilation, edit)),
    ];

    public static Command Create(IReadOnlyList<string> arguments)
    {
        Option<int> networks = CommandLine.Count("--networks", "Networks in the project, and as many files without any.", StandardNetworks);
        Option<int> runs = CommandLine.Count("--runs", "Edits of each kind, and builds from scratch; the median counts.", StandardRuns);
        Option<FileInfo?> markdown = CommandLine.MarkdownPage(Section);
        var command = new Command(Section, "Measures the generator in a project of many networks: from scratch, and after edits.") { networks, runs, markdown };
        command.SetAction(result =>
        {
            if (CommandLine.DebugComplaint() is { } complaint)
            {
                Console.Error.WriteLine(complaint);
                return 1;
            }

            Run(result.GetValue(networks), result.GetValue(runs), result.GetValue(markdown), arguments);
            return 0;
        });
        return command;
    }

    private static void Run(int networks, int runs, FileInfo? page, IReadOnlyList<string> arguments)
    {
        IAnsiConsole console = Terminal.Open();
        Header.Show(console, arguments);
        var project = new ManyNetworks(networks);
        List<IReadOnlyList<string>> rows = Terminal.Run("generator", report => Rows(project, runs, report).ToList());
        var table = new ReportTable(
            $"The generator in a project of {Text(networks)} networks ({ManyNetworks.Shapes}, in turn), medians of {Text(runs)}",
            1,
            ["what happened", "driver, wall clock, ms", "slowest, ms", "of it the compiler's search, ms", "allocated, KB", "files written"],
            rows);
        table.Show(console);
        if (page is not null)
        {
            SafeFile.Write(page, MarkdownSection.Replace(File.ReadAllText(page.FullName), Section, Header.Markdown(arguments) + table.ToMarkdown()));
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(ManyNetworks project, int runs, Action<string> report)
    {
        DriverRun[] Runs(Func<IIncrementalGenerator, IEnumerable<DriverRun>> measure, IIncrementalGenerator generator, int warmUp) =>
            measure(generator).Skip(warmUp).Take(runs).ToArray();

        var search = new AttributeSearch(CreateDriver(new NetworkGenerator()).RunGenerators(project.Compilation()).GetRunResult());
        IReadOnlyList<string> Measured(string what, int warmUp, Func<IIncrementalGenerator, IEnumerable<DriverRun>> measure)
        {
            report(what);
            return Row(what, Runs(measure, new NetworkGenerator(), warmUp), Runs(measure, search, warmUp));
        }

        yield return Measured(FromScratch, WarmUpBuilds, generator => Builds(project, generator));
        foreach ((string what, Func<ManyNetworks, CSharpCompilation, int, CSharpCompilation> edit) in KindsOfEdit)
        {
            yield return Measured(what, WarmUpEdits, generator => Edits(project, edit, generator));
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<DriverRun> Builds(ManyNetworks project, IIncrementalGenerator generator)
    {
        while (true)
        {
            yield return DriverRun.Measure(CreateDriver(generator), project.Compilation()).Run;
        }
    }

    private static IEnumerable<DriverRun> Edits(
        ManyNetworks project, Func<ManyNetworks, CSharpCompilation, int, CSharpCompilation> edit, IIncrementalGenerator generator)
    {
        CSharpCompilation compilation = project.Compilation();
        GeneratorDriver driver = CreateDriver(generator).RunGenerators(compilation);
        for (int number = 2; ; number++)
        {
            compilation = edit(project, compilation, number);
            (driver, DriverRun run) = DriverRun.Measure(driver, compilation);
            yield return run;
        }
    }

    /// <summary>A driver as editors have it, without a record of its steps.</summary>
    private static CSharpGeneratorDriver CreateDriver(IIncrementalGenerator generator) =>
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: Compiled.ParseOptions());

    private static IReadOnlyList<string> Row(string what, DriverRun[] runs, DriverRun[] searches)
    {
        double Median(Func<DriverRun, double> value) => Statistics.Median(runs.Select(value).ToList());
        double search = Statistics.Median(searches.Select(run => run.Wall).ToList());
        return
        [
            what, ReportTable.Number(Median(run => run.Wall)), ReportTable.Number(runs.Max(run => run.Wall)), ReportTable.Number(search),
            ReportTable.Number(Median(run => run.Allocated) / 1024), ReportTable.Number(Median(run => run.Written)),
        ];
    }
}
