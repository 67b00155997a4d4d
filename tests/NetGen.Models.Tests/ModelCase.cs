using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NetGen.Models.Graphs;
using NetGen.Models.Importing;
using NetGen.Models.Onnx;

namespace NetGen.Models.Tests;

/// <summary>A model file with inputs and what another program computed for them.</summary>
/// <param name="Path">The file.</param>
/// <param name="Samples">Inputs and outputs by their names, of one or more samples one after another; empty where there are none.</param>
internal sealed record ModelCase(string Path, IReadOnlyList<(Dictionary<string, double[]> Inputs, Dictionary<string, double[]> Outputs)> Samples)
{
    /// <summary>How far two implementations may be apart, relative to the largest value, or to 1.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>The file in which some folders have the inputs and outputs of all models.</summary>
    private const string Collected = "io.json";

    /// <summary>A case of a folder with an index.</summary>
    public static ModelCase Of(string folder, string file)
    {
        string path = System.IO.Path.Combine(folder, file);
        JsonElement entry = ModelIndex.Read(folder).First(entry => entry.GetProperty("file").GetString() == file);
        string? io = entry.TryGetProperty("io", out JsonElement name) ? name.GetString() : null;
        return io is null ? new ModelCase(path, [])
            : File.Exists(System.IO.Path.Combine(folder, Collected)) ? new ModelCase(path, [.. Golden(folder, io, entry)])
            : new ModelCase(path, [.. Recorded(System.IO.Path.Combine(folder, io))]);
    }

    /// <summary>The files with weights beside it, which begin like it.</summary>
    public string[] Beside => [.. Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!, System.IO.Path.GetFileNameWithoutExtension(Path) + ".*").Where(file => file != Path).Order(StringComparer.Ordinal)];

    /// <summary>The graph of the file.</summary>
    public ImportedModel Import(ImportOptions? options = null) =>
        OnnxImporter.Import(OnnxReader.Read(File.ReadAllBytes(Path), new ModelFolder(System.IO.Path.GetDirectoryName(Path)!, limit: 64 << 20)), options ?? new ImportOptions());

    /// <summary>The largest error of what is computed of the outputs that there are references for, relative to the largest value, or to 1.</summary>
    /// <param name="graph">The graph, which names inputs and outputs.</param>
    /// <param name="compute">Computes the values of an output for one sample.</param>
    public double Error(ModelGraph graph, Func<ModelOutput, IReadOnlyDictionary<string, double[]>, double[]> compute)
    {
        double worst = 0;
        foreach ((Dictionary<string, double[]> inputs, Dictionary<string, double[]> outputs) in Samples)
        {
            foreach (ModelOutput output in graph.Outputs.Where(output => outputs.ContainsKey(output.Name)))
            {
                double[] want = outputs[output.Name];
                int size = graph.Nodes[output.Node].Size;
                double scale = Math.Max(1, want.Max(Math.Abs));
                for (int sample = 0; sample < want.Length / size; sample++)
                {
                    // Inputs of files in which the batch is a number may have different ones.
                    Dictionary<string, double[]> given = graph.Inputs.ToDictionary(input => input.InputName, input =>
                    {
                        double[] all = inputs[input.InputName];
                        int start = sample % (all.Length / input.Size) * input.Size;
                        return all[start..(start + input.Size)];
                    });
                    double[] got = compute(output, given);
                    worst = Math.Max(worst, got.Select((value, unit) => Difference(value, want[(sample * size) + unit]) / scale).Max());
                }
            }
        }

        return worst;
    }

    private static double Difference(double got, double want) => got.Equals(want) ? 0 : double.IsNaN(got - want) ? double.PositiveInfinity : Math.Abs(got - want);

    private static IEnumerable<(Dictionary<string, double[]> Inputs, Dictionary<string, double[]> Outputs)> Golden(string folder, string io, JsonElement entry)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(folder, Collected)));
        JsonElement values = file.RootElement.GetProperty("io").GetProperty(io);
        string output = entry.TryGetProperty("output", out JsonElement name) ? name.GetString()! : entry.GetProperty("outputs")[0].GetString()!;
        yield return (
            new Dictionary<string, double[]> { [entry.GetProperty("input").GetString()!] = [.. Numbers(values.GetProperty("inputs"))] },
            new Dictionary<string, double[]> { [output] = [.. Numbers(values.GetProperty("outputs").GetProperty("float64"))] });
    }

    private static IEnumerable<(Dictionary<string, double[]> Inputs, Dictionary<string, double[]> Outputs)> Recorded(string path)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement one in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            Dictionary<string, double[]> Named(string list) => one.GetProperty(list).EnumerateArray()
                .Where(value => value.TryGetProperty("data", out _))
                .ToDictionary(value => value.GetProperty("name").GetString()!, value => Numbers(value.GetProperty("data")).ToArray());
            yield return (Named("inputs"), Named("outputs"));
        }
    }

    private static IEnumerable<double> Numbers(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Numbers),
        JsonValueKind.Number => [element.GetDouble()],
        JsonValueKind.String => [double.Parse(element.GetString()!, System.Globalization.CultureInfo.InvariantCulture)],
        _ => [],
    };
}
