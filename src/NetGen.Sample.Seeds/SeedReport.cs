using System.Collections.Generic;
using System.Linq;
using Spectre.Console;

namespace NetGen.Sample.Seeds;

/// <summary>The command that compares the generated networks with the reference values of the seeds.</summary>
internal static class SeedReport
{
    private static readonly (string Name, string Text)[] Seeds =
    [
        ("S0", "tanh and softmax, cross-entropy"),
        ("S1", "sigmoids, half squared error, gradient descent on the batch"),
        ("S2", "sigmoids, binary cross-entropy"),
        ("S3", "sigmoids, half squared error, one update per sample"),
        ("S4", "three and four layers of all activations"),
    ];

    /// <returns>The exit code: 1 when a comparison failed.</returns>
    public static int Run(IAnsiConsole console)
    {
        WriteLegend(console);
        var failures = new List<string>();
        int cases = 0;
        int agreeing = 0;
        foreach ((string name, string text) in Seeds)
        {
            console.WriteLine();
            console.WriteLine($"{name}: {text}", new Style(Color.Blue));
            Table table = new Table().Border(TableBorder.Simple).AddColumn(Column("network and comparison"));
            table.AddColumn(Column("double").RightAligned());
            table.AddColumn(Column("float").RightAligned());
            foreach (SeedCase seedCase in SeedCase.Load(name))
            {
                int before = failures.Count;
                AddCase(table, seedCase, failures);
                cases++;
                agreeing += failures.Count == before ? 1 : 0;
            }

            console.Write(table);
        }

        foreach (string failure in failures)
        {
            console.WriteLine(failure, new Style(Color.Red));
        }

        console.WriteLine($"seeds: {agreeing}/{cases} cases agree");
        return failures.Count == 0 ? 0 : 1;
    }

    private static void WriteLegend(IAnsiConsole console)
    {
        console.WriteLine("Generated networks against PyTorch and NumPy in double precision. Errors are");
        console.WriteLine("relative to the largest value of the tensor, and the largest one is shown.");
        console.WriteLine("Allowed in double: 1e-12 for one pass, 1e-9 after training; in float: 2e-5, 1e-4");
        console.WriteLine("or 8 and 10 times the error of another float implementation if that is more.");
        console.WriteLine("θ: parameters, m: samples, dL/dθ: of the mean loss, dL/dx: without 1/m.");
        console.WriteLine("≠ marks results of a text's faulty code: there the number is the distance.");
    }

    private static void AddCase(Table table, SeedCase seedCase, List<string> failures)
    {
        SeedNetwork network = SeedNetworks.Find(seedCase.Seed, seedCase.Shape);
        IReadOnlyList<Finding> inDouble = SeedCheck<double>.Run(seedCase, network.CreateDouble());
        IReadOnlyList<Finding> inSingle = SeedCheck<float>.Run(seedCase, network.CreateSingle());
        table.AddRow(new Text(seedCase.Title, new Style(decoration: Decoration.Bold)));
        foreach ((Finding wide, Finding narrow) in inDouble.Zip(inSingle))
        {
            table.AddRow(new Text((wide.IsFaulty ? "  ≠ " : "    ") + wide.What), Cell(wide), Cell(narrow));
            AddFailure(failures, seedCase, "double", wide);
            AddFailure(failures, seedCase, "float", narrow);
        }
    }

    /// <summary>A column that leaves the longest network room on 80 characters.</summary>
    private static TableColumn Column(string name) => new TableColumn(name).NoWrap().PadLeft(0).PadRight(1);

    private static Text Cell(Finding finding) => new(finding.Shown, new Style(finding.Passed ? Color.Green : Color.Red));

    private static void AddFailure(List<string> failures, SeedCase seedCase, string precision, Finding finding)
    {
        if (!finding.Passed)
        {
            string rule = finding.IsFaulty ? "must be above" : "may be at most";
            failures.Add($"FAILED in {precision}: {seedCase.Seed} {seedCase.Title}: {finding.What}: "
                + $"{finding.Error:0.0e+00}, {rule} {finding.Tolerance:0.0e+00}");
        }
    }
}
