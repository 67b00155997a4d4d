using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using NetGen.Models.Graphs;
using NetGen.Models.Importing;
using NetGen.Models.Onnx;
using Xunit;
using Xunit.Abstractions;

namespace NetGen.Models.Tests;

/// <summary>What is read of random model files computes what ONNX Runtime computes with them.</summary>
public sealed class RandomModelTests(ITestOutputHelper output)
{
    /// <summary>The variable of the environment that says how many files, where those of every run are not enough.</summary>
    private const string Variable = "NETGEN_RANDOM_MODELS";

    private const int Standard = 400;
    private const int Batch = 3;

    /// <summary>What single precision may make of values around 1: a few roundings of sums.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>How much further apart than results are whose every value was moved by one rounding: sums and functions round more often.</summary>
    private const double Roundings = 4;
    private const double Rounding = 1.2e-7;

    /// <summary>Operators that are read and not drawn: of constants alone, which are shapes mostly, and one of a version that is newer than those drawn.</summary>
    private static readonly string[] Others = ["And", "Equal", "Greater", "Less", "Not", "Or", "Range", "ReduceProd", "Size", "Swish"];

    private static IEnumerable<string> Known => new OnnxOperators(new GraphBuilder(), new Dictionary<string, long>(), isDeterministic: false).Names;

    [OnnxRuntimeFact]
    public void Computes_what_onnx_runtime_computes()
    {
        int count = Environment.GetEnvironmentVariable(Variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : Standard;
        var operators = new HashSet<string>();
        double worst = 0;
        for (int seed = 0; seed < count; seed++)
        {
            RandomModel model = RandomModel.Create(seed);
            operators.UnionWith(model.Operators);
            double error = Error(model, seed);
            Assert.True(error <= 1, $"File {seed}: {error} of what is allowed.");
            worst = Math.Max(worst, error);
        }

        output.WriteLine($"{count} files, largest error {worst.ToString("0.00", CultureInfo.InvariantCulture)} of what is allowed, {operators.Count} operators");
        Assert.Equal(Others.Order(), Known.Except(operators).Order());
    }

    /// <summary>The page about models names every operator that is read.</summary>
    [Fact]
    public void Every_operator_that_is_read_is_in_the_table_of_the_page()
    {
        string page = File.ReadAllText(Path.Combine(ModelFiles.Repository, "docs", "models.md"));
        string table = page[page.IndexOf("| operators | read |", StringComparison.Ordinal)..page.IndexOf("| LSTM", StringComparison.Ordinal)];
        string[] words = table.Split([' ', ',', ';', '|', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Empty(Known.Except(words));
    }

    /// <summary>The largest error as a part of what is allowed.</summary>
    private static double Error(RandomModel model, int seed)
    {
        ModelGraph graph = OnnxImporter.Import(OnnxReader.Read(model.File, external: null), new ImportOptions()).Graph;
        var random = new Random(seed);
        Dictionary<string, double[]> inputs = model.Inputs.ToDictionary(input => input.Name, input => Enumerable.Range(0, Batch * input.Size).Select(_ => (double)(float)((2 * random.NextDouble()) - 1)).ToArray());

        // As the file has it: version 1.31.1 optimises a product of a transposed tensor of rank 3 with a vector to one of the wrong values.
        using var session = new OnnxRuntimeSession(model.File, GraphOptimizationLevel.ORT_DISABLE_ALL);
        IReadOnlyDictionary<string, double[]> expected = session.Run(inputs, [.. graph.Outputs.Select(result => result.Name)], Batch);
        double worst = 0;
        foreach (ModelOutput result in graph.Outputs)
        {
            int size = graph.Nodes[result.Node].Size;
            for (int sample = 0; sample < Batch; sample++)
            {
                Dictionary<string, double[]> one = model.Inputs.ToDictionary(input => input.Name, input => inputs[input.Name].AsSpan(sample * input.Size, input.Size).ToArray());
                double[] got = GraphValues.Of(graph, result, one);
                double[] want = expected[result.Name].AsSpan(sample * size, size).ToArray();
                Assert.Equal(expected[result.Name].Length, Batch * size);
                double moved = Enumerable.Range(0, 4).Max(_ => Distance(got, GraphValues.Of(graph, result, one, value => value * (1 + (Rounding * ((2 * random.NextDouble()) - 1))))));
                double allowed = (Tolerance * Math.Max(1, want.Max(Math.Abs))) + (Roundings * moved);
                worst = Math.Max(worst, Distance(got, want) / allowed);
            }
        }

        return worst;
    }

    private static double Distance(double[] one, double[] other) => one.Zip(other, (x, y) => x.Equals(y) ? 0 : double.IsNaN(x - y) ? double.PositiveInfinity : Math.Abs(x - y)).Max();
}
