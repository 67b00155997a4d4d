using System.Collections.Generic;
using System.Linq;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Reporting;
using NetGen.Benchmarks.Training;

namespace NetGen.Benchmarks.Comparing;

/// <summary>The comparison as data.</summary>
internal static class CompareFiles
{
    public static IEnumerable<CellRow> Rows(NetworkResult result) => result.Cells.Select(cell => new CellRow(
        cell.Network,
        cell.Task.Name,
        cell.Task.Batch,
        cell.Contestant,
        cell.Group.ToString(),
        CellRow.StatusOf(cell.Error, cell.IsWrong),
        CellRow.Finite(cell.Error),
        cell.Minimum,
        cell.Median,
        cell.Rounds,
        result.Limits.Nanoseconds(cell.Task),
        result.ToLimit(cell),
        result.NaiveTo(cell),
        result.ToBestNative(cell),
        EpochsPerSecond: null));

    /// <summary>What is written as JSON.</summary>
    /// <param name="header">Where, when and how it was measured.</param>
    /// <param name="machine">The limits of the machine.</param>
    /// <param name="results">The tasks.</param>
    /// <param name="trainings">The trainings, if there were any.</param>
    public static object Json(
        IReadOnlyList<(string Name, string Value)> header, MachineLimits machine, IReadOnlyList<NetworkResult> results, IReadOnlyList<TrainingCell> trainings) => new
        {
            Header = header.ToDictionary(line => line.Name, line => line.Value),
            machine.WidestBits,
            WidestMultiplyAddsPerNanosecond = machine.WidestPeak,
            MultiplyAddsPerNanosecond256 = machine.Peak256,
            RootsPerNanosecond = machine.Roots,
            Networks = results.Select(result => new
            {
                result.Shape.Name,
                result.Shape.Description,
                result.Shape.ParameterCount,
                result.Limits.WeightBytes,
                ReadBytesPerNanosecond = result.Limits.Bandwidth,
            }),
            Trainings = TrainingFiles.Networks(trainings),
            Cells = results.SelectMany(Rows).Concat(TrainingFiles.Rows(trainings)),
        };
}
