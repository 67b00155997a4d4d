using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Reporting;

namespace NetGen.Benchmarks.Comparing;

/// <summary>The tables of the comparison.</summary>
internal static class CompareTables
{
    /// <summary>What a graph may take is its chain's time, times this for what comes between layers, and its work beside products.</summary>
    private const double Allowance = 1.05;

    /// <summary>Every cell of a network.</summary>
    public static ReportTable Full(NetworkResult result)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (BenchTask task in result.Cells.Select(cell => cell.Task).Distinct())
        {
            if (rows.Count > 0)
            {
                rows.Add([]);
            }

            rows.Add([task.Title, "limit", ReportTable.Number(result.Limits.Nanoseconds(task)), "", "", "", "", ""]);
            rows.AddRange(result.Of(task).Select(cell => Row(result, cell)));
        }

        return new ReportTable(
            $"{result.Shape.Name}: {result.Shape.Description}, {result.Shape.ParameterCount} parameters",
            2,
            ["task", "contestant", "ns a sample", "median", "of the limit", "faster than naive", "of the best native", "error"],
            rows);
    }

    /// <summary>What the machine can do, with what that means for each network.</summary>
    public static ReportTable Limits(IReadOnlyList<NetworkLimits> limits) => new(
        "Limits of one core",
        1,
        ["network", "weights, bytes", "reading them, bytes/ns", "multiply-adds/ns, widest vector", "multiply-adds/ns, 256 bits", "roots and divisions/ns"],
        limits.Select(limit => (IReadOnlyList<string>)
        [
            limit.Shape.Name,
            limit.WeightBytes.ToString(CultureInfo.InvariantCulture),
            ReportTable.Number(limit.Bandwidth),
            $"{ReportTable.Number(limit.Machine.WidestPeak)} ({limit.Machine.WidestBits} bits)",
            ReportTable.Number(limit.Machine.Peak256 > 0 ? limit.Machine.Peak256 : null),
            ReportTable.Number(limit.Machine.Roots),
        ]).ToList());

    /// <summary>What a native call that computes nothing takes, or nothing if no plug-in offers one.</summary>
    public static string EmptyCalls(IReadOnlyList<NetworkResult> results)
    {
        IEnumerable<string> times = results.SelectMany(result => result.Cells)
            .Where(cell => cell is { Group: Group.Empty, Minimum: not null })
            .GroupBy(cell => cell.Task)
            .Select(cells => $"{ReportTable.Number(cells.Min(cell => cell.Minimum))} ns ({cells.Key.Title})");
        string list = string.Join(", ", times);
        return list.Length > 0 ? $"A native call that computes nothing takes {list}; it is contained in the times of native code." : "";
    }

    /// <summary>One task, all networks: the short form for a page.</summary>
    public static ReportTable Summary(BenchTask task, IReadOnlyList<NetworkResult> results) => new(
        $"{task.Title}, ns a sample: fastest round / median",
        1,
        [
            "network", "limit", .. Roster.Regular, "best native", "Fused of best native", "Strict of best native", "Fused faster than naive",
            "Strict faster than naive", "limit / Fused", "limit / Strict",
        ],
        results.Select(result => SummaryRow(task, result)).ToList());

    /// <summary>Graphs: one row for each task of each, beside a chain with the same products.</summary>
    public static ReportTable Graphs(IReadOnlyList<BenchTask> tasks, IReadOnlyList<NetworkResult> results) => new(
        "Graphs, ns a sample: fastest round / median",
        2,
        [
            "network", "task", "limit", "extra", Roster.Strict, Roster.StrictChain, "Strict of its chain", "aim", Roster.Fused, Roster.FusedChain, "Fused of its chain", "aim", Roster.Naive, "best native",
            "Fused of best native", "Fused faster than naive",
        ],
        results.SelectMany(result => tasks, GraphRow).ToList());

    /// <summary>What the planner chose beside the same network with every product unrolled, where both take part.</summary>
    public static ReportTable Unrolling(IReadOnlyList<BenchTask> tasks, IReadOnlyList<NetworkResult> results) => new(
        "The planner's choice and every product unrolled, both strict, ns a sample: fastest round / median",
        2,
        ["network", "task", "Unroll.Auto", "Unroll.Full", "Full takes"],
        results
            .SelectMany(result => tasks, (result, task) => (result, task, Unrolled: result.Find(task, Roster.Unrolled), Planned: result.Find(task, Roster.Strict)))
            .Where(row => row is { Unrolled: not null, Planned: not null })
            .Select(row => (IReadOnlyList<string>)
            [
                row.result.Shape.Name, row.task.Title, Pair(row.Planned), Pair(row.Unrolled), ReportTable.Times(row.Unrolled!.Minimum / row.Planned!.Minimum),
            ])
            .ToList());

    /// <summary>The classes of model files beside ONNX Runtime.</summary>
    public static ReportTable Models(IReadOnlyList<BenchTask> tasks, IReadOnlyList<NetworkResult> results) => new(
        "Model files, ns a sample: fastest round / median",
        2,
        ["network", "task", "limit", Roster.Strict, Roster.Fused, Roster.OnnxRuntime, "Strict faster than ONNX Runtime", "Fused faster than ONNX Runtime"],
        tasks.Where(task => task.IsForward).SelectMany(_ => results, (task, result) => ModelRow(result, task)).ToList());

    private static IReadOnlyList<string> ModelRow(NetworkResult result, BenchTask task)
    {
        Cell? strict = result.Find(task, Roster.Strict);
        Cell? fused = result.Find(task, Roster.Fused);
        Cell? runtime = result.Find(task, Roster.OnnxRuntime);
        return
        [
            result.Shape.Name, task.Title, ReportTable.Number(result.Limits.Nanoseconds(task)), Pair(strict), Pair(fused), Pair(runtime),
            ReportTable.Times(runtime?.Minimum / strict?.Minimum), ReportTable.Times(runtime?.Minimum / fused?.Minimum),
        ];
    }

    private static IReadOnlyList<string> SummaryRow(BenchTask task, NetworkResult result)
    {
        Cell? fused = result.Find(task, Roster.Fused);
        Cell? strict = result.Find(task, Roster.Strict);
        Cell? native = result.BestNative(task);
        return
        [
            result.Shape.Name,
            ReportTable.Number(result.Limits.Nanoseconds(task)),
            .. Roster.Regular.Select(name => Pair(result.Find(task, name))),
            native is null ? ReportTable.None : $"{Pair(native)} {native.Contestant}",
            ReportTable.Times(fused is null ? null : result.ToBestNative(fused)),
            ReportTable.Times(strict is null ? null : result.ToBestNative(strict)),
            ReportTable.Times(fused is null ? null : result.NaiveTo(fused)),
            ReportTable.Times(strict is null ? null : result.NaiveTo(strict)),
            OfLimit(result, fused),
            OfLimit(result, strict),
        ];
    }

    private static IReadOnlyList<string> GraphRow(NetworkResult result, BenchTask task)
    {
        Cell? strict = result.Find(task, Roster.Strict);
        Cell? fused = result.Find(task, Roster.Fused);
        Cell? strictChain = result.Find(task, Roster.StrictChain);
        Cell? fusedChain = result.Find(task, Roster.FusedChain);
        double extra = result.Limits.Extra(task);
        Cell? native = result.BestNative(task);
        return
        [
            result.Shape.Name,
            task.Title,
            ReportTable.Number(result.Limits.Nanoseconds(task)),
            ReportTable.Number(extra),
            Pair(strict),
            Pair(strictChain),
            ReportTable.Times(strict?.Minimum / strictChain?.Minimum),
            Aim(strict, strictChain, extra),
            Pair(fused),
            Pair(fusedChain),
            ReportTable.Times(fused?.Minimum / fusedChain?.Minimum),
            Aim(fused, fusedChain, extra),
            Pair(result.Find(task, Roster.Naive)),
            native is null ? ReportTable.None : $"{Pair(native)} {native.Contestant}",
            ReportTable.Times(fused is null ? null : result.ToBestNative(fused)),
            ReportTable.Times(fused is null ? null : result.NaiveTo(fused)),
        ];
    }

    /// <summary>The time that a graph may take, and whether it takes no more.</summary>
    private static string Aim(Cell? graph, Cell? chain, double extra) =>
        (Allowance * chain?.Minimum) + extra is { } aim && graph?.Minimum is { } time ? $"{ReportTable.Number(aim)} {(time <= aim ? "met" : "missed")}" : ReportTable.None;

    private static string OfLimit(NetworkResult result, Cell? cell) =>
        cell is null || result.ToLimit(cell) is not { } ratio ? ReportTable.None : Percent(1 / ratio);

    private static IReadOnlyList<string> Row(NetworkResult result, Cell cell) =>
    [
        "",
        cell.Contestant,
        cell.IsWrong ? "wrong" : ReportTable.Number(cell.Minimum),
        ReportTable.Number(cell.Median),
        ReportTable.Times(result.ToLimit(cell)),
        ReportTable.Times(result.NaiveTo(cell)),
        ReportTable.Times(result.ToBestNative(cell)),
        cell.Error is { } error ? error.ToString("0.0e+0", CultureInfo.InvariantCulture) : ReportTable.None,
    ];

    private static string Pair(Cell? cell) =>
        cell is null ? ReportTable.None : cell.IsWrong ? "wrong" : $"{ReportTable.Number(cell.Minimum)} / {ReportTable.Number(cell.Median)}";

    private static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";
}
