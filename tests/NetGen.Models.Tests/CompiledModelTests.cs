using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using NetGen.Models.Graphs;
using NetGen.Models.Importing;
using NetGen.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace NetGen.Models.Tests;

/// <summary>Classes that are the networks of model files, compiled with their weights, compute what other programs computed.</summary>
public sealed class CompiledModelTests(ITestOutputHelper output)
{
    /// <summary>A model of each kind of structure, which are together compiled in little time.</summary>
    private static readonly string[] Names =
    [
        "godot_rl_agents_examples/BallChase.onnx",
        "gymgodot/my_ppo_model.onnx",
        "nnet/TestNetwork2.onnx",
        "tract/example.onnx",
        "total-wipeout-ai/deterContinuous2vis8vec2action_v2_0.onnx",
        "total-wipeout-ai/deterDiscrete1obs3action_v2_0.onnx",
        "burn-onnx/batch_norm.onnx",
    ];

    /// <summary>The newest consumers, and those of the floor dialect, of which one model is enough.</summary>
    [Theory]
    [InlineData(Form.Auto, 7)]
    [InlineData(Form.Scalar, 2)]
    public void Computes_what_it_should(Form form, int count) => Check(form, [.. Names.Take(count).Select(name => ModelCase.Of(ModelFiles.Others, name))]);

    /// <summary>Every file that is read, compiled: minutes.</summary>
    [WildFact(isLong: true)]
    public void Every_file_that_was_found_computes_what_it_should()
    {
        ModelCase[] models = [.. ModelIndex.Names(ModelFiles.Wild!).Select(name => ModelCase.Of(ModelFiles.Wild!, name)).Where(model => model.Samples.Count > 0 && IsRead(model))];
        foreach (ModelCase[] some in models.Chunk(12))
        {
            Check(Form.Auto, some);
        }
    }

    /// <summary>Few weights are numbers in the text, more are base 64.</summary>
    [Theory]
    [InlineData("values = new float[]", 4, 8, 2)]
    [InlineData("const string Text", 64, 100, 3)]
    public void Weights_are_the_same_in_every_form_of_their_text(string text, params int[] sizes)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "dense.onnx");
        DenseModel.Write(path, sizes);
        ModelGraph graph = new ModelCase(path, []).Import().Graph;
        CompiledModel compiled = CompiledModel.From(
            "#pragma warning disable CS1591\nusing NetGen; [Model(\"dense.onnx\")] public sealed partial class Net { public static float[] Weights() { var all = new float[ParameterCount]; Shared.CopyParametersTo(all); return all; } }",
            Form.Auto,
            path);
        Assert.Contains(text, compiled.Files["Net.Weights.g.cs"], StringComparison.Ordinal);
        var weights = (float[])compiled.Load().GetType("Net")!.GetMethod("Weights")!.Invoke(null, null)!;
        Assert.Equal(graph.Nodes.SelectMany(node => node.Constants).SelectMany(block => block).Select(weight => (float)weight), weights);
    }

    /// <summary>What is trainable has the same outputs, a buffer of its own, and gradients.</summary>
    [Fact]
    public void A_trainable_model_begins_as_the_file_has_it()
    {
        const string Source = """
            using NetGen;
            [Model("policy_4_64_64_2.onnx")] public sealed partial class Fixed { }
            [Model("policy_4_64_64_2.onnx", Trainable = true)] public sealed partial class Trained { }
            [Model("policy_4_64_64_2.onnx")] [Network(4, Loss.SquaredError)] [Dense(64, Activation.Tanh)] [Dense(64, Activation.Tanh)] [Dense(2)] public sealed partial class Declared { }
            public static class Run
            {
                public static bool[] All()
                {
                    var x = new float[] { 0.3f, -0.2f, 0.5f, 1 };
                    var a = new float[2];
                    var b = new float[2];
                    Fixed.Shared.Forward(x, a);
                    var trained = new Trained();
                    trained.Forward(x, b);
                    var same = a[0] == b[0] && a[1] == b[1];
                    trained.Parameters.Clear();
                    trained.Forward(x, b);
                    var changed = b[0] == 0 && b[1] == 0;
                    var other = new Trained();
                    other.Forward(x, b);
                    var own = a[0] == b[0];
                    var declared = new Declared();
                    declared.Forward(x, b);
                    own &= a[0] == b[0] && a[1] == b[1];
                    declared.Initialize(1);
                    declared.LoadModelWeights();
                    declared.Forward(x, b);
                    own &= a[0] == b[0] && a[1] == b[1];
                    trained.LoadModelWeights();
                    trained.Forward(x, b);
                    INetwork<float> network = trained;
                    var gradient = network.CreateGradient();
                    var trace = new float[network.TraceLength];
                    network.Forward(x, b, trace);
                    network.Backward(x, trace, new float[] { 1, 0 }, gradient);
                    var values = new float[Fixed.ParameterCount];
                    IPredictor<float> predictor = Fixed.Shared;
                    predictor.CopyParametersTo(values);
                    var kept = new float[Trained.ParameterCount];
                    ((IPredictor<float>)trained).CopyParametersTo(kept);
                    return new[] { same, changed, own, a[0] == b[0], gradient.AsSpan().ToArray().Length > 0 && System.Array.Exists(gradient.AsSpan().ToArray(), value => value != 0), System.MemoryExtensions.SequenceEqual<float>(values, kept) };
                }
            }
            """;
        Type run = CompiledModel.From("#pragma warning disable CS1591\n" + Source, Form.Auto, Path.Combine(ModelFiles.Golden, "policy_4_64_64_2.onnx")).Load().GetType("Run")!;
        Assert.Equal([true, true, true, true, true, true], (bool[])run.GetMethod("All")!.Invoke(null, null)!);
    }

    /// <summary>A mask of ML-Agents that is not given allows all, and one that is given is obeyed.</summary>
    [Fact]
    public void Without_a_mask_all_actions_are_legal()
    {
        const string Source = """
            #pragma warning disable CS1591
            using NetGen;
            [Model("deterDiscrete1obs3action_v2_0.onnx")]
            public sealed partial class Agent
            {
                public static int Choose(float[] observation, float[]? masks)
                {
                    var choice = new int[1];
                    if (masks is null) { Shared.ForwardNamed(observation, choice); } else { Shared.ForwardNamed(observation, masks, choice); }
                    return choice[0];
                }
            }
            """;
        ModelCase model = ModelCase.Of(ModelFiles.Others, "total-wipeout-ai/deterDiscrete1obs3action_v2_0.onnx");
        ModelGraph graph = model.Import().Graph;
        int[] sizes = [.. graph.Inputs.Select(input => input.Size)];
        MethodInfo choose = CompiledModel.From(Source, Form.Auto, model.Path).Load().GetType("Agent")!.GetMethod("Choose")!;
        int Choice(float[]? masks) => (int)choose.Invoke(null, [Enumerable.Range(0, sizes[0]).Select(index => MathF.Sin(index)).ToArray(), masks])!;
        float[] legal = [.. Enumerable.Repeat(1f, sizes[1])];
        int best = Choice(null);
        Assert.Equal(Choice(legal), best);
        legal[best] = 0;
        Assert.NotEqual(Choice(legal), best);
    }

    /// <summary>Layers that do not read each other may be declared in another order than the file has, and terms may change places; the outputs say which is which.</summary>
    [Fact]
    public void A_declaration_may_have_another_order_than_its_file()
    {
        const string Source = """
            #pragma warning disable CS1591
            using NetGen;
            [Model("heads.onnx")] public sealed partial class Derived { }
            [Model("heads.onnx")] [Network]
            public sealed partial class Declared
            {
                private static void Wire(Wiring w)
                {
                    Signal x = w.Input("x", 3);
                    Signal trunk = x + x.Dense(3, Activation.Tanh);
                    w.Output("policy", trunk.Dense(2));
                    w.Output("value", trunk.Dense(2));
                }
            }
            public static class Run
            {
                public static float[] Both(bool isDeclared)
                {
                    float[] policy = new float[2], value = new float[2], x = { 0.3f, -0.7f, 0.4f };
                    if (isDeclared) { new Declared().ForwardNamed(x, policy, value); } else { Derived.Shared.ForwardNamed(x, value, policy); }
                    return new[] { policy[0], policy[1], value[0], value[1] };
                }
            }
            """;
        using var folder = new TemporaryFolder();
        MethodInfo both = CompiledModel.From(Source, Form.Auto, Heads(folder, values: 2)).Load().GetType("Run")!.GetMethod("Both")!;
        Assert.Equal((float[])both.Invoke(null, [false])!, (float[])both.Invoke(null, [true])!);
    }

    /// <summary>The declaration that a file amounts to is one of it, its formulas included, whatever they are called.</summary>
    [Theory]
    [InlineData("total-wipeout-ai/deterContinuous2vis8vec2action_v2_0.onnx")]
    [InlineData("total-wipeout-ai/deterDiscrete1obs3action_v2_0.onnx")]
    public void A_declaration_that_was_printed_fits_its_file(string file)
    {
        ModelCase model = ModelCase.Of(ModelFiles.Others, file);
        ModelGraph graph = model.Import(new ImportOptions(KeepsNormalisation: true)).Graph;
        string declaration = string.Join("\n", DeclarationText.Class(LayerBuilder.Build(graph, new ModelNames(graph)), "public sealed partial class Net"));
        string source = $"#pragma warning disable CS1591\nusing System; using NetGen;\n[Model(\"{Path.GetFileName(file)}\")]\n{declaration}";
        Assert.Empty(CompiledModel.From(source, Form.Auto, model.Path).Diagnostics.Select(diagnostic => diagnostic.ToString()));
    }

    /// <summary>Inputs that are declared in another order are those of their names.</summary>
    [Fact]
    public void Inputs_go_by_their_names()
    {
        const string Source = """
            #pragma warning disable CS1591
            using NetGen;
            [Model("two.onnx")] [Network]
            public sealed partial class Net
            {
                private static void Wire(Wiring w)
                {
                    Signal b = w.Input("b", 2), a = w.Input("a", 2);
                    w.Output("y", a.Dense(1) - b.Dense(1));
                }

                public static float Value()
                {
                    var y = new float[1];
                    new Net().ForwardNamed(b: new float[] { 0.25f, 0.5f }, a: new float[] { 1, 2 }, y: y);
                    return y[0];
                }
            }
            """;
        OnnxBuilder model = new OnnxBuilder().Input("a", "batch", 2).Input("b", "batch", 2)
            .Constant("wa", [2, 1], 1f, 2).Constant("wb", [2, 1], 4f, 8).Constant("bias", [1], 0f)
            .Node("Gemm", ["a", "wa", "bias"], ["za"]).Node("Gemm", ["b", "wb", "bias"], ["zb"]).Node("Sub", ["za", "zb"], ["y"]).Output("y", "batch", 1);
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "two.onnx");
        File.WriteAllBytes(path, model.ToBytes());
        Assert.Equal(0f, CompiledModel.From(Source, Form.Auto, path).Load().GetType("Net")!.GetMethod("Value")!.Invoke(null, null));
    }

    /// <summary>The same layers under exchanged names are not those of the file, and neither are two layers with one weight.</summary>
    [Theory]
    [InlineData("""w.Output("policy", trunk.Dense(1)); w.Output("value", trunk.Dense(2));""", 1, "has as outputs 'Value' of layer 3, 'Policy' of layer 4, declared is as outputs 'policy' of layer 3, 'value' of layer 4")]
    [InlineData("""w.Output("actor", trunk.Dense(2)); w.Output("value", trunk.Dense(2));""", 2, "declared is as outputs 'actor' of layer 3, 'value' of layer 4")]
    [InlineData("""w.Output("policy", trunk.Dense(2, name: "head")); w.Output("value", trunk.Dense(2, sharesWith: "head"));""", 2, "of node 2, with the parameters of node 3)")]
    public void Another_graph_is_refused(string outputs, int values, string message)
    {
        using var folder = new TemporaryFolder();
        string source = "#pragma warning disable CS1591\nusing NetGen; [Model(\"heads.onnx\")] [Network] public sealed partial class Net { private static void Wire(Wiring w) { Signal x = w.Input(\"x\", 3); Signal trunk = x.Dense(3, Activation.Tanh) + x; "
            + outputs + " } }";
        Assert.Contains(message, string.Join("\n", CompiledModel.From(source, Form.Auto, Heads(folder, values)).Diagnostics), StringComparison.Ordinal);
    }

    /// <summary>A file of a residual trunk with two heads, the second of two units.</summary>
    private static string Heads(TemporaryFolder folder, int values)
    {
        float[] Numbers(int count, int seed) => [.. Enumerable.Range(0, count).Select(index => MathF.Sin((index * 1.7f) + seed))];
        OnnxBuilder model = new OnnxBuilder().Input("x", "batch", 3);
        foreach ((string name, int units, int seed) in new[] { ("t", 3, 1), ("v", values, 2), ("p", 2, 3) })
        {
            model.Constant(name + ".weight", [units, 3], Numbers(units * 3, seed)).Constant(name + ".bias", [units], Numbers(units, seed + 9));
        }

        model.Node("Gemm", ["x", "t.weight", "t.bias"], ["z"], ("transB", 1)).Node("Tanh", ["z"], ["a"]).Node("Add", ["a", "x"], ["trunk"])
            .Node("Gemm", ["trunk", "v.weight", "v.bias"], ["value"], ("transB", 1)).Node("Gemm", ["trunk", "p.weight", "p.bias"], ["policy"], ("transB", 1))
            .Output("value", "batch", values).Output("policy", "batch", 2);
        string path = Path.Combine(folder.Path, "heads.onnx");
        File.WriteAllBytes(path, model.ToBytes());
        return path;
    }

    private static bool IsRead(ModelCase model)
    {
        try
        {
            return model.Import().Graph.Outputs.Count > 0;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private void Check(Form form, ModelCase[] models)
    {
        ModelGraph[] graphs = [.. models.Select(model => model.Import().Graph)];
        var source = new StringBuilder("#pragma warning disable CS1591\nusing NetGen;\n");
        for (int index = 0; index < models.Length; index++)
        {
            source.Append(ModelClass.Text(index, models[index].Path, graphs[index]));
        }

        Assembly assembly = CompiledModel.From(source.ToString(), form, [.. models.DistinctBy(model => model.Path).Select(model => CompiledModel.Stub(model.Path, model.Beside))]).Load();
        for (int index = 0; index < models.Length; index++)
        {
            ModelGraph graph = graphs[index];
            double error = models[index].Error(graph, new ModelClass(assembly, index, graph).Values);
            output.WriteLine($"{models[index].Path}: largest error {error:E1}");
            Assert.True(error <= ModelCase.Tolerance, $"{models[index].Path}: {error}");
        }
    }
}
