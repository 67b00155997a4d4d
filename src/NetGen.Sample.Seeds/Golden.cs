using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace NetGen.Sample.Seeds;

/// <summary>Reads numbers from the reference files.</summary>
internal static class Golden
{
    /// <summary>The numbers of a scalar, a list or a list of lists, in the order in which they are written.</summary>
    public static double[] Numbers(this JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().SelectMany(Numbers)]
        : [element.GetDouble()];

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>Weights and biases layer by layer, in the canonical order of a <see cref="ParameterBuffer{T}"/>.</summary>
    public static double[][] Tensors(this JsonElement layers) =>
    [
        .. layers.EnumerateArray().SelectMany(layer => new[]
        {
            layer.GetProperty("weight").Numbers(),
            layer.GetProperty("bias").Numbers(),
        }),
    ];

    /// <summary>A list of rows, read column by column: <c>[in][out]</c> becomes <c>[out][in]</c>.</summary>
    public static double[] Transposed(this JsonElement rows)
    {
        double[][] values = [.. rows.EnumerateArray().Select(Numbers)];
        return [.. Enumerable.Range(0, values[0].Length).SelectMany(column => values.Select(row => row[column]))];
    }

    public static JsonElement? Optional(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value : null;

    /// <summary>The parameters after numbers of updates, as objects of the form <c>"10": { "float64": … }</c>.</summary>
    public static IReadOnlyList<Snapshot> Snapshots(this JsonElement after) =>
    [
        .. after.EnumerateObject().Select(entry =>
            new Snapshot(int.Parse(entry.Name), entry.Value.GetProperty("float64").Tensors())),
    ];
}

/// <summary>The parameters after a number of updates.</summary>
internal sealed record Snapshot(int Updates, double[][] Parameters);
