using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Benchmarks.Reporting;
using Spectre.Console;

namespace NetGen.Benchmarks.Training;

/// <summary>What to train.</summary>
/// <param name="Networks">The names of the networks.</param>
/// <param name="Batches">Sizes of the batch.</param>
/// <param name="Rounds">Rounds of each network and batch.</param>
/// <param name="PyTorch">PyTorch, if it takes part.</param>
internal sealed record TrainingOptions(IReadOnlyList<string> Networks, IReadOnlyList<int> Batches, int Rounds, PyTorch? PyTorch)
{
    /// <summary>All sizes of the batch.</summary>
    public static IReadOnlyList<int> AllBatches { get; } = [1, 32, 256];

    /// <summary>Trains, and shows the tables and who was wrong.</summary>
    public IReadOnlyList<TrainingCell> Run(IAnsiConsole console)
    {
        var comparison = new TrainingComparison(Rounds, PyTorch);
        List<TrainingCell> cells = Networks
            .Select(TrainingSubject.Create)
            .SelectMany(subject => Terminal.Run($"training {subject.Name}", report => comparison.Run(subject, Batches, report)))
            .ToList();
        foreach (ReportTable table in Tables(cells))
        {
            table.Show(console);
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

    /// <summary>The tables for a page.</summary>
    public string ToMarkdown(IReadOnlyList<TrainingCell> cells) => string.Concat(Tables(cells).Select(table => table.ToMarkdown()));

    private IEnumerable<ReportTable> Tables(IReadOnlyList<TrainingCell> cells) =>
        Batches.SelectMany(batch => new[] { TrainingTables.Rates(batch, cells), TrainingTables.Ratios(batch, cells) });
}
