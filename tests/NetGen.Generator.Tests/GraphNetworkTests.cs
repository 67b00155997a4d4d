using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Layers;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Networks of all kinds of layers: against PyTorch, against differences, and all forms of code against each other.</summary>
public sealed partial class GraphNetworkTests
{
    private const double Rate = 0.05;

    private static readonly GraphCase[] Cases = [.. new[] { "residual", "norms", "products", "heads", "joins", "edges", "normalize", "frozen_shared", "composed", "activations", "extreme", "cross_entropy", "distributions" }.SelectMany(GraphCase.All)];

    private static readonly (GraphCase Case, NumberType Number)[] Networks =
        [.. Cases.SelectMany(golden => new[] { NumberType.Single, NumberType.Double }.Select(number => (golden, number)))];

    /// <summary>Those whose text is compiled: lists of dense layers are compiled by other tests, and of networks with densities one of each kind.</summary>
    private static readonly (GraphCase Case, NumberType Number)[] Graphs =
        [.. Networks.Where(network => !NetworkPlan.IsPlainGraph(network.Case.Graph) && (network.Case.BatchSize == 3 || !HasDensity(network.Case)))];

    private static readonly Dictionary<Dialect, Lazy<IReadOnlyList<Type>>> Types = new[] { Dialect.Floor, Dialect.Modern }.ToDictionary(
        dialect => dialect, dialect => new Lazy<IReadOnlyList<Type>>(() => GraphNetworks.Compile(Graphs.Select(network => (network.Case.Graph, network.Number)), dialect)));

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach ((GraphCase golden, NumberType number) in Networks)
            {
                all.Add(golden.Name, number.ToString());
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    [Trait("Category", "Quick")]
    public void Networks_compute_what_PyTorch_computes(string name, string number)
    {
        (GraphCase golden, NumberType type) = Networks.Single(network => network.Case.Name == name && network.Number.ToString() == number);
        GraphResults results = Interpreted(golden, type);
        double tolerance = golden.Tolerance(type);
        double least = 1e-3 * golden.Gradient.Concat(golden.InputGradient).Max(Math.Abs);
        AssertClose(golden.Outputs, results.Outputs, tolerance, 0);
        AssertClose([golden.Loss], [results.Loss], tolerance, 0);
        AssertClose(golden.Gradient, results.Gradient, tolerance, least);
        AssertClose(golden.InputGradient, results.InputGradient.Select(value => value / golden.BatchSize), tolerance, least);
        if (golden.BatchSize == 1 && golden.Step.Parameters is { } stepped)
        {
            AssertClose(stepped, results.Stepped, tolerance, 0);
        }
    }

    /// <summary>The text of both dialects, compiled, has the bits of the kernels that were proven right, and finds itself right in its self-test.</summary>
    [Theory]
    [InlineData("Floor")]
    [InlineData("Modern")]
    public void Compiled_networks_have_the_bits_of_their_kernels(string dialect)
    {
        IReadOnlyList<Type> types = Types[Enum.Parse<Dialect>(dialect)].Value;
        for (int index = 0; index < Graphs.Length; index++)
        {
            (GraphCase golden, NumberType number) = Graphs[index];
            GraphResults compiled = number == NumberType.Single
                ? GraphNetworks.Run<float>(types[index], golden.Parameters, golden.Inputs, golden.Targets, golden.Step.Rate)
                : GraphNetworks.Run<double>(types[index], golden.Parameters, golden.Inputs, golden.Targets, golden.Step.Rate);
            Assert.Equal(Bits(Interpreted(golden, number).All), Bits(compiled.All));
            object network = Activator.CreateInstance(types[index])!;
            var report = (SelfTestReport)types[index].GetMethod("SelfTest")!.Invoke(network, null)!;
            Assert.True(report.Passed, $"{golden.Name} {number}: {report}");
        }
    }

    [Fact]
    [Trait("Category", "Quick")]
    public void Kernels_of_random_graphs_are_proven_right_and_have_the_same_bits()
    {
        int sections = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            NumberType number = seed % 4 < 2 ? NumberType.Single : NumberType.Double;
            NetworkSpec spec = GraphNetworks.Spec(Random(seed, layers: seed % 5 == 0 ? 40 : 8), number);
            Assert.Empty(KernelProof.Faults(spec));
            NetworkPlan plan = Planner.Plan(spec);
            sections += Section.IsDivided(plan) ? 1 : 0;
            Assert.InRange(StackBytes(plan), 1, StackUse.OfSample(plan));
            (double[] parameters, double[] x, double[] y) = Numbers(plan, seed);
            string[] bits = [.. KernelProof.Forms(spec).Where(form => form.Name != "plain")
                .Select(form => Bits(GraphNetworks.Run(plan, form.Kernels, parameters, x, y, Rate).All))];
            Assert.All(bits, one => Assert.Equal(bits[0], one));
        }

        Assert.InRange(sections, 8, 60);
    }

    /// <summary>Gradients of random graphs against differences, and steps and the plain network of a self-test against both.</summary>
    [Fact]
    public void Gradients_of_random_graphs_are_derivatives()
    {
        for (int seed = 100; seed < 130; seed++)
        {
            NetworkSpec spec = GraphNetworks.Spec(Random(seed, layers: seed % 5 == 0 ? 30 : 9, isSmooth: true), NumberType.Double);
            NetworkPlan plan = Planner.Plan(spec);
            (double[] parameters, double[] x, double[] y) = Numbers(plan, seed);
            GraphResults results = GraphNetworks.Run(plan, ScalarKernels.Of(plan), parameters, x, y, Rate);
            var plain = new Interpreter(PlainNetwork.Of(Planner.Plain(spec)), NumberType.Double);
            double[] output = new double[y.Length];
            double Loss() => plain.Run(PlainNetwork.Method, (Interpreter.Memory)parameters, (Interpreter.Memory)x, (Interpreter.Memory)y, (Interpreter.Memory)output);
            Assert.Equal(results.Loss, Loss(), 1e-9 * (1 + Math.Abs(results.Loss)));
            AssertClose(output, results.Outputs, 1e-9, 1);
            AssertClose(parameters.Zip(results.Gradient, (value, slope) => value - (Rate * slope)), results.Stepped, 1e-12, 0);
            var random = new Random(seed);
            bool[] isTrained = [.. plan.Blocks.SelectMany(block => Enumerable.Repeat(block.Block.IsTrained, block.Count))];
            Assert.All(isTrained.Zip(results.Gradient, results.Product.Skip(y.Length)).Where(parameter => !parameter.First), parameter => Assert.Equal((0.0, 0.0), (parameter.Second, parameter.Third)));
            foreach ((double[] variables, double[] slopes) in new[] { (parameters, results.Gradient), (x, results.InputGradient) })
            {
                double scale = 1e-3 + slopes.Max(Math.Abs);
                for (int check = 0; check < 12; check++)
                {
                    int index = random.Next(variables.Length);
                    if (variables == parameters && !isTrained[index])
                    {
                        continue;
                    }

                    double middle = variables[index];
                    double Difference(double step)
                    {
                        variables[index] = middle + step;
                        double above = Loss();
                        variables[index] = middle - step;
                        double below = Loss();
                        variables[index] = middle;
                        return (above - below) / (2 * step);
                    }

                    double slope = ((4 * Difference(1e-4)) - Difference(2e-4)) / 3;
                    Assert.True(Math.Abs(slope - slopes[index]) <= 1e-6 * scale, $"seed {seed}, index {index} of {variables.Length}: {slopes[index]}, by differences {slope}");
                }
            }
        }
    }

    /// <summary>The spans of input and output may overlap, also where the last layer reads the input.</summary>
    [Fact]
    [Trait("Category", "Quick")]
    public void Output_may_overlap_the_input_that_the_last_layer_reads()
    {
        const int Units = 5;
        GraphNode[] nodes =
        [
            new("input", new Input(Units), default), new("layer", new Dense(Units, "Tanh"), new EquatableArray<int>([0])), new("sum", new Add(), new EquatableArray<int>([0, 1])),
        ];
        NetworkPlan plan = Planner.Plan(GraphNetworks.Spec(
            new NetworkGraph(new EquatableArray<GraphNode>(nodes), new EquatableArray<GraphOutput>([new("output", 2, new LossSpec("None"))])), NumberType.Double));
        var interpreter = new Interpreter(ScalarKernels.Of(plan), NumberType.Double);
        (_, double[] x, _) = Numbers(plan, 1);
        double[] parameters = [.. Enumerable.Range(0, plan.BufferLength).Select(element => Math.Sin(element))];
        double[] apart = new double[Units];
        interpreter.Run("Forward", (Interpreter.Memory)parameters, (Interpreter.Memory)x, (Interpreter.Memory)apart, (Interpreter.Memory)new double[plan.TraceLength]);
        foreach (int shift in new[] { 0, 1, 2 })
        {
            Interpreter.Memory both = new double[Units + 2];
            x.CopyTo(both.Numbers, 0);
            interpreter.Run("Forward", (Interpreter.Memory)parameters, both.Slice(0, Units), both.Slice(shift, Units), (Interpreter.Memory)new double[plan.TraceLength]);
            Assert.Equal(apart, both.Numbers[shift..(shift + Units)]);
        }
    }

    /// <summary>A layer that reads nothing and is not trained has nothing to compute on the way back, and no comment on it.</summary>
    [Theory]
    [InlineData(nameof(Dialect.Floor))]
    [InlineData(nameof(Dialect.Modern))]
    [Trait("Category", "Quick")]
    public void What_is_not_there_has_no_comment(string dialect)
    {
        GraphNode[] nodes =
        [
            new("input", new Input(20), default),
            new("scale", new Parameter(20), default, IsFrozen: true),
            new("product", new Multiply(), new EquatableArray<int>([0, 1])),
        ];
        var graph = new NetworkGraph(new EquatableArray<GraphNode>(nodes), new EquatableArray<GraphOutput>([new("output", 2, new LossSpec("HalfSquaredError"))]));
        string text = Emit.NetworkEmitter.Emit(Planner.Plan(GraphNetworks.Spec(graph, NumberType.Single, Enum.Parse<Dialect>(dialect))));
        Assert.DoesNotContain(text.Split('\n'), line => line.Trim() == "//");
    }

    /// <summary>dL/dx is 0 of what no layer reads, whatever was in its memory before.</summary>
    [Fact]
    [Trait("Category", "Quick")]
    public void What_slices_leave_out_has_no_gradient()
    {
        GraphNode[] nodes =
        [
            new("input", new Input(7), default),
            new("part", new Slice(2, 3), new EquatableArray<int>([0])),
            new("other", new Slice(4, 3), new EquatableArray<int>([0])),
            new("sum", new Add(), new EquatableArray<int>([1, 2])),
        ];
        NetworkPlan plan = Planner.Plan(GraphNetworks.Spec(
            new NetworkGraph(new EquatableArray<GraphNode>(nodes), new EquatableArray<GraphOutput>([new("output", 3, new LossSpec("HalfSquaredError"))])), NumberType.Double));
        GraphResults results = GraphNetworks.Run(plan, ScalarKernels.Of(plan), [], [1, 2, 3, 4, 5, 6, 7], [0, 0, 0], Rate);
        Assert.Equal([8, 10, 12], results.Outputs);
        Assert.Equal([0, 0, 8, 10, 20, 10, 12], results.InputGradient);
    }

    /// <summary>The order of a normalisation's sums is that of dot products over its units, by which all forms of code will have these bits.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(37)]
    [InlineData(64)]
    [Trait("Category", "Quick")]
    public void Sums_of_a_normalisation_are_in_lanes(int units)
    {
        NetworkGraph graph = NetworkGraph.Chain(new Input(units), [new LayerNorm(UseWeight: false, UseBias: false)], new LossSpec("HalfSquaredError"));
        NetworkPlan plan = Planner.Plan(GraphNetworks.Spec(graph, NumberType.Single));
        (_, double[] x, double[] y) = Numbers(plan, units);
        float[] values = Array.ConvertAll(x, value => (float)value);
        float mean = Sum(values) / units;
        float[] centred = Array.ConvertAll(values, value => value - mean);
        float inverse = 1 / MathF.Sqrt((Sum(Array.ConvertAll(centred, value => value * value)) / units) + 1e-5f);
        Assert.InRange(StackBytes(plan), 1, StackUse.OfSample(plan));
        Assert.Equal(centred.Select(value => (double)(value * inverse)), GraphNetworks.Run(plan, ScalarKernels.Of(plan), [], x, y, Rate).Outputs);

        static float Sum(float[] terms)
        {
            int lanes = 16;
            while ((terms.Length <= 4 ? 4 : (terms.Length + 7) / 8 * 8) % lanes != 0)
            {
                lanes /= 2;
            }

            var sums = new float[lanes];
            for (int term = 0; term < terms.Length; term++)
            {
                sums[term % lanes] += terms[term];
            }

            for (int half = lanes / 2; half > 0; half /= 2)
            {
                for (int lane = 0; lane < half; lane++)
                {
                    sums[lane] += sums[lane + half];
                }
            }

            return sums[0];
        }
    }

    /// <summary>Blocks go by their names and have their roles, shapes and initial values in the library too.</summary>
    [Fact]
    public void Blocks_of_a_normalisation_are_named_and_begin_with_1_and_0()
    {
        int index = Array.FindIndex(Networks, network => network.Case.Name.StartsWith("simba_3", StringComparison.Ordinal));
        var network = (INetwork<float>)Activator.CreateInstance(Types[Dialect.Modern].Value[index])!;
        network.Initialize(1);
        ParameterBlock[] blocks = [.. network.Parameters.Layout.Blocks.Where(block => block.Name.StartsWith("block0.norm", StringComparison.Ordinal))];
        Assert.Equal(
            [("block0.norm.weight", ParameterRole.Weight, 4, 1.0), ("block0.norm.bias", ParameterRole.Bias, 4, 0.0)],
            blocks.Select(block => (block.Name, block.Role, block.Shape.Single(), block.InitialValue)));
        var values = new float[network.Parameters.Layout.ParameterCount];
        network.Parameters.CopyTo(values);
        Assert.All(blocks, block => Assert.All(values[block.FirstParameter..(block.FirstParameter + block.Count)], value => Assert.Equal(block.InitialValue, value)));
        Assert.Equal(values.Length, network.Parameters.Layout.Blocks.Sum(block => block.Count));
    }

    /// <summary>A pass asks for no more memory of the stack than the documentation says, whatever its kernels call.</summary>
    private static long StackBytes(NetworkPlan plan)
    {
        Dictionary<string, KernelFunction> kernels = ScalarKernels.Of(plan).ToDictionary(kernel => kernel.Signature.Key);
        long Elements(IEnumerable<Statement> statements) => statements.Sum(statement => statement switch
        {
            Allocate allocate => allocate.Buffer.Length,
            Scope scope => Elements(scope.Body),
            Where where => Elements(where.All()),
            _ => 0,
        });
        IEnumerable<Invoke> Calls(IEnumerable<Statement> statements) => statements.SelectMany(statement => statement switch
        {
            Invoke invoke => [invoke],
            Scope scope => Calls(scope.Body),
            Where where => Calls(where.All()),
            _ => Enumerable.Empty<Invoke>(),
        });
        long Deepest(KernelFunction kernel) => Elements(kernel.Body) + Calls(kernel.Body).Select(invoke => Deepest(kernels[invoke.Function.Key])).DefaultIfEmpty().Max();
        return kernels.Values.Where(kernel => kernel.IsEntry).Max(Deepest) * SummationRule.SizeOf(plan.Spec.Number);
    }

    private static bool HasDensity(GraphCase golden) => golden.Graph.Nodes.Any(node => node.Layer is LogDensity or Entropy);

    /// <summary>A random network; every other one has several inputs and outputs.</summary>
    private static NetworkGraph Random(int seed, int layers, bool isSmooth = false)
    {
        NetworkGraph graph = RandomGraphs.Create(seed, layers, isSmooth);
        return seed % 2 == 0 ? graph : SeveralValues.Of(graph, seed);
    }

    /// <summary>What the kernels of a case compute; those of a list of dense layers, which have many forms, in loops.</summary>
    private static GraphResults Interpreted(GraphCase golden, NumberType number)
    {
        PlanChoice? loops = NetworkPlan.IsPlainGraph(golden.Graph) ? new PlanChoice(MethodShape.LayerByLayer, LayerForm.Looped, []) : null;
        NetworkPlan plan = Planner.Plan(GraphNetworks.Spec(golden.Graph, number), loops);
        return GraphNetworks.Run(plan, ScalarKernels.Of(plan), golden.Parameters, golden.Inputs, golden.Targets, golden.Step.Rate);
    }

    private static (double[] Parameters, double[] X, double[] Y) Numbers(NetworkPlan plan, int seed, int samples = 1)
    {
        var random = new Random(seed);
        double[] Some(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 2) - 1).Select(value => plan.Spec.Number == NumberType.Single ? (float)value : value)];
        IEnumerable<double> parameters = plan.Blocks
            .SelectMany(block => Some(block.Count).Select(value => block.Block.Name == "variance" ? Math.Abs(value) + 0.5 : value));
        return ([.. parameters], Some(samples * plan.Spec.Inputs), Some(samples * plan.OutputCount));
    }

    private static void AssertClose(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance, double least)
    {
        double[] wanted = [.. expected];
        double[] computed = [.. actual];
        Assert.Equal(wanted.Length, computed.Length);
        double scale = wanted.Select(Math.Abs).Append(least).Max();
        Assert.All(wanted.Zip(computed).Where(pair => !double.IsNaN(pair.First)), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= tolerance * scale, $"{pair.Second}, expected {pair.First} within {tolerance * scale}"));
    }

    private static string Bits(IEnumerable<double> values) => string.Join(" ", values.Select(value => double.IsNaN(value) ? "NaN" : BitConverter.DoubleToInt64Bits(value).ToString("X")));
}
