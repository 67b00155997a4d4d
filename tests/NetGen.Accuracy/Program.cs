using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using NetGen.TestKit;

namespace NetGen.Accuracy;

/// <summary>The command line.</summary>
internal static class Program
{
    private const string Command = "dotnet run -c Release --project tests/NetGen.Accuracy";

    private static int Main(string[] args)
    {
        var step = new Option<long>("--step")
        {
            Description = "Measure every N-th input only, for a quick look; a prime, such as 997, meets all kinds of fractions.",
            DefaultValueFactory = _ => 1,
            HelpName = "N",
        };
        step.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long>() < 1)
            {
                result.AddError("The step must be at least 1.");
            }
        });
        var function = new Option<string?>("--function") { Description = "Measure one function only, such as Exp.", HelpName = "NAME" };
        function.AcceptOnlyFromAmong(LibraryFunctions.Names);
        var output = new Option<FileInfo?>("--output") { Description = "Write the page to a file, such as docs/numerics-accuracy.md.", HelpName = "FILE" };
        var root = new RootCommand("Measures the errors of the elementary functions that networks contain, on every float and on a sample of doubles.");
        root.Add(step);
        root.Add(function);
        root.Add(output);
        root.SetAction(result => Run(result.GetValue(step), result.GetValue(function), result.GetValue(output), args));
        var cost = new Command("cost", "Times networks with strict and with fused arithmetic in turn.");
        cost.SetAction(_ => Console.Write(Cost.Measure()));
        root.Add(cost);
        var means = new Command("means", "Measures the error of the mean loss and gradient of a batch, by the number of samples.");
        means.SetAction(_ => Console.Write(Means.Measure()));
        root.Add(means);
        var subnormal = new Command("subnormal", "Times networks with small numbers and with ordinary ones in turn.");
        subnormal.SetAction(_ => Console.Write(Subnormal.Measure()));
        root.Add(subnormal);
        return root.Parse(args).Invoke();
    }

    private static void Run(long step, string? function, FileInfo? output, string[] args)
    {
        string command = args.Length == 0 ? Command : $"{Command} -- {string.Join(' ', args)}";
        string page = Report.Write(Terminal.Run(Row.All(step).Where(row => function is null || row.Function == function).ToList()), step, command);
        if (output is null)
        {
            Console.Write(page);
        }
        else
        {
            File.WriteAllText(output.FullName, page);
        }
    }
}
