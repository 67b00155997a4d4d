using System.Collections.Generic;
using System.Linq;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Comparing;

/// <summary>All cells of a network, with what they are compared to.</summary>
internal sealed record NetworkResult(NetworkShape Shape, NetworkLimits Limits, IReadOnlyList<Cell> Cells)
{
    /// <summary>Whether it is a graph.</summary>
    public bool IsGraph => Shape is GraphShape;

    /// <summary>Whether it is that of a model file.</summary>
    public bool IsModel => Shape is ModelShape;

    /// <summary>The cells of a task, fastest first, wrong ones last.</summary>
    public IReadOnlyList<Cell> Of(BenchTask task) =>
        Cells.Where(cell => cell.Task == task).OrderBy(cell => cell.Minimum ?? double.PositiveInfinity).ToList();

    /// <summary>The cell of one contestant, if it takes part.</summary>
    public Cell? Find(BenchTask task, string contestant) => Cells.FirstOrDefault(cell => cell.Task == task && cell.Contestant == contestant);

    /// <summary>The fastest right native plug-in.</summary>
    public Cell? BestNative(BenchTask task) => Of(task).FirstOrDefault(cell => cell is { Group: Group.Native, Minimum: not null });

    /// <summary>How many times the limit a cell takes.</summary>
    public double? ToLimit(Cell cell) => Time(cell) / Limits.Nanoseconds(cell.Task);

    /// <summary>How many times faster than naive C# a cell is.</summary>
    public double? NaiveTo(Cell cell) => Cells.FirstOrDefault(other => other.Task == cell.Task && other.Group == Group.Naive)?.Minimum / Time(cell);

    /// <summary>How many times as long as the best native plug-in a cell takes.</summary>
    public double? ToBestNative(Cell cell) => Time(cell) / BestNative(cell.Task)?.Minimum;

    // A call that computes nothing is compared with nothing.
    private static double? Time(Cell cell) => cell.Group == Group.Empty ? null : cell.Minimum;
}
