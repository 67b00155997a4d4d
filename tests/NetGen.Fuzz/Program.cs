using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using NetGen.Fuzz.Checks;
using NetGen.Fuzz.Damaged;
using NetGen.Fuzz.Sources;

namespace NetGen.Fuzz;

/// <summary>The command line.</summary>
internal static class Program
{
    private const int Clean = 0;
    private const int Found = 1;

    private static int Main(string[] args)
    {
        Option<int> count = Integer("--count", "How many cases.", 1000, least: 1);
        Option<int> seed = Integer("--seed", "Makes the cases; the same seed makes the same.", 1, least: int.MinValue);
        Option<int> from = Integer("--from", "Number of the first case, to continue a run.", 0, least: 0);
        var one = new Option<int?>("--case") { Description = "Show this case alone: its source and what is wrong with it.", HelpName = "N" };
        var root = new RootCommand("Declares random networks, right and wrong, compiles and runs them, and says where NetGen does not do what it should.");
        root.Add(count);
        root.Add(seed);
        root.Add(from);
        root.Add(one);
        root.SetAction(result => result.GetValue(one) is { } number
            ? Show(result.GetValue(seed), number)
            : Run(result.GetValue(seed), result.GetValue(from), result.GetValue(count)));
        var models = new Command("models", "Damages the model files of the folder data and reads them.") { count, seed, from };
        models.SetAction(result => ModelsCommand.Run(result.GetValue(seed), result.GetValue(from), result.GetValue(count)) == 0 ? Clean : Found);
        root.Add(models);
        var tensors = new Command("tensors", "Loads files of safetensors, right and changed, into random networks.") { count, seed, from };
        tensors.SetAction(result => FileCommand.Run(new RandomTensors(result.GetValue(seed), TimeSpan.FromSeconds(1)), "files of tensors loaded", result.GetValue(seed), result.GetValue(from), result.GetValue(count)) == 0 ? Clean : Found);
        root.Add(tensors);
        return root.Parse(args).Invoke();
    }

    private static int Run(int seed, int from, int count)
    {
        Tally tally = Terminal.Run(seed, from, from + count);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{tally.Right} right files with {tally.Networks} networks, {tally.Wrong} wrong files, {tally.Damaged} damaged files: {tally.Findings.Count} findings{(tally.Faults.Count > 0 ? $", {tally.Faults.Count} at which the compiler throws" : "")} (seed {seed}, cases {from} to {from + count - 1})"));
        return tally.Findings.Count == 0 ? Clean : Found;
    }

    private static int Show(int seed, int number)
    {
        Setting setting = Fuzzer.SettingOf(seed, number);
        FuzzCase one = FuzzCase.Create(seed, number, setting.Language);
        Verdict verdict = CaseCheck.Alone(one, setting);
        IReadOnlyList<string> problems = verdict.Problems;
        Console.WriteLine($"// Case {number} of seed {seed}: {one.Kind.ToString().ToLowerInvariant()}{(one.Mistake.Length > 0 ? $" ({one.Mistake})" : "")}, {setting}\n{one.Source}");
        if (setting.Globals.Length > 0)
        {
            Console.WriteLine($"// Another file:\n{setting.Globals}");
        }

        foreach (string problem in problems)
        {
            Console.WriteLine($"// ! {Comment(problem)}");
        }

        Console.WriteLine(
            verdict.CompilerFault is { } fault ? $"// The compiler throws at the user's part alone: {Comment(fault)}"
            : problems.Count == 0 ? "// Nothing is wrong."
            : $"// {problems.Count} problems.");
        return problems.Count == 0 ? Clean : Found;
    }

    /// <summary>The further lines of a text that begins in a comment.</summary>
    private static string Comment(string text) => text.Replace("\n", "\n//   ", StringComparison.Ordinal);

    private static Option<int> Integer(string name, string description, int value, int least)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least)
            {
                result.AddError($"{name} must be at least {least}.");
            }
        });
        return option;
    }
}
