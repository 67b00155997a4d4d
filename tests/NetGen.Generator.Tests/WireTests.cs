using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Generator.Parsing;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Networks declared by a method: the graphs that they are read as, that what is generated computes what the method says when it is run, and what an edit costs.</summary>
[Trait("Category", "Quick")]
public sealed partial class WireTests
{
    private const string Critic = """
        var h = w.Input("State", 3).Dense(4);
        for (int block = 0; block < 2; block++)
        {
            h += h.LayerNorm().Dense(5, Activation.Relu).Dense(4);
        }
        w.Output("Q", h.LayerNorm().Concat(w.Input("Action", 2)).Dense(1), Loss.HalfSquaredError);
        """;

    private static readonly LossSpec None = new("None");

    /// <summary>A body, and other words for it.</summary>
    public static TheoryData<string, string> Synonyms => new()
    {
        { Critic, "/* a comment */ " + Critic.Replace("block < 2", "block <= 1 /* two */", StringComparison.Ordinal) },
        { Critic, Critic.Replace("var h", "const int More = 0; Signal h", StringComparison.Ordinal).Replace("Dense(5,", "Dense(units: Size + 3 - More, activation:", StringComparison.Ordinal) },
        { Critic, Critic.Replace("int block = 0; block < 2; block++", "int i = 10, n = 3; i > n * 2 - 2; i -= n", StringComparison.Ordinal).Replace("(\"State\", 3)", "(nameof(State), Sizes.Inputs)", StringComparison.Ordinal) },
        { Critic, Critic.Replace("h += h.LayerNorm().Dense(5, Activation.Relu).Dense(4);", "Signal x = h.LayerNorm(); x = x.Dense(5, (Activation)3, true, null, null, false); x = x.Dense(h.Size); h = h.Add(other: x);", StringComparison.Ordinal) },
        { Critic, Critic.Replace("Activation.Relu", "global::NetGen.Activation.Relu", StringComparison.Ordinal).Replace("\"Q\"", "$\"{\"Q\"}\"", StringComparison.Ordinal).Replace("w.Input(\"Action\", 2)", "(w.Input(\"A\" + \"ction\", -(-2)))", StringComparison.Ordinal) },
        { Critic, "Signal h; h = w.Input(\"State\", 3).Dense(4); { int b; b = 0; b++; ++b; b -= 2; for (; b < 4 / 2 + 5 % 5; ++b) h += h.LayerNorm().Dense(5, Activation.Relu).Dense(4); } ; var a = w.Input(\"Action\", int.MinValue - int.MinValue + 2); w.Output(signal: h.LayerNorm().Concat(a).Dense(1), name: \"Q\", weight: 1, loss: Loss.HalfSquaredError);" },
    };

    /// <summary>Bodies that differ in one thing from each other.</summary>
    public static TheoryData<string, string> Changes => new()
    {
        { "Dense(5, Activation.Relu)", "Dense(6, Activation.Relu)" },
        { "Activation.Relu", "Activation.Silu" },
        { "block < 2", "block < 1" },
        { "\"Action\"", "\"Act\"" },
        { "h += h", "h -= h" },
        { "LayerNorm().Dense(5", "RmsNorm().Dense(5" },
        { "Dense(5, Activation.Relu)", "Dense(5, Activation.Relu, name: $\"up{block}\")" },
        { "Dense(5, Activation.Relu)", "Dense(5, Activation.Relu, frozen: true)" },
        { "Loss.HalfSquaredError", "Loss.HalfSquaredError, 2" },
        { "Activation.Relu", "Snake" },
        { "Loss.HalfSquaredError", "Cauchy" },
    };

    /// <summary>Bodies of one sample, each of which is generated.</summary>
    public static TheoryData<string> Bodies => new()
    {
        Critic,
        "w.Output(\"y\", w.Input(\"x\", 3).Dense(2, Activation.Tanh), Loss.Huber, delta: 0.5);",
        "var x = w.Input(\"x\", 3).Dense(4, Snake, true, \"first\"); w.Output(\"y\", x.LayerNorm().Activate(Snake).Dense(2, activation: Snake, useBias: false), Cauchy, 0.5, Reduction.Sum);",
        "var x = w.Input(\"x\", 4); var gate = x.Dense(4, Activation.Sigmoid, useBias: false); w.Output(\"y\", gate * x - x.RmsNorm(Activation.Elu, alpha: 0.5), Loss.SquaredError, reduction: Reduction.Sum);",
        "var x = w.Input(\"x\", 4).Normalize(clip: 0.5); w.Output(\"a\", x.Slice(1, 2).Dense(3, Activation.Softmax), Loss.CategoricalCrossEntropy, 0.5); w.Output(\"b\", x.Slice(2, 2).Denormalize());",
        "var x = w.Input(\"x\", 3); w.Output(\"mean\", x.Dense(2)); w.Output(\"std\", w.Parameter(\"LogStd\", 2, -0.5).Multiply(w.Parameter(\"Scale\", 2), Activation.Softplus));",
        "var x = w.Input(\"x\", 3).Dense(4, Activation.Gelu); w.Output(\"hidden\", x); w.Output(\"again\", x); w.Output(\"y\", x.LayerNorm(Activation.Mish, 1e-3, false, false).Concat(x, x.Subtract(x)).Multiply(x.Concat(x, x)).Dense(2, Activation.LogSoftmax));",
        "var x = w.Input(\"x\", 3); var gate = x.Dense(2, Activation.Softmax); var h = x.Experts(gate, 6, Activation.Elu, useBias: false, alpha: 0.5).SoftmaxGroups(3, Activation.Tanh); w.Output(\"y\", h.Slice(1, 4, Activation.Silu).Experts(gate, 2).Concat(h.Activate(Activation.Relu)));",
        "var x = w.Input(\"x\", 4).PRelu(name: \"slope\").PRelu(true, 0.5, \"slopes\"); var y = w.Input(\"y\", 4).PRelu(true, 0.5, sharesWith: \"slopes\"); w.Output(\"z\", (x * y).PRelu(sharesWith: \"slope\"), Loss.SquaredError);",
        "var x = w.Input(\"x\", 3); var y = w.Input(\"y\", 3); x = x.Normalize(name: \"n\").LayerNorm(name: \"l\").RmsNorm(name: \"r\").Denormalize(name: \"d\").Dense(4, Activation.Tanh, name: \"e\"); y = y.Normalize(sharesWith: \"n\").LayerNorm(sharesWith: \"l\").RmsNorm(sharesWith: \"r\").Denormalize(sharesWith: \"d\").Dense(4, Activation.Tanh, sharesWith: \"e\", name: \"f\"); for (int i = 0; i < 2; i++) { x = x.Dense(3, name: $\"g{i}\").Dense(4, Activation.Tanh, sharesWith: \"f\"); } w.Output(\"z\", x - y, Loss.HalfSquaredError);",
        "var x = w.Input(\"x\", 3).Dense(8, Activation.Tanh); var mean = x.Dense(5); var logStd = x.Dense(5, Activation.Tanh); var u = mean + logStd.Activate(Activation.Exp) * w.Input(\"noise\", 5); w.Output(\"action\", u.Activate(Activation.Tanh), Loss.Linear); w.Output(\"log\", mean.TanhGaussianLogDensity(u, logStd), Loss.Linear, 0.25); w.Output(\"prior\", u.GaussianLogDensity(logStd: w.Parameter(\"LogStd\", 5), value: mean), Loss.Linear, -2); w.Output(\"entropy\", x.Dense(4).Entropy(name: \"h\"), Loss.Linear);",
        "w.Input(\"x\", 2); w.Output(\"y\", w.Parameter(\"p\", 2), Loss.SquaredError);",
        "w.Input(\"x\", 2); w.Output(\"y\", w.Parameter(\"p\", 2).Dense(3, Activation.Tanh), Loss.SquaredError); w.Output(\"z\", w.Parameter(\"q\", 2).LayerNorm());",
        "var x = w.Input(\"x\", 3); var gate = x.Dense(2, Activation.Sigmoid); w.Output(\"y\", x.Experts(gate, 3, name: \"m\").Experts(gate, 3, sharesWith: \"m\"), Loss.HalfSquaredError);",
    };

    [Fact]
    public void Calls_become_nodes_with_inputs_first()
    {
        NetworkGraph graph = Read(Critic);
        Assert.Equal(
            new NetworkGraph(
                new EquatableArray<GraphNode>(
                [
                    new("State", new Input(3), default),
                    new("Action", new Input(2), default),
                    Node(0, new Dense(4, "Identity"), 0),
                    Node(1, new LayerNorm(), 2),
                    Node(2, new Dense(5, "Relu"), 3),
                    Node(3, new Dense(4, "Identity"), 4),
                    Node(4, new Add(), 2, 5),
                    Node(5, new LayerNorm(), 6),
                    Node(6, new Dense(5, "Relu"), 7),
                    Node(7, new Dense(4, "Identity"), 8),
                    Node(8, new Add(), 6, 9),
                    Node(9, new LayerNorm(), 10),
                    Node(10, new Concat(2), 11, 1),
                    Node(11, new Dense(1, "Identity"), 12),
                ]),
                new EquatableArray<GraphOutput>([new("Q", 13, new LossSpec("HalfSquaredError"))])),
            graph);
    }

    [Fact]
    public void Arguments_are_those_of_layers()
    {
        NetworkGraph graph = Read("""
            var x = w.Input("x", 4).Normalize(2.5, Activation.Tanh, 1e-3).Denormalize(Activation.LeakyRelu, 0.5, "back");
            x = x.LayerNorm(Activation.Elu, 1e-3, false, false, 2, "norm", true).RmsNorm(Activation.Elu, 1e-4, false, 3, "root", true).Dense(6, Activation.Elu, false, 4, "trunk", true);
            w.Output("y", x.Slice(start: 1, count: 2).Multiply(x.Slice(3, 2), Activation.Sigmoid, name: "gate"), Loss.Huber, -2, Reduction.Sum, 3);
            """);
        Assert.Equal(
            [
                new("x", new Input(4), default),
                Node(0, new Normalize(2.5, 1e-3, "Tanh"), 0),
                Node(1, new Denormalize("LeakyRelu", 0.5), 1) with { Name = "back" },
                Node(2, new LayerNorm(1e-3, false, false, "Elu", 2), 2) with { Name = "norm", IsFrozen = true },
                Node(3, new RmsNorm(1e-4, false, "Elu", 3), 3) with { Name = "root", IsFrozen = true },
                Node(4, new Dense(6, "Elu", false, 4), 4) with { Name = "trunk", IsFrozen = true },
                Node(5, new Slice(1, 2), 5),
                Node(6, new Slice(3, 2), 5),
                Node(7, new Multiply("Sigmoid"), 6, 7) with { Name = "gate" },
            ],
            graph.Nodes);
        Assert.Equal([new GraphOutput("y", 8, new LossSpec("Huber", SumOutputs: true, 3, -2))], graph.Outputs);
    }

    [Fact]
    public void Experts_are_layers_that_a_gate_blends()
    {
        NetworkGraph graph = Read("""
            var x = w.Input("x", 3);
            var gate = x.Dense(2, Activation.Softmax);
            w.Output("y", x.Experts(gate, 4, Activation.Elu, false, 0.5, "mix", true).Experts(gate, 4));
            """);
        Assert.Equal(
            [
                Node(0, new Dense(2, "Softmax"), 0),
                Node(0, new Dense(4, "Identity", UseBias: false), 0) with { Name = "mix.0", IsFrozen = true },
                Node(0, new Dense(4, "Identity", UseBias: false), 0) with { Name = "mix.1", IsFrozen = true },
                Node(0, new Blend(2, "Elu", 0.5), 1, 2, 3) with { Name = "mix", IsFrozen = true },
                Node(0, new Dense(4, "Identity"), 4) with { Name = "layers.2.0" },
                Node(0, new Dense(4, "Identity"), 4) with { Name = "layers.2.1" },
                Node(2, new Blend(2), 1, 5, 6),
            ],
            graph.Nodes.Skip(1));
    }

    [Fact]
    public void Layers_without_sums_over_other_values_are_declared()
    {
        NetworkGraph graph = Read("""
            var x = w.Input("x", 6).SoftmaxGroups(3, Activation.Elu, 0.5, "groups").PRelu().PRelu(true, 0.5, "slopes", true).Activate(Activation.LeakyRelu, 0.1, "act");
            w.Output("y", x.Slice(1, 2, Activation.Elu, 2, "part"));
            """);
        Assert.Equal(
            [
                Node(0, new SoftmaxGroups(3, "Elu", 0.5), 0) with { Name = "groups" },
                Node(1, new PRelu(), 1),
                Node(2, new PRelu(IsShared: false, 0.5), 2) with { Name = "slopes", IsFrozen = true },
                Node(3, new Concat(1, "LeakyRelu", 0.1), 3) with { Name = "act" },
                Node(4, new Slice(1, 2, "Elu", 2), 4) with { Name = "part" },
            ],
            graph.Nodes.Skip(1));
    }

    [Fact]
    public void A_layer_may_have_the_parameters_of_an_earlier_one()
    {
        NetworkGraph graph = Read("""
            var x = w.Input("x", 3).Dense(4, Activation.Tanh, name: "encoder", frozen: true);
            var y = w.Input("y", 3).Dense(4, Activation.Tanh, name: "other", sharesWith: "encoder");
            w.Output("z", x - y + w.Input("z", 3).Dense(4, Activation.Tanh, sharesWith: "other"));
            """);
        Assert.Equal(
            [
                Node(0, new Dense(4, "Tanh"), 0) with { Name = "encoder", IsFrozen = true },
                Node(0, new Dense(4, "Tanh"), 1) with { Name = "other", IsFrozen = true, SharesWith = 3 },
                Node(2, new Subtract(), 3, 4),
                Node(3, new Dense(4, "Tanh"), 2) with { IsFrozen = true, SharesWith = 3 },
                Node(4, new Add(), 5, 6),
            ],
            graph.Nodes.Skip(3));
    }

    [Fact]
    public void Free_parameters_read_nothing() => Assert.Equal(
        new GraphNode("LogStd", new Parameter(2, -0.5), default),
        Read("w.Output(\"mean\", w.Input(\"x\", 3).Dense(2)); w.Output(\"std\", w.Parameter(\"LogStd\", 2, -0.5));").Nodes[2]);

    [Fact]
    public void A_chain_is_that_of_attributes()
    {
        NetworkGraph chain = NetworkGraph.Chain(new Input(4), [new Dense(8, "Tanh"), new LayerNorm(), new Dense(2, "Identity")], None);
        Assert.Equal(chain, Read("w.Output(\"output\", w.Input(\"input\", 4).Dense(8, Activation.Tanh).LayerNorm().Dense(2));"));
        Assert.Equal(chain, Read("w.Output(\"output\", w.Input(\"input\", 4).Dense(8, Activation.Tanh).LayerNorm().Dense(2))", "=> ", ";"));
    }

    [Theory]
    [MemberData(nameof(Synonyms))]
    public void The_same_in_other_words_is_equal(string body, string other)
    {
        Assert.Null(ObjectGraph.FirstDifference(Read(body), Read(other)));
        Assert.Equal(Read(body).GetHashCode(), Read(other).GetHashCode());
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_makes_another_graph(string before, string after)
    {
        Assert.Contains(before, Critic);
        Assert.NotEqual(Read(Critic), Read(Critic.Replace(before, after, StringComparison.Ordinal)));
    }

    /// <summary>The method is the specification: run in plain double precision, it gives what the generated code does.</summary>
    [Theory]
    [MemberData(nameof(Bodies))]
    public void Generated_code_computes_what_the_method_says(string body)
    {
        string source = Source(body).Replace("[Network]", "[Network(Precision = Precision.Double)]", StringComparison.Ordinal);
        NetworkGraph graph = Graph(source);
        foreach (Form form in new[] { Form.Auto, Form.Scalar })
        {
            Type type = Compiled.From(source, form).Load().GetType("Net", throwOnError: true)!;
            var network = (INetwork<double>)Activator.CreateInstance(type)!;
            var random = new Random(7);
            double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() + 0.1 - random.Next(2))];
            double[] parameters = [.. Numbers(network.Parameters.Layout.ParameterCount).Select(Math.Abs)];
            network.Parameters.CopyFrom(parameters);
            double[] inputs = Numbers(graph.InputValues().Sum(values => values.Count));
            var outputs = new double[graph.OutputValues().Sum(values => values.Count)];
            network.Forward(inputs, outputs);
            MethodInfo wire = type.GetMethod("Wire", BindingFlags.Static | BindingFlags.NonPublic)!;
            IReadOnlyDictionary<string, double[]> results = Wiring.Run(
                wire.CreateDelegate<Action<Wiring>>(), parameters, graph.InputValues().ToDictionary(values => values.Name, values => inputs[values.Start..(values.Start + values.Count)]));
            double[] expected = [.. graph.Outputs.SelectMany(output => results[output.Name])];
            Assert.Equal(expected.Length, outputs.Length);
            Assert.All(expected.Zip(outputs), pair => Assert.InRange(pair.Second, pair.First - (1e-12 * Math.Max(1, Math.Abs(pair.First))), pair.First + (1e-12 * Math.Max(1, Math.Abs(pair.First)))));
        }
    }

    [Fact]
    public void A_method_that_is_run_refuses_what_does_not_fit()
    {
        static void Wire(Wiring w) => w.Output("y", w.Input("x", 2).Dense(1));
        var x = new Dictionary<string, double[]> { ["x"] = [1, 2] };
        Assert.Equal([4 + 10 + 7.0], Wiring.Run(Wire, [4, 5, 7], x)["y"]);
        Assert.Throws<ArgumentException>(() => Wiring.Run(Wire, [4, 5], x));
        Assert.Throws<ArgumentException>(() => Wiring.Run(Wire, [4, 5, 7, 8], x));
        Assert.Throws<ArgumentException>(() => Wiring.Run(Wire, [4, 5, 7], new Dictionary<string, double[]>()));
        Assert.Throws<ArgumentException>(() => Wiring.Run(w => _ = w.Input("x", 2) + w.Input("x", 2).Slice(0, 1), [], x));
        Assert.Throws<ArgumentException>(() => Wiring.Run(w => w.Input("x", 2).Slice(1, 2), [], x));
        Assert.Throws<ArgumentException>(() => Wiring.Run(w => w.Input("x", 2).SoftmaxGroups(3), [], x));
        Assert.Throws<ArgumentException>(() => Wiring.Run(w => w.Input("x", 2).GaussianLogDensity(w.Parameter("y", 2), w.Parameter("z", 1)), [1, 2, 3], x));
        Assert.Throws<ArgumentException>(() => Wiring.Run(w => w.Input("x", 2).PRelu(sharesWith: "y"), [1], x));
        Assert.Throws<ArgumentException>(() => Wiring.Run(w => w.Input("x", 2).PRelu(name: "y").PRelu(perUnit: true, sharesWith: "y"), [1], x));
    }

    /// <summary>The generator knows the members of the library by name: these are all of them.</summary>
    [Fact]
    public void Members_are_those_of_the_library()
    {
        AssertSame(typeof(Wiring), WireMembers.Wiring);
        AssertSame(typeof(Signal), WireMembers.Signal);

        static void AssertSame(Type type, IReadOnlyDictionary<string, WireParameter[]> members)
        {
            MethodInfo[] methods = [.. type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName)];
            Assert.Equal(members.Keys.Order(), methods.Select(method => method.Name).Distinct().Order());
            Assert.All(methods, method => Assert.Equal(
                members[method.Name].Where(parameter => !IsOwn(method) || !WireMembers.NotBesideFormulas.Contains(parameter.Name))
                    .Select(parameter => IsOwn(method) && parameter.Type is WireType.Activation or WireType.Loss ? parameter with { IsOptional = false } : parameter).Select(parameter => (parameter.Name, Type(parameter.Type), parameter.IsOptional)),
                method.GetParameters().Select(parameter => (parameter.Name!, ParameterType: Named(parameter.ParameterType), parameter.HasDefaultValue || parameter.ParameterType == typeof(Signal[])))
                    .Select(parameter => (parameter.Item1, Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType, parameter.Item3))));
        }

        static bool IsOwn(MethodInfo method) => method.GetParameters().Any(parameter => Named(parameter.ParameterType) != parameter.ParameterType);

        // A formula stands in the place of a named one.
        static Type Named(Type type) => type == typeof(Func<double, double>) || type == typeof(Func<float, float>) ? typeof(Activation)
            : type == typeof(Func<double, double, double>) || type == typeof(Func<float, float, float>) ? typeof(Loss)
            : type;

        static Type Type(WireType type) => type switch
        {
            WireType.Integer => typeof(int),
            WireType.Real => typeof(double),
            WireType.Flag => typeof(bool),
            WireType.Text => typeof(string),
            WireType.Activation => typeof(Activation),
            WireType.Loss => typeof(Loss),
            WireType.Reduction => typeof(Reduction),
            WireType.Signal => typeof(Signal),
            _ => typeof(Signal[]),
        };
    }

    [Theory]
    [InlineData("var h", "var /* a comment */ h")]
    [InlineData("block < 2", "block < 1 + 1")]
    [InlineData("static void Wire", "static int Other() { return 1; } static void Wire")]
    public void An_edit_that_says_the_same_plans_nothing_again(string before, string after)
    {
        var project = new TrackedProject(Source(Critic));
        Assert.All(project.Edit(0, before, after).Outputs(PipelineSteps.Verdicts), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
        Assert.Equal("Net: Unchanged, Cached, Cached", project.Reasons());
        Assert.Equal("Net: Modified, Modified, Modified", project.Edit(0, "Dense(5", "Dense(6").Reasons());
    }

    /// <summary>Of two networks an edit of one body plans that one again, and an edit elsewhere none.</summary>
    [Fact]
    public void An_edit_costs_the_network_whose_body_it_changes()
    {
        const string Elsewhere = "namespace Demo; public class Player { int _score; public int Score(int points) { _score += points; return _score; } }";
        string first = Source(Critic).Replace("class Net", "class First", StringComparison.Ordinal);
        var project = new TrackedProject(first, Source("w.Output(\"y\", w.Input(\"x\", 3).Dense(4));").Replace("class Net", "class Second", StringComparison.Ordinal), Elsewhere);
        foreach ((int file, string before, string after) in new[]
        {
            (2, "_score += points", "_score -= points"), (2, "public class", "[System.Serializable] public class"), (0, "using NetGen;", "using NetGen;\n\n\n"), (1, "w.Output", "/* an output */ w.Output"),
        })
        {
            Assert.Equal("First: Unchanged, Cached, Cached\nSecond: Unchanged, Cached, Cached", project.Edit(file, before, after).Reasons());
            Assert.All(project.Outputs(PipelineSteps.Verdicts), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
        }

        Assert.Equal("First: Modified, Modified, Modified\nSecond: Unchanged, Cached, Cached", project.Edit(0, "Dense(5", "Dense(6").Reasons());
        Assert.Equal("First: Unchanged, Cached, Cached\nSecond: Modified, Modified, Modified", project.Edit(1, "Dense(4)", "Dense(4, Activation.Tanh)").Reasons());

        // Wrong, and right again.
        Assert.Equal("First: Unchanged, Cached, Cached\nSecond: Modified, Modified, Modified", project.Edit(1, "Dense(4,", "Dense(0,").Reasons());
        Assert.Equal("First: Unchanged, Cached, Cached\nSecond: Unchanged, Cached, Cached", project.Edit(1, "\"x\", 3", "\"x\", 2 + 1").Reasons());
        Assert.Equal(project.FromScratch().Errors, project.Errors);
        Assert.Equal("First: Unchanged, Cached, Cached\nSecond: Modified, Modified, Modified", project.Edit(1, "Dense(0,", "Dense(4,").Reasons());
        Assert.Equal(project.FromScratch().Texts, project.Texts);
    }

    [Fact]
    public void The_table_of_the_class_has_the_names_and_the_sizes_of_all_that_is_read()
    {
        string text = Assert.Single(Compiled.From(Source("var x = w.Input(\"x\", 3); w.Output(\"y\", x.Concat(w.Input(\"z\", 2)).Multiply(w.Parameter(\"p\", 5))); w.Output(\"q\", x.Slice(1, 1, name: \"<one\\n>\")); w.Output(\"r\", x.Slice(2, 1, name: \"a.name.that.is.longer.than.a.column\"));")).Files).Value;
        Assert.Contains("A fixed network 3 + 2 → y 5, q 1, r 1 with 5 layers: 5 parameters", text);
        Assert.Contains("1 layers.0                  3 + 2 → 5  identity", text);
        Assert.Contains("2 p                         5          identity", text);
        Assert.Contains("3 layers.2                  5 + 5 → 5  identity", text);
        Assert.Contains("4 &lt;one?&gt;                    3 → 1      identity", text);
        Assert.Contains("5 a.name.that.is.longer.t…  3 → 1      identity", text);
        Assert.Contains(": 1 value.", text);
    }

    [Fact]
    public void A_constant_in_another_file_counts()
    {
        var project = new TrackedProject(Source("w.Output(\"y\", w.Input(\"x\", Demo.Sizes.Width).Dense(1));"), "namespace Demo { class Sizes { public const int Width = 3; } }");
        Assert.Contains("InputCount = 3;", Assert.Single(project.Texts).Value);
        project.Edit(1, "Width = 3", "Width = 4");
        Assert.Contains("InputCount = 4;", Assert.Single(project.Texts).Value);
        Assert.Equal(project.FromScratch().Texts, project.Texts);
    }

    /// <summary>What the compiler refuses it says alone; the class keeps its members.</summary>
    [Theory]
    [InlineData("w.Output(\"y\", w.Input(\"x\", 2).Dens(1));", "CS1061")]
    [InlineData("w.Output(\"y\", w.Input(\"x\", 2).Dense(\"1\"));", "CS1503")]
    [InlineData("w.Output(\"y\", w.Input(\"x\", Missing).Dense(1));", "CS0103")]
    [InlineData("w.Output(\"y\", w.Input(\"x\", 2).Dense());", "CS1501")]
    [InlineData("w.Output(\"y\", w.Input(\"x\", 2).Dense(1)", "CS1026, CS1002")]
    [InlineData("var x = w.Input(\"x\", 2); x = x.Dense(1, Activation.Reluu); w.Output(\"y\", x);", "CS0117")]
    public void What_does_not_compile_is_the_only_error(string body, string expected)
    {
        Compiled compiled = Compiled.From(Source(body) + " class Use { int F(Net net) => net.Parameters.Length + Net.InputCount; }");
        Assert.Empty(compiled.GeneratorDiagnostics);
        Assert.Equal(expected, string.Join(", ", compiled.CompilerDiagnostics.Select(error => error.Id)));
    }

    private static string Source(string body, string open = "{ ", string close = " }") => $$"""
        using NetGen;
        [Network]
        sealed partial class Net
        {
            private const int Size = 2;
            static double Snake(double z) => z + System.Math.Sin(z) * System.Math.Sin(z);
            static float Cauchy(float a, float y) => System.MathF.Log(2 + (a - y) * (a - y));
            static void Wire(Wiring w) {{open}}{{body}}{{close}}
        }
        static class Sizes { public const int Inputs = 3; }
        class State { }
        """;

    private static NetworkGraph Read(string body, string open = "{ ", string close = " }") => Graph(Source(body, open, close));

    private static NetworkGraph Graph(string source)
    {
        var compilation = Compiled.Compilation(source);
        NetworkReading reading = DeclarationParser.Read(compilation.GetTypeByMetadataName("Net")!, compilation, default);
        Assert.Empty(reading.Errors);
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.True(reading.IsComplete);
        return reading.Declaration!.Spec.Graph;
    }

    private static GraphNode Node(int number, LayerSpec layer, params int[] inputs) => new(NetworkGraph.LayerName(number), layer, new EquatableArray<int>(inputs));
}
