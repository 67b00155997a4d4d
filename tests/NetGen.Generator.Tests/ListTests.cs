using System.Linq;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Generator.Parsing;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Networks declared by attributes, as the graphs that they are read as.</summary>
[Trait("Category", "Quick")]
public sealed class ListTests
{
    [Fact]
    public void Layers_of_all_kinds_follow_each_other_in_the_order_in_which_they_stand()
    {
        NetworkGraph graph = Read("[Network(4, Loss.Huber, Delta = 2), LayerNorm(Activation.Elu, Epsilon = 1e-3, UseWeight = false, Alpha = 0.5)] [Dense(8, Activation.Relu, UseBias = false), LayerNorm(UseBias = false)] [Dense(2)]");
        Assert.Equal(
            NetworkGraph.Chain(
                new Input(4),
                [
                    new LayerNorm(1e-3, UseWeight: false, UseBias: true, "Elu", 0.5),
                    new Dense(8, "Relu", UseBias: false),
                    new LayerNorm(UseBias: false),
                    new Dense(2, "Identity"),
                ],
                new LossSpec("Huber", Delta: 2)),
            graph);
    }

    [Fact]
    public void Statistics_are_declared()
    {
        NetworkGraph graph = Read("[Network(4)] [Normalize(Activation.Tanh, Clip = 5, Epsilon = 1e-3)] [Normalize] [RmsNorm(Activation.Elu, Epsilon = 1e-3, UseWeight = false, Alpha = 2)] [RmsNorm] [Denormalize(Activation.LeakyRelu, Alpha = 0.5)] [Denormalize]");
        Assert.Equal(
            new LayerSpec[] { new Normalize(5, 1e-3, "Tanh"), new Normalize(), new RmsNorm(1e-3, UseWeight: false, "Elu", 2), new RmsNorm(), new Denormalize("LeakyRelu", 0.5), new Denormalize() },
            graph.Nodes.Skip(1).Select(node => node.Layer));
    }

    [Fact]
    public void Groups_and_learned_slopes_are_declared()
    {
        NetworkGraph graph = Read("[Network(6)] [SoftmaxGroups(3, Activation.Elu, Alpha = 2)] [SoftmaxGroups(group: 2)] [PRelu] [PRelu(PerUnit = true, Initial = 0.5, Frozen = true)]");
        Assert.Equal(
            [
                Node("layers.0", new SoftmaxGroups(3, "Elu", 2), 0),
                Node("layers.1", new SoftmaxGroups(2), 1),
                Node("layers.2", new PRelu(), 2),
                Node("layers.3", new PRelu(IsShared: false, 0.5), 3) with { IsFrozen = true },
            ],
            graph.Nodes.Skip(1));
    }

    [Fact]
    public void Heads_read_the_trunk()
    {
        NetworkGraph graph = Read("""
            [Network(4)]
            [Dense(8, Activation.Silu)] [LayerNorm]
            [Head("Action")] [Dense(6, Activation.Tanh)] [Dense(2, Frozen = true)]
            [Head("Value", Loss.HalfSquaredError, Weight = 0.5)] [Dense(1)]
            [Head("Risk", Loss.Huber, Delta = 3, Reduction = Reduction.Sum, Weight = -1)] [Dense(1)]
            """);
        Assert.Equal(
            new NetworkGraph(
                new EquatableArray<GraphNode>(
                [
                    new("input", new Input(4), default),
                    Node("layers.0", new Dense(8, "Silu"), 0),
                    Node("layers.1", new LayerNorm(), 1),
                    Node("Action.0", new Dense(6, "Tanh"), 2),
                    Node("Action.1", new Dense(2, "Identity"), 3) with { IsFrozen = true },
                    Node("Value.0", new Dense(1, "Identity"), 2),
                    Node("Risk.0", new Dense(1, "Identity"), 2),
                ]),
                new EquatableArray<GraphOutput>(
                [
                    new("Action", 4, new LossSpec("None")),
                    new("Value", 5, new LossSpec("HalfSquaredError", Weight: 0.5)),
                    new("Risk", 6, new LossSpec("Huber", SumOutputs: true, 3, -1)),
                ])),
            graph);
    }

    [Fact]
    public void A_head_may_read_the_input()
    {
        NetworkGraph graph = Read("[Network(4)] [Head(\"A\")] [Dense(2)] [Head(\"B\")] [Dense(3)]");
        Assert.Equal([0, 0], graph.Nodes.Skip(1).Select(node => node.Inputs.Single()));
        Assert.Equal([1, 2], graph.Outputs.Select(output => output.Node));
    }

    [Theory]
    [InlineData("[Dense(4, Activation.Relu)] [LayerNorm] [Repeat(3, 2)] [Dense(1)]", "[Dense(4, Activation.Relu)] [LayerNorm] [Dense(4, Activation.Relu)] [LayerNorm] [Dense(4, Activation.Relu)] [LayerNorm] [Dense(1)]")]
    [InlineData("[Dense(4, Activation.Relu)] [LayerNorm] [Repeat(times: 2, layers: 1)]", "[Dense(4, Activation.Relu)] [LayerNorm] [LayerNorm]")]
    [InlineData("[Dense(4, Activation.Relu)] [Repeat(1, 1)]", "[Dense(4, Activation.Relu)]")]
    [InlineData("[Dense(4, Activation.Relu)] [Repeat(2, 1)] [LayerNorm] [Repeat(2, 3)]", "[Dense(4, Activation.Relu)] [Dense(4, Activation.Relu)] [LayerNorm] [Dense(4, Activation.Relu)] [Dense(4, Activation.Relu)] [LayerNorm]")]
    [InlineData("[LayerNorm] [Head(\"A\")] [Dense(4, Activation.Relu)] [Repeat(2, 1)]", "[LayerNorm] [Head(\"A\")] [Dense(4, Activation.Relu)] [Dense(4, Activation.Relu)]")]
    public void A_repetition_is_the_layers_again(string repeated, string written) => Assert.Equal(Read("[Network(4)] " + written), Read("[Network(4)] " + repeated));

    /// <summary>What of it can be planned is generated, and says nothing.</summary>
    [Theory]
    [InlineData("[Network(4, Loss.HalfSquaredError)] [Dense(8, Activation.Relu)] [LayerNorm] [Dense(2)]")]
    [InlineData("[Network(4)] [Dense(8, Activation.Relu)] [RmsNorm] [Head(\"Action\")] [Dense(2)] [Head(\"Value\", Loss.HalfSquaredError, Weight = 0.5)] [Dense(8, Activation.Tanh)] [RmsNorm(Epsilon = 1e-4, UseWeight = false)] [Dense(1)]")]
    [InlineData("[Network(4)] [Normalize(Clip = 10)] [Dense(8, Activation.Relu, Frozen = true)] [Head(\"Q\", Loss.HalfSquaredError)] [Dense(2)] [Denormalize]")]
    [InlineData("[Network(4, Loss.HalfSquaredError)] [LayerNorm(UseWeight = false, UseBias = false)] [Dense(8)] [LayerNorm(Activation.Tanh)]")]
    [InlineData("[Network(4, Loss.HalfSquaredError, SelfTest = true)] [Dense(8)] [PRelu] [Dense(6)] [PRelu(PerUnit = true)] [SoftmaxGroups(2)]")]
    [InlineData("[Network(4, SelfTest = true)] [LayerNorm] [Head(\"Value\", Loss.Huber)] [Dense(4, Activation.Gelu)] [Repeat(2, 1)] [Dense(1)]")]
    public void A_list_with_a_normalisation_is_generated(string attributes)
    {
        foreach (Form form in new[] { Form.Auto, Form.Scalar })
        {
            Compiled compiled = Compiled.From($"using NetGen; {attributes} sealed partial class Net {{ }}", form);
            Assert.DoesNotContain(compiled.Findings(), finding => finding.Severity > Microsoft.CodeAnalysis.DiagnosticSeverity.Info);
            Assert.Empty(compiled.CompilerDiagnostics);
            Assert.Single(compiled.Files);
        }
    }

    /// <summary>What its outputs are called stays known, and that a loss needs another activation is said once.</summary>
    [Theory]
    [InlineData("[Network(2)] [Head(\"P\", Loss.BinaryCrossEntropy)] [Dense(0, Activation.Sigmoid)] [Head(\"Q\")] [Dense(3)]", "NETGEN004")]
    [InlineData("[Network(2)] [Head(\"P\")] [Dense(4, Activation.Sigmoid)] [Head(\"Q\", Loss.CategoricalCrossEntropy)] [Dense(3)]", "NETGEN008")]
    [InlineData("[Network(8)] [SoftmaxGroups(3)] [Head(\"P\")] [Dense(4)] [Head(\"Q\", Loss.Huber)] [Dense(3)]", "NETGEN027")]
    [InlineData("[Network(2, Loss.Huber)] [Head(\"P\")] [Dense(4)] [Head(\"Q\")] [Dense(3)]", "NETGEN025")]
    [InlineData("[Network(1)] [Dense(1 << 30, Activation.Relu)] [Head(\"P\")] [Dense(4)] [Head(\"Q\", Loss.Huber)] [Dense(3)]", "NETGEN005")]
    public void A_wrong_network_of_several_outputs_keeps_its_members(string attributes, string id)
    {
        Compiled compiled = Compiled.From($$"""
            using NetGen; {{attributes}} sealed partial class Net
            {
                static object Use(System.ReadOnlySpan<float> x, System.Span<float> y, ParameterBuffer<float> g) { new Net().SgdStep(x, x, 0.1f); new Net().Forward(x, y); return (POutput, QOutput); }
            }
            """);
        Assert.Equal(id, Assert.Single(compiled.GeneratorDiagnostics).Id);
        Assert.Empty(compiled.CompilerDiagnostics);
        Assert.Contains(id, Assert.Single(compiled.Files).Value);
    }

    private static NetworkGraph Read(string attributes)
    {
        var compilation = Compiled.Compilation($"using NetGen; {attributes} sealed partial class Net {{ }}");
        NetworkReading reading = DeclarationParser.Read(compilation.GetTypeByMetadataName("Net")!, compilation, default);
        Assert.Empty(reading.Errors);
        Assert.True(reading.IsComplete);
        return reading.Declaration!.Spec.Graph;
    }

    private static GraphNode Node(string name, LayerSpec layer, int input) => new(name, layer, new EquatableArray<int>([input]));
}
