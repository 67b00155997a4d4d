using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NetGen.Benchmarks.Reporting;

/// <summary>Cells as text for other programs.</summary>
internal static class CellFiles
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
        "of_best_native", "epochs_per_second",
    ];

    public static string ToCsv(IEnumerable<CellRow> rows)
    {
        var text = new StringBuilder(string.Join(',', Columns)).Append('\n');
        foreach (CellRow row in rows)
        {
            string[] fields =
            [
                row.Network, row.Task, Text(row.Batch), row.Contestant, row.Group, row.Status, Text(row.Error), Text(row.MinimumNanoseconds),
                Text(row.MedianNanoseconds), Text(row.Rounds), Text(row.LimitNanoseconds), Text(row.OfLimit), Text(row.FasterThanNaive), Text(row.OfBestNative),
                Text(row.EpochsPerSecond),
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

    public static string ToJson(object content) => JsonSerializer.Serialize(content, Json) + "\n";

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
