using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Importing;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Generator.Parsing;
using NetGen.Models.Graphs;
using NetGen.Models.Importing;
using NetGen.Models.Onnx;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>The text that a model amounts to declares the network that [Model] makes of it.</summary>
[Trait("Category", "Quick")]
public sealed class DeclarationTextTests
{
    private static readonly Scalar Z = Scalar.Variable;

    private static readonly Scalar[] Formulas =
    [
        Apply(ScalarOperator.Minimum, Apply(ScalarOperator.Maximum, Z, Scalar.Number(-3)), Scalar.Number(3)),
        Apply(
            ScalarOperator.Subtract,
            Apply(ScalarOperator.Divide, Apply(ScalarOperator.Power, 2, Z), Apply(ScalarOperator.Add, Z, Scalar.Number(-2))),
            Apply(ScalarOperator.Elu, 0.5, Apply(ScalarOperator.Negate, Apply(ScalarOperator.Subtract, Apply(ScalarOperator.Gelu, Z), Apply(ScalarOperator.Subtract, Z, Apply(ScalarOperator.Erf, Z)))))),
    ];

    private static readonly string[] Files =
    [
        .. Directory.GetFiles(Paths.Models, "*.onnx"),
        Path.Combine(Paths.Models, "invalid", "residual.onnx"),
    ];

    [Fact]
    public void Models_are_declared_as_the_graphs_that_are_made_of_them()
    {
        LayeredModel[] models = [.. Files.Select(Layers), Everything()];
        IEnumerable<(string, string)> texts = models.Select((model, index) => ($"Net{index}.cs", Text(model, $"Net{index}")));
        CSharpCompilation compilation = Compiled.Compilation(texts, Form.Auto);
        Assert.Equal(42, models.Length);
        Assert.All(models.Select((model, index) => (model, Name: $"Net{index}")), one =>
        {
            NetworkReading reading = DeclarationParser.Read(compilation.GetTypeByMetadataName("Demo." + one.Name)!, compilation, default);
            Assert.Empty(reading.Errors);
            NetworkGraph expected = ModelNetwork.Of(one.model).Graph;
            Assert.Equal(Lines(expected), Lines(reading.Declaration!.Spec.Graph));
        });
    }

    [Fact]
    public void A_list_is_attributes() => Assert.Equal(
        """
        [Network(4)]
        [Dense(64, Activation.Tanh)]
        [Dense(64, Activation.Tanh)]
        [Dense(2)]
        public sealed partial class Policy
        {
        }
        """.ReplaceLineEndings("\n"),
        string.Join("\n", DeclarationText.Class(Layers(Path.Combine(Paths.Models, "policy_4_64_64_2.onnx")), "public sealed partial class Policy")));

    [Fact]
    public void A_graph_is_a_method() => Assert.Equal(
        """
        using System;
        using NetGen;

        namespace Demo
        {
            [Network]
            public sealed partial class Net
            {
                private static double F1(double z) => Math.Min(Math.Max(z, -3), 3);
                private static double F2(double z) => Math.Pow(z, 2) / (z + -2) - Elu(-(Gelu(z) - (z - StrictMath.Erf(z))), 0.5);
                private static double Elu(double z, double alpha) => z > 0 ? z : alpha * StrictMath.Expm1(z);
                private static double Gelu(double z) => 0.5 * z * StrictMath.Erfc(-0.7071067811865476 * z);

                static void Wire(Wiring w)
                {
                    // Parameters without a layer are constants of the file; here they would be trained.
                    Signal x0 = w.Input("Obs0", 4);
                    Signal x1 = w.Input("Mask", 4);
                    Signal h4 = x0.Normalize(clip: 5)
                        .Dense(4, useBias: false, name: "trunk")
                        .Activate(Activation.LeakyRelu, alpha: 0.2);
                    Signal h5 = x1.Dense(4, useBias: false, sharesWith: "trunk");
                    Signal h7 = h4.Subtract(h5).LayerNorm(Activation.Relu, epsilon: 0.001, useWeight: false);
                    Signal h8 = w.Parameter("layers.6", 4);
                    Signal h9 = h7.Multiply(h8);
                    Signal h10 = w.Parameter("layers.8", 4);
                    Signal h11 = h9.Add(h10);
                    Signal h12 = h11.Slice(1, 2);
                    Signal h14 = h11.Concat(h12).Dense(8, F1, frozen: true);
                    Signal h15 = h14.SoftmaxGroups(4);
                    Signal h16 = h14.Dense(8, name: "head");
                    Signal h18 = x1.Activate(F2).Activate(Activation.LogSoftmax);
                    w.Output("P", h15);
                    w.Output("Action", h16);
                    w.Output("Output2", h18);
                    // Action is the index of the largest, which the caller finds.
                }
            }
        }
        """.ReplaceLineEndings("\n"),
        Text(Everything(), "Net"));

    /// <summary>What the methods compute that stand for formulas is the formula.</summary>
    [Fact]
    public void Formulas_are_methods()
    {
        Compiled compiled = Compiled.From(Text(Everything(), "Net"));
        Assert.Empty(compiled.Findings());
        Type type = compiled.Load().GetType("Demo.Net")!;
        Assert.All(Formulas, (formula, index) =>
        {
            MethodInfo method = type.GetMethod($"F{index + 1}", BindingFlags.Static | BindingFlags.NonPublic)!;
            Assert.All(new[] { 0.125, 1, 2.5, 40 }, z => Assert.Equal(formula.At(z), (double)method.Invoke(null, [z])!, 1e-13 * Math.Abs(formula.At(z))));
        });
    }

    private static string Text(LayeredModel model, string name) => string.Join("\n", DeclarationText.Lines(model, name, "Demo"));

    private static LayeredModel Layers(string path)
    {
        ModelGraph graph = OnnxImporter.Import(OnnxReader.Read(File.ReadAllBytes(path), null), new ImportOptions()).Graph;
        return LayerBuilder.Build(graph, new ModelNames(graph));
    }

    private static Scalar Apply(ScalarOperator operation, params Scalar[] operands) => Scalar.Apply(operation, operands);

    private static Scalar Apply(ScalarOperator operation, double alpha, Scalar operand) => Scalar.Apply(operation, alpha, operand);

    /// <summary>A model that has each kind of layer.</summary>
    private static LayeredModel Everything()
    {
        double[] one = [1, 1, 1, 1];
        double[] zero = new double[4];
        double[] some = [2, 3, 4, 5];
        var limit = Apply(ScalarOperator.Minimum, Apply(ScalarOperator.Maximum, Z, Scalar.Number(-5)), Scalar.Number(5));
        ModelNode[] nodes =
        [
            new InputNode("obs_0", 4),
            new InputNode("mask", 4),
            new AffineNode(0, some, some, zero),
            new ScalarNode(2, limit, 4),
            new DenseNode(3, new double[16], null, 4) { Name = "trunk.weight" },
            new ScalarNode(4, Apply(ScalarOperator.LeakyRelu, 0.2, Z), 4),
            new DenseNode(1, new double[16], null, 4) { SharesWith = 4 },
            new PairNode(ScalarOperator.Subtract, 5, 6, 4),
            new LayerNormNode(7, 1e-3, null, one, 4),
            new ScalarNode(8, Apply(ScalarOperator.Relu, Z), 4),
            new AffineNode(9, zero, zero, some),
            new SliceNode(10, 1, 2),
            new ConcatNode(new ValueList<int>(10, 11), 6),
            new DenseNode(12, new double[48], new double[8], 8) { IsFixed = true },
            new ScalarNode(13, Formulas[0], 8),
            new SoftmaxNode(14, 4, false, 8),
            new DenseNode(14, new double[64], new double[8], 8) { Name = "head/kernel:0" },
            new ArgMaxNode(16, 8, 1),
            new ScalarNode(1, Formulas[1], 4),
            new SoftmaxNode(18, 4, true, 4),
        ];
        var graph = new ModelGraph(nodes, [new ModelOutput("p", 15), new ModelOutput("action", 17, true), new ModelOutput("2", 19)]);
        return LayerBuilder.Build(graph, new ModelNames(graph));
    }

    /// <summary>A graph with all that texts say; formulas are compared apart, and constants cannot be kept from being trained.</summary>
    private static IEnumerable<string> Lines(NetworkGraph graph)
    {
        bool isNamed = graph.HasNamedValues || !graph.IsChain;
        IReadOnlyList<int> sizes = graph.Sizes();
        return graph.Nodes.Select(node =>
            $"{(isNamed && node.Layer.Parameters(node.Inputs.Select(input => sizes[input]).ToArray()).Count > 0 && node.SharesWith is null ? node.Name : "")} "
            + $"{(node.Layer.Own is null ? node.Layer : node.Layer with { Own = null })} {string.Join(",", node.Inputs)} {node.SharesWith} {node.IsFrozen && node.Layer is not Parameter}")
            .Concat(graph.Outputs.Select(output => $"{(isNamed ? output.Name : "")} {output.Node}"));
    }
}
