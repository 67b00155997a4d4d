using System.Collections.Generic;
using System.IO;
using System.Linq;
using Spectre.Console;

namespace NetGen.Sample.Iris;

/// <summary>The command that trains <see cref="IrisNet"/> and tells how it went.</summary>
internal static class IrisReport
{
    private const int CurveWidth = 64;
    private const int CurveHeight = 10;

    /// <returns>The exit code.</returns>
    public static int Run(IAnsiConsole console)
    {
        IrisData data = IrisData.Load();
        int[] rows = [.. Enumerable.Range(0, data.Count)];
        WriteHeader(console, data);

        var training = new IrisTraining(data, rows, IrisTraining.Seed);
        new TrainingDisplay(console, training, rows).Run();
        int correct = training.CountCorrect(rows);

        WriteAccuracy(console, data, correct);
        WriteConfusion(console, data, training);
        foreach (string line in LearningCurve.Draw(training.Losses, "mean loss of an epoch", CurveWidth, CurveHeight))
        {
            console.WriteLine(line);
        }

        console.WriteLine();
        WriteCosts(console, data, training);
        console.WriteLine($"iris: {correct}/{data.Count} correct");
        return 0;
    }

    private static void WriteHeader(IAnsiConsole console, IrisData data)
    {
        foreach (string line in Declaration())
        {
            console.WriteLine("  " + line, new Style(Color.Blue));
        }

        console.WriteLine();
        console.WriteLine($"{IrisNet.ParameterCount} parameters, {data.Count} flowers; one update per flower, learning rate {IrisTraining.LearningRate}.");
        foreach (string line in IrisData.Citation)
        {
            console.WriteLine(line, new Style(Color.Grey));
        }

        console.WriteLine();
    }

    /// <summary>The lines that declare the network, from the source file that the program was built with.</summary>
    private static IEnumerable<string> Declaration()
    {
        using var source = new StreamReader(Resource.Open("IrisNet.cs"));
        return source.ReadToEnd().Split('\n').SkipWhile(line => !line.StartsWith('[')).Where(line => line.Length > 0).ToList();
    }

    private static void WriteAccuracy(IAnsiConsole console, IrisData data, int correct)
    {
        int unseen = IrisTraining.CrossValidate(data);
        console.WriteLine();
        console.WriteLine($"{Share(correct, data.Count)} correct after {IrisTraining.Epochs} epochs, on the flowers it was trained on.");
        console.WriteLine($"{Share(unseen, data.Count)} correct on flowers unseen in training ({IrisTraining.Folds}-fold cross-validation).");
        console.WriteLine();
    }

    private static void WriteConfusion(IAnsiConsole console, IrisData data, IrisTraining training)
    {
        int[,] counts = new int[IrisData.Species.Length, IrisData.Species.Length];
        for (int row = 0; row < data.Count; row++)
        {
            counts[data.Labels[row], training.Predict(row)]++;
        }

        Table table = new Table().Border(TableBorder.Rounded).AddColumn("species ╲ predicted");
        foreach (string species in IrisData.Species)
        {
            table.AddColumn(new TableColumn(species).RightAligned());
        }

        for (int actual = 0; actual < IrisData.Species.Length; actual++)
        {
            var cells = Enumerable.Range(0, IrisData.Species.Length).Select(predicted =>
            {
                int count = counts[actual, predicted];
                Color color = actual == predicted ? Color.Green : count > 0 ? Color.Red : Color.Grey;
                return new Text(count.ToString(), new Style(color));
            });
            table.AddRow(cells.Prepend(new Text(IrisData.Species[actual])));
        }

        console.Write(table);
        console.WriteLine();
    }

    private static void WriteCosts(IAnsiConsole console, IrisData data, IrisTraining training)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumn("one call, one flower");
        table.AddColumn(new TableColumn("ns, fastest").RightAligned());
        table.AddColumn(new TableColumn("ns, median").RightAligned());
        table.AddColumn(new TableColumn("bytes allocated").RightAligned());
        foreach (CallCost cost in CallCost.Measure(training.Network, training.Features, data.Labels))
        {
            table.AddRow(
                new Text(cost.Name),
                new Text($"{cost.MinimumNanoseconds:0.0}"),
                new Text($"{cost.MedianNanoseconds:0.0}"),
                new Text($"{cost.Bytes:0.##}"));
        }

        console.Write(table);
        console.WriteLine($"  {CallCost.Rounds} rounds after warm-up, on one thread of this machine.", new Style(Color.Grey));
        console.WriteLine();
    }

    private static string Share(int correct, int count) => $"{correct}/{count} = {(double)correct / count:0.0%}";
}
