using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Models.Graphs;
using NetGen.Models.Importing;
using Xunit;
using Xunit.Abstractions;

namespace NetGen.Models.Tests;

/// <summary>Every model file is a graph that computes what another program computed, or is refused with one message that says why.</summary>
public sealed class ImportTests(ITestOutputHelper output)
{
    /// <summary>What is refused, by what the message says: all others are read.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["burn-onnx/attention_3d.onnx"] = "(Attention)",
        ["burn-onnx/gemm.onnx"] = "'C'",
        ["burn-onnx/gru.onnx"] = "(GRU) is not supported: a recurrent layer",
        ["burn-onnx/if_linear.onnx"] = "'condition' is not supported: it has numbers of type Bool",
        ["burn-onnx/loop_simple.onnx"] = "'M' is not supported: it has numbers of type Int64",
        ["burn-onnx/lstm.onnx"] = "(LSTM) is not supported: a recurrent layer",
        ["total-wipeout-ai/Hallway.onnx"] = "'LSTM_13' (LSTM) is not supported: a recurrent layer",
        ["total-wipeout-ai/3DBallHard.onnx"] = "(RandomNormalLike) is not supported: it is random; with Deterministic = true",
        ["ai_2048/Sorter.onnx"] = "(Less)",
        ["ml-agents-banana-collector/GridFoodCollector2.onnx"] = "(Conv)",
        ["wonnx/opt-mnist.onnx"] = "(Conv)",
        ["rten/mnist-external.onnx"] = "(Conv)",
        ["onnx/test_Conv1d.onnx"] = "(Conv)",
        ["onnx/test_operator_addmm.onnx"] = "(Gemm) is not supported: both of its factors are computed",
        ["tract/lgbm_regressor_tensor.onnx"] = "(Less)",
        ["tract/linear_classifier.onnx"] = "'ai.onnx.ml'",
        ["tract/qlstm_3-2-3_T3_S1.onnx"] = "(QuantizeLinear) is not supported: the model is quantised",
        ["tract/qrelu_1.onnx"] = "(QuantizeLinear) is not supported: the model is quantised",
        ["onnxruntime-ruby/lightgbm.onnx"] = "'ai.onnx.ml'",
        ["onnxruntime-ruby/logreg_iris.onnx"] = "ai.onnx.ml",
        ["machinelearning/MultiClassificationLogisticRegressionSaveModelToOnnxTest.onnx"] = "'ai.onnx.ml'",
        ["ort/attr_tester.onnx"] = "'test.customop'",
    };

    public static TheoryData<string> Golden => [.. ModelIndex.Names(ModelFiles.Golden)];

    public static TheoryData<string> Others => [.. ModelIndex.Names(ModelFiles.Others)];

    public static TheoryData<string, string?> Invalid => new()
    {
        { "missing_initializer", "The value 'W1' is neither an input, nor a constant, nor computed by a node." },
        { "shape_mismatch", "Node 'gemm1' (Gemm) is not supported: its weights 'W1' are for 17 values, it is given [batch, 16]." },
        { "unsupported_conv", "Node 0 (Conv) is not supported: networks here have no convolutions; one is read whose kernel is all that it reads, and this one has [2, 1, 3, 3] over [batch, 1, 8, 8]." },
        { "two_inputs", "Node 0 (MatMul) is not supported: both of its factors are computed, as in attention; a product with weights is read." },
        { "softmax_axis0", "Node 1 (Softmax) is not supported: it goes over the batch, and so mixes samples." },
        { "nan_weight", "Node 'gemm0' (Gemm) is not supported: its weights have NaN or an infinity among them, which no trained network has." },
        { "external_data_missing", "weights_that_do_not_exist.bin" },
        { "external_data_traversal", "outside_the_folder.bin" },

        // What is a network now was none for importers of chains.
        { "residual", null },
        { "unsupported_activation", null },
        { "unsupported_prelu", null },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void A_file_that_was_made_computes_what_it_should(string file) => Assert.InRange(Error(ModelFiles.Golden, file), 0, ModelCase.Tolerance);

    [Theory]
    [MemberData(nameof(Others))]
    public void A_file_of_others_computes_what_it_should_or_is_refused(string file) => Check(ModelFiles.Others, file);

    /// <param name="file">A file that importers of chains refuse.</param>
    /// <param name="message">What is said, or null where it is a network.</param>
    [Theory]
    [MemberData(nameof(Invalid))]
    public void A_file_that_is_no_network_is_refused(string file, string? message)
    {
        var model = new ModelCase(Path.Combine(ModelFiles.Golden, "invalid", file + ".onnx"), []);
        if (message is null)
        {
            Assert.NotEmpty(model.Import().Graph.Outputs);
        }
        else
        {
            Assert.Contains(message, Assert.Throws<InvalidDataException>(() => model.Import()).Message, StringComparison.Ordinal);
        }
    }

    [WildFact]
    public void Every_file_that_was_found_computes_what_it_should_or_is_refused()
    {
        foreach (string file in ModelIndex.Names(ModelFiles.Wild!))
        {
            Check(ModelFiles.Wild!, file);
        }
    }

    /// <summary>Noise that is left out leaves what is expected of it.</summary>
    [WildFact]
    public void Without_noise_random_outputs_are_read_too()
    {
        foreach (string file in new[] { "total-wipeout-ai/3DBallHard.onnx", "ai_2048/Walker.onnx", "total-wipeout-ai/PushBlock.onnx" })
        {
            ModelCase model = ModelCase.Of(ModelFiles.Wild!, "models/" + file);
            ImportedModel imported = model.Import(new ImportOptions(IsDeterministic: true));
            Assert.Contains(imported.Remarks, remark => remark.StartsWith("Without noise: node 'RandomNormalLike_", StringComparison.Ordinal));
            Assert.Contains(imported.Graph.Outputs, result => result.Name == "continuous_actions");
            Assert.InRange(model.Error(imported.Graph, (result, inputs) => GraphValues.Of(imported.Graph, result, inputs)), 0, ModelCase.Tolerance);
        }
    }

    /// <summary>Rows of one product whose values lie scattered have each a matrix of its own.</summary>
    [Fact]
    public void Rows_of_a_transposed_tensor_have_their_own_columns()
    {
        float[] weight = [.. Enumerable.Range(0, 60).Select(index => (index % 7) - 2.5f)];
        ModelGraph graph = Import(new OnnxBuilder().Input("x", "batch", 20, 2).Constant("w", [20, 3], weight)
            .Node("Transpose", ["x"], ["t"], ("perm", new long[] { 0, 2, 1 })).Node("MatMul", ["t", "w"], ["y"]).Output("y", "batch", 2, 3));
        double[] x = [.. Enumerable.Range(0, 40).Select(index => Math.Sin(index))];
        double[] expected = [.. Enumerable.Range(0, 6).Select(at => Enumerable.Range(0, 20).Sum(input => x[(input * 2) + (at / 3)] * weight[(input * 3) + (at % 3)]))];
        Assert.All(expected.Zip(GraphValues.Of(graph, graph.Outputs[0], new Dictionary<string, double[]> { ["x"] = x })), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    /// <summary>Where the first row of a product is not needed, the others keep their weights.</summary>
    [Fact]
    public void Weights_of_a_row_that_nobody_needs_are_those_of_the_next()
    {
        ModelGraph graph = Import(new OnnxBuilder().Input("x", "batch", 3, 2).Constant("w", [2, 2], 1f, 2, 3, 4)
            .Constant("starts", [1], 1L).Constant("ends", [1], 3L).Constant("axes", [1], 1L)
            .Node("MatMul", ["x", "w"], ["z"]).Node("Slice", ["z", "starts", "ends", "axes"], ["y"]).Output("y", "batch", 2, 2));
        Assert.Equal([7, 10, 15, 22], GraphValues.Of(graph, graph.Outputs[0], new Dictionary<string, double[]> { ["x"] = [9, 9, 1, 2, 3, 4] }));
        Assert.Single(graph.Nodes.OfType<DenseNode>(), dense => dense.SharesWith is null);
    }

    [Fact]
    public void What_is_left_out_is_said()
    {
        ImportedModel imported = ModelCase.Of(ModelFiles.Others, "total-wipeout-ai/deterContinuous2vis8vec2action_v2_0.onnx").Import();
        Assert.Equal(["deterministic_continuous_actions"], imported.Graph.Outputs.Select(result => result.Name));
        Assert.Equal(
            [
                "The output 'version_number' is left out: it is always 3.",
                "The output 'memory_size' is left out: it is always 0.",
                "The output 'continuous_action_output_shape' is left out: it is always 2.",
                "The output 'continuous_actions' is left out: it is random. With Deterministic = true it is read without the noise.",
            ],
            imported.Remarks);
        ImportedModel handed = ModelCase.Of(ModelFiles.Others, "godot_rl_agents_examples/BallChase.onnx").Import();
        Assert.Equal(["The output 'state_outs' is left out: it is an input that is passed through."], handed.Remarks);
    }

    private static ModelGraph Import(OnnxBuilder model) => OnnxImporter.Import(model.Read(), new ImportOptions()).Graph;

    private void Check(string folder, string file)
    {
        string key = file.StartsWith("models/", StringComparison.Ordinal) ? file["models/".Length..] : file;
        if (Refused.TryGetValue(key, out string? message))
        {
            string said = Assert.Throws<InvalidDataException>(() => ModelCase.Of(folder, file).Import()).Message;
            output.WriteLine($"{key}: {said}");
            Assert.Contains(message, said, StringComparison.Ordinal);
            return;
        }

        double error = Error(folder, file);
        Assert.True(error <= ModelCase.Tolerance, $"{key}: {error}");
    }

    private double Error(string folder, string file)
    {
        ModelCase model = ModelCase.Of(folder, file);
        ModelGraph graph = model.Import().Graph;
        double error = model.Error(graph, (result, inputs) => GraphValues.Of(graph, result, inputs));
        output.WriteLine($"{file}: {string.Join(", ", graph.Outputs.Select(result => result.Name))}, {graph.Parameters} parameters, largest error {error:E1}");
        return error;
    }
}
