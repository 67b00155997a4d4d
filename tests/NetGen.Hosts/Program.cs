using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NetGen.Benchmarks.Reporting;
using NetGen.Hosts.Consuming;
using NetGen.Hosts.Packing;
using NetGen.Hosts.Running;
using Spectre.Console;

namespace NetGen.Hosts;

/// <summary>The commands: packages, run, size, and what must hold of them.</summary>
internal static class Program
{
    private static readonly Option<FileInfo?> Markdown = CreateMarkdown();
    private static readonly Option<bool> Keep = new("--keep") { Description = "Leave the folder with everything that was built." };

    private static int Main(string[] args)
    {
        // The same digits and decimal points everywhere, whatever the user's language.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var root = new RootCommand("Packs NetGen, uses the packages outside the repository, and runs networks on every host that can be had here.")
        {
            Command("packages", "Packs, checks what is in the packages, and builds and runs projects that use them.", Packages),
            Command("run", "Runs one program on every host: reference values, committed hashes, bytes per call.", (_, session) => Run(session), Markdown),
            Command("size", "The size of native programs with a network, over one without.", (_, session) => Size(session), Markdown),
            Command("all", "Packages and hosts, of the native programs only one, for the sizes of the others are no checks.", All, Markdown),
        };
        return root.Parse(args).Invoke();
    }

    private static Command Command(string name, string description, Func<ParseResult, Session, IReadOnlyList<Report>> work, params Option[] options)
    {
        var command = new Command(name, description) { Keep };
        foreach (Option option in options)
        {
            command.Add(option);
        }

        command.SetAction(result =>
        {
            using var workspace = new Workspace(result.GetValue(Keep));
            try
            {
                var session = new Session(workspace, Terminal.Open());
                IReadOnlyList<Report> reports = work(result, session);
                if (options.Length > 0 && result.GetValue(Markdown) is { } file)
                {
                    string page = File.ReadAllText(file.FullName);
                    SafeFile.Write(file, reports.Aggregate(page, (text, report) => MarkdownSection.Replace(text, report.Section, report.ToMarkdown())));
                }

                return session.Checks.Close(name);
            }
            catch (ToolException exception)
            {
                Console.Error.WriteLine($"{name}: {exception.Message}");
                return 1;
            }
        });
        return command;
    }

    /// <summary>The packages in one lane, the hosts in another: most steps keep one core busy.</summary>
    private static IReadOnlyList<Report> All(ParseResult result, Session session)
    {
        Task<IReadOnlyList<Report>> packages = Task.Run(() => Packages(result, session));
        try
        {
            IReadOnlyList<Report> reports = Run(session);
            SizeReport.CheckTraining(session);
            return reports;
        }
        finally
        {
            packages.GetAwaiter().GetResult();
        }
    }

    private static IReadOnlyList<Report> Packages(ParseResult result, Session session)
    {
        PackageChecks.Run(session);
        ConsumerChecks.Run(session);
        ModelChecks.Run(session);
        return [];
    }

    private static IReadOnlyList<Report> Run(Session session) => [HostReport.Create(session)];

    private static IReadOnlyList<Report> Size(Session session) => [SizeReport.Create(session)];

    private static Option<FileInfo?> CreateMarkdown()
    {
        var option = new Option<FileInfo?>("--markdown")
        {
            Description = $"Write the tables into a page, between lines such as {MarkdownSection.Begin(HostReport.Section)} and {MarkdownSection.End(HostReport.Section)}.",
            HelpName = "FILE",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<FileInfo?>() is { } file)
            {
                string?[] complaints =
                [
                    SafeFile.Complaint(file), .. new[] { HostReport.Section, SizeReport.Section }.Select(section => MarkdownSection.Complaint(file, section)),
                ];
                if (complaints.FirstOrDefault(complaint => complaint is not null) is { } first)
                {
                    result.AddError($"--markdown: {first}");
                }
            }
        });
        return option;
    }
}

/// <summary>What the parts of a command share.</summary>
internal sealed class Session(Workspace workspace, IAnsiConsole console)
{
    public Workspace Workspace => workspace;

    public IAnsiConsole Console => console;

    public Checklist Checks { get; } = new(console);

    /// <summary>The packages, packed now.</summary>
    public Feed Feed { get; } = new(workspace);
}

/// <summary>A table and the part of a page that it belongs to.</summary>
internal sealed record Report(string Section, ReportTable Table, string Command, string Notes = "")
{
    public string ToMarkdown() => $"`{Command}`\n\n{Table.ToMarkdown()}{(Notes.Length > 0 ? $"\n{Notes}\n" : "")}";
}
