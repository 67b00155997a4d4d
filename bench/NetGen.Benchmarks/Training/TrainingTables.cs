using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Reporting;

namespace NetGen.Benchmarks.Training;

/// <summary>The tables of the comparison of trainings.</summary>
internal static class TrainingTables
{
    /// <summary>One size of the batch, all networks: how fast each contestant is.</summary>
    public static ReportTable Rates(int batch, IReadOnlyList<TrainingCell> cells) => new(
        $"batch {batch}, epochs a second: fastest round / median",
        1,
        ["network", "samples", .. TrainingComparison.Names],
        Rows(batch, cells, (subject, group) =>
        [
            subject.Count.ToString(CultureInfo.InvariantCulture),
            .. TrainingComparison.Names.Select(name => Rate(Find(group, name))),
        ]));

    /// <summary>One size of the batch, all networks: how many times faster the fastest round of one is than that of another.</summary>
    public static ReportTable Ratios(int batch, IReadOnlyList<TrainingCell> cells) => new(
        $"batch {batch}, times faster: fastest round / median",
        1,
        ["network", "Strict than PyTorch", "Fused than PyTorch", "Strict than naive C#", "2 threads than 1", "largest error"],
        Rows(batch, cells, (_, group) =>
        {
            TrainingCell? strict = Find(group, Roster.Strict);

            // Whichever of its two forms is faster.
            TrainingCell? pyTorch = new[] { Find(group, TrainingComparison.Eager), Find(group, TrainingComparison.Scripted) }
                .Where(cell => cell?.Minimum is not null)
                .MinBy(cell => cell!.Minimum);
            return
            [
                Ratio(pyTorch, strict),
                Ratio(pyTorch, Find(group, Roster.Fused)),
                Ratio(Find(group, Roster.Naive), strict),
                Ratio(strict, Find(group, TrainingComparison.TwoThreads)),
                group.Max(cell => cell.Error).ToString("0.0e+0", CultureInfo.InvariantCulture),
            ];
        }));

    private static IReadOnlyList<IReadOnlyList<string>> Rows(
        int batch, IReadOnlyList<TrainingCell> cells, Func<TrainingSubject, IReadOnlyList<TrainingCell>, string[]> row) => cells
            .Where(cell => cell.Batch == batch)
            .GroupBy(cell => cell.Subject)
            .Select(group => (IReadOnlyList<string>)[$"{group.Key.Name} {string.Join('-', group.Key.Topology.Sizes)}", .. row(group.Key, group.ToList())])
            .ToList();

    private static TrainingCell? Find(IReadOnlyList<TrainingCell> cells, string name) => cells.FirstOrDefault(cell => cell.Contestant == name);

    private static string Rate(TrainingCell? cell) => cell switch
    {
        null => ReportTable.None,
        { IsWrong: true } => "wrong",
        _ => $"{ReportTable.Number(cell.EpochsPerSecond)} / {ReportTable.Number(1e9 / cell.Median)}",
    };

    private static string Ratio(TrainingCell? slower, TrainingCell? faster) =>
        $"{ReportTable.Times(slower?.Minimum / faster?.Minimum)} / {ReportTable.Times(slower?.Median / faster?.Median)}";
}
