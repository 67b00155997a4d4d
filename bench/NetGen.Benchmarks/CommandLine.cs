using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks;

/// <summary>Options that more than one command has, with their checks.</summary>
internal static class CommandLine
{
    /// <summary>An option whose value is a list of known names with commas between them; all of them by default.</summary>
    public static Option<IReadOnlyList<T>> Names<T>(string name, string description, IReadOnlyList<T> all, Func<T, string> nameOf) => new(name)
    {
        Description = $"{description}, with commas between them: {string.Join(", ", all.Select(nameOf))}. All by default.",
        HelpName = "NAMES",
        DefaultValueFactory = _ => all,
        CustomParser = result =>
        {
            string[] given = Split(result);
            string[] unknown = given.Except(all.Select(nameOf)).ToArray();
            if (unknown.Length > 0 || given.Length == 0)
            {
                result.AddError($"{(unknown.Length > 0 ? $"Unknown in {name}: {string.Join(", ", unknown)}" : $"{name} names nothing")}. "
                    + $"Known: {string.Join(", ", all.Select(nameOf))}.");
            }

            return all.Where(item => given.Contains(nameOf(item))).ToList();
        },
    };

    /// <summary>The networks of a command that measures chains alone.</summary>
    public static Option<IReadOnlyList<Subject>> Nets() => Names("--nets", "The networks", Subject.All, subject => subject.Name);

    /// <summary>The networks of a command that measures graphs and models too.</summary>
    public static Option<IReadOnlyList<MeasuredNetwork>> AllNets() => Names("--nets", "The networks", MeasuredNetwork.Every, subject => subject.Name);

    /// <summary>A number that is at least 1.</summary>
    public static Option<int> Count(string name, string description, int standard) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => standard,
        CustomParser = result => Number(result, name, 1, int.MaxValue) ?? standard,
    };

    /// <summary>A file that will be written at the end; found out now whether it can be.</summary>
    public static Option<FileInfo?> OutputFile(string name, string description)
    {
        var option = new Option<FileInfo?>(name) { Description = description, HelpName = "FILE" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<FileInfo?>() is { } file && Reporting.SafeFile.Complaint(file) is { } complaint)
            {
                result.AddError($"{name}: {complaint}");
            }
        });
        return option;
    }

    /// <summary>A page of documentation with a place for the tables of a command.</summary>
    public static Option<FileInfo?> MarkdownPage(string section)
    {
        Option<FileInfo?> option = OutputFile(
            "--markdown", $"Write the tables into a page, between its lines {Reporting.MarkdownSection.Begin(section)} and {Reporting.MarkdownSection.End(section)}.");
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<FileInfo?>() is { } file && Reporting.MarkdownSection.Complaint(file, section) is { } complaint)
            {
                result.AddError($"--markdown: {complaint}");
            }
        });
        return option;
    }

    /// <summary>Why nothing that this build measures would mean anything, or null.</summary>
    public static string? DebugComplaint() =>
        // This program is always optimised, the libraries that it uses are not.
        typeof(ParameterBuffer<>).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true }
            ? "This is a debug build, whose times mean nothing. Run it with -c Release."
            : null;

    /// <summary>The core to measure on.</summary>
    public static Option<int?> Core()
    {
        var option = new Option<int?>("--core")
        {
            Description = "Measure on this core only, counted from 0; otherwise the system decides. Linux and Windows.",
            HelpName = "N",
            CustomParser = result => Number(result, "--core", 0, Environment.ProcessorCount - 1),
        };
        option.Validators.Add(result =>
        {
            if (!PinnedCore.IsSupported)
            {
                result.AddError("--core works on Linux and Windows only.");
            }
        });
        return option;
    }

    public static string[] Split(ArgumentResult result) =>
        result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToArray();

    private static int? Number(ArgumentResult result, string name, int least, int most)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError($"{name} must be a whole number {(most == int.MaxValue ? $"from {least} on" : $"from {least} to {most}")}, given '{text}'.");
        return null;
    }
}
