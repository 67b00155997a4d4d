using System;
using System.Linq;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Declarations of networks that PyTorch has computed: layers that share parameters, and experts. A batch, and where training leads.</summary>
public sealed class WireGoldenTests
{
    private const int Steps = 100;

    private static readonly GraphCase[] Cases = [.. GraphCase.All("frozen_shared").Concat(GraphCase.All("products")).Where(golden => Body(golden) is not null)];

    public static TheoryData<string> All => [.. Cases.Select(golden => golden.Name)];

    [Fact]
    public void Cases_are_there() => Assert.Equal(["experts", "shared", "siamese"], Cases.Select(golden => golden.Name.Split('_')[0]).Distinct().Order());

    [Theory]
    [MemberData(nameof(All))]
    public void A_declaration_computes_and_learns_what_PyTorch_does(string name)
    {
        GraphCase golden = Cases.Single(one => one.Name == name);
        string source = $"using NetGen; [Network(Precision = Precision.Double)] public sealed partial class Net {{ static void Wire(Wiring w) {{ {Body(golden)} }} }}";
        Type type = Compiled.From(source).Load().GetType("Net", throwOnError: true)!;
        (double rate, double[]? trained) = golden.Training;
        GraphResults results = GraphNetworks.Run<double>(type, golden.Parameters, golden.Inputs, golden.Targets, rate);
        double tolerance = golden.Tolerance(NumberType.Double);
        double least = 1e-3 * golden.Gradient.Concat(golden.InputGradient).Max(Math.Abs);
        AssertClose(golden.Outputs, results.Outputs, tolerance, 0);
        AssertClose([golden.Loss], [results.Loss], tolerance, 0);
        AssertClose(golden.Gradient, results.Gradient, tolerance, least);
        AssertClose(golden.InputGradient, results.InputGradient.Select(value => value / golden.BatchSize), tolerance, least);

        // Steps of a sample are those of a batch of one.
        foreach (bool isStep in new[] { false, golden.BatchSize == 1 })
        {
            var network = (ITrainable<double>)Activator.CreateInstance(type)!;
            network.Parameters.CopyFrom(golden.Parameters);
            ParameterBuffer<double> gradient = network.CreateGradient();
            for (int step = 0; step < Steps; step++)
            {
                if (isStep)
                {
                    network.SgdStep(golden.Inputs, golden.Targets, rate);
                    continue;
                }

                gradient.Clear();
                network.BackwardBatch(golden.Inputs, golden.Targets, gradient);
                network.Parameters.AddScaled(gradient, -rate);
            }

            var after = new double[golden.Parameters.Length];
            network.Parameters.CopyTo(after);
            AssertClose(trained!, after, 1e-9, 0);
        }
    }

    /// <summary>The declaration of a case in the words of <c>Wire</c>, or null for another kind of case.</summary>
    private static string? Body(GraphCase golden)
    {
        NetworkGraph graph = golden.Graph;
        int[] inputs = [.. graph.InputValues().Select(input => input.Count)];
        int[] units = [.. graph.Nodes.Select(node => node.Layer).OfType<Dense>().Select(dense => dense.Units)];
        bool isFrozen = graph.Nodes.Any(node => node.IsFrozen);
        return golden.Name.Split('_')[0] switch
        {
            "siamese" => $$"""
                Signal left = w.Input("Left", {{inputs[0]}}).Dense({{units[0]}}, Activation.Tanh, name: "encoder");
                Signal right = w.Input("Right", {{inputs[1]}}).Dense({{units[0]}}, Activation.Tanh, sharesWith: "encoder");
                Signal difference = left.Dense({{units[2]}}, name: "embed") - right.Dense({{units[2]}}, sharesWith: "embed");
                w.Output("Difference", difference, Loss.SquaredError, 0.25);
                w.Output("Score", (difference * difference).Dense({{units[^1]}}), Loss.HalfSquaredError);
                """,
            "shared" when !isFrozen => $$"""
                Signal h = w.Input("x", {{inputs[0]}}).Dense({{units[0]}}, Activation.Tanh).Dense({{units[1]}}, Activation.Tanh, name: "step");
                for (int turn = 1; turn < {{graph.Nodes.Count(node => node.SharesWith is not null) + 1}}; turn++)
                {
                    h = h.Dense(h.Size, Activation.Tanh, sharesWith: "step");
                }

                w.Output("y", h.Dense({{units[^1]}}), Loss.HalfSquaredError);
                """,
            "experts" => $$"""
                Signal x = w.Input("x", {{inputs[0]}});
                Signal h = x{{(graph.Nodes.Any(node => node.Name == "trunk.z") ? $".Dense({units[0]}, Activation.Tanh)" : "")}};
                Signal gate = x.Dense({{graph.Nodes.Select(node => node.Layer).OfType<Blend>().Single().Experts}}, Activation.Softmax);
                w.Output("Gate", gate);
                w.Output("y", h.Experts(gate, {{units[^1]}}), Loss.HalfSquaredError);
                """,
            _ => null,
        };
    }

    private static void AssertClose(double[] expected, System.Collections.Generic.IEnumerable<double> actual, double tolerance, double least)
    {
        double[] found = [.. actual];
        Assert.Equal(expected.Length, found.Length);
        double most = tolerance * Math.Max(least, expected.Max(Math.Abs));
        Assert.All(expected.Zip(found), pair => Assert.InRange(pair.Second, pair.First - most, pair.First + most));
    }
}
