using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Comparing;

/// <summary>The comparison as data.</summary>
internal static class CompareFiles
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,

        // Names such as "naive C#" stay readable; the file is no web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] Columns =
    [
        "network", "task", "batch", "contestant", "group", "status", "error", "min_ns", "median_ns", "rounds", "limit_ns", "of_limit", "faster_than_naive",
        "of_best_native",
    ];

    public static string ToCsv(IReadOnlyList<NetworkResult> results)
    {
        var text = new StringBuilder(string.Join(',', Columns)).Append('\n');
        foreach (Record record in results.SelectMany(Records))
        {
            string[] fields =
            [
                record.Network, record.Task, Text(record.Batch), record.Contestant, record.Group, record.Status, Text(record.Error), Text(record.MinimumNanoseconds),
                Text(record.MedianNanoseconds), Text(record.Rounds), Text(record.LimitNanoseconds), Text(record.OfLimit), Text(record.FasterThanNaive), Text(record.OfBestNative),
            ];
            text.AppendJoin(',', fields.Select(Quote)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads the fastest rounds of a file of comma-separated values again, which has no quoted names.</summary>
    public static Dictionary<(string Task, string Contestant), double> Minima(IReadOnlyList<string> lines)
    {
        int Column(string name) => Array.IndexOf(Columns, name);
        return lines.Skip(1).Select(line => line.Split(',')).ToDictionary(
            fields => (fields[Column("task")], fields[Column("contestant")]),
            fields => double.Parse(fields[Column("min_ns")], CultureInfo.InvariantCulture));
    }

    public static string ToJson(IReadOnlyList<(string Name, string Value)> header, MachineLimits machine, IReadOnlyList<NetworkResult> results) =>
        JsonSerializer.Serialize(
            new
            {
                Header = header.ToDictionary(line => line.Name, line => line.Value),
                machine.WidestBits,
                WidestMultiplyAddsPerNanosecond = machine.WidestPeak,
                MultiplyAddsPerNanosecond256 = machine.Peak256,
                RootsPerNanosecond = machine.Roots,
                Networks = results.Select(result => new
                {
                    result.Topology.Name,
                    result.Topology.Description,
                    result.Topology.ParameterCount,
                    result.Limits.WeightBytes,
                    ReadBytesPerNanosecond = result.Limits.Bandwidth,
                }),
                Cells = results.SelectMany(Records),
            },
            Json) + "\n";

    private static IEnumerable<Record> Records(NetworkResult result) => result.Cells.Select(cell => new Record(
        cell.Network,
        cell.Task.Name,
        cell.Task.Batch,
        cell.Contestant,
        cell.Group.ToString(),
        cell.IsWrong ? "wrong" : cell.Error is null ? "not checked" : "right",
        cell.Error is { } error && double.IsFinite(error) ? error : null,
        cell.Minimum,
        cell.Median,
        cell.Rounds,
        result.Limits.Nanoseconds(cell.Task),
        result.ToLimit(cell),
        result.NaiveTo(cell),
        result.ToBestNative(cell)));

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private sealed record Record(
        string Network,
        string Task,
        int Batch,
        string Contestant,
        string Group,
        string Status,
        double? Error,
        double? MinimumNanoseconds,
        double? MedianNanoseconds,
        int Rounds,
        double LimitNanoseconds,
        double? OfLimit,
        double? FasterThanNaive,
        double? OfBestNative);
}
