using System.Collections.Generic;
using System.Linq;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Reporting;

namespace NetGen.Benchmarks.Training;

/// <summary>Trainings as data.</summary>
internal static class TrainingFiles
{
    public static IEnumerable<CellRow> Rows(IReadOnlyList<TrainingCell> cells) => cells.Select(cell => new CellRow(
        cell.Subject.Name,
        $"epoch{cell.Batch}",
        cell.Batch,
        cell.Contestant,
        cell.Group.ToString(),
        CellRow.StatusOf(cell.Error, cell.IsWrong),
        CellRow.Finite(cell.Error),
        cell.Minimum / cell.Subject.Count,
        cell.Median / cell.Subject.Count,
        cell.Rounds,
        LimitNanoseconds: null,
        OfLimit: null,
        cells.FirstOrDefault(other => other.Group == Group.Naive && other.Subject == cell.Subject && other.Batch == cell.Batch)?.Minimum / cell.Minimum,
        OfBestNative: null,
        cell.EpochsPerSecond));

    /// <summary>What was trained.</summary>
    public static IEnumerable<object> Networks(IReadOnlyList<TrainingCell> cells) => cells.Select(cell => cell.Subject).Distinct().Select(subject => new
    {
        subject.Name,
        subject.Topology.Description,
        subject.Topology.ParameterCount,
        Samples = subject.Count,
    });

    /// <summary>What is written as JSON.</summary>
    public static object Json(IReadOnlyList<(string Name, string Value)> header, IReadOnlyList<TrainingCell> cells) => new
    {
        Header = header.ToDictionary(line => line.Name, line => line.Value),
        Trainings = Networks(cells),
        Cells = Rows(cells),
    };
}
