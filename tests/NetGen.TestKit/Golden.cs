using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace NetGen.TestKit;

/// <summary>The reference values of <c>data/golden</c>; <c>data/README.md</c> says where they come from.</summary>
public static class Golden
{
    private static readonly Dictionary<string, string> Activations = new()
    {
        ["identity"] = "Identity",
        ["sigmoid"] = "Sigmoid",
        ["tanh"] = "Tanh",
        ["relu"] = "Relu",
        ["softmax"] = "Softmax",
        ["leaky_relu"] = "LeakyRelu",
        ["elu"] = "Elu",
        ["selu"] = "Selu",
        ["gelu"] = "Gelu",
        ["gelu_tanh"] = "GeluTanh",
        ["silu"] = "Silu",
        ["softplus"] = "Softplus",
        ["softsign"] = "Softsign",
        ["mish"] = "Mish",
        ["hard_sigmoid"] = "HardSigmoid",
        ["hard_tanh"] = "HardTanh",
        ["relu6"] = "Relu6",
        ["sin"] = "Sin",
        ["snake"] = "Snake",
        ["exp"] = "Exp",
        ["hard_swish"] = "HardSwish",
        ["clipped_relu"] = "ClippedRelu",
        ["squared_clipped_relu"] = "SquaredClippedRelu",
        ["celu"] = "Celu",
    };

    /// <summary>The cases of a file.</summary>
    public static IReadOnlyList<GoldenCase> Cases(string file) => Read(file).RootElement.GetProperty("cases").EnumerateArray()
        .Select(json => new GoldenCase(json))
        .ToList();

    /// <summary>A file as it is.</summary>
    public static JsonDocument Read(string file)
    {
        using Stream stream = Open(file + ".json");
        return JsonDocument.Parse(stream);
    }

    /// <summary>The lines of a CSV file below the header.</summary>
    public static IEnumerable<string[]> Rows(string file)
    {
        using var reader = new StreamReader(Open(file + ".csv"));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split(',');
        }
    }

    /// <summary>A number; those that are not finite are written as text.</summary>
    public static double Number(JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? double.Parse(json.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : json.GetDouble();

    /// <summary>All numbers of nested arrays, in order.</summary>
    public static double[] Flatten(JsonElement json) => json.ValueKind == JsonValueKind.Array
        ? json.EnumerateArray().SelectMany(Flatten).ToArray()
        : new[] { Number(json) };

    /// <summary>Parameters or gradients in canonical order.</summary>
    public static double[] Parameters(JsonElement layers) => layers.EnumerateArray()
        .SelectMany(layer => Flatten(layer.GetProperty("weight")).Concat(Flatten(layer.GetProperty("bias"))))
        .ToArray();

    internal static Layer Layer(JsonElement layer) => new(
        layer.GetProperty("units").GetInt32(),
        ActivationName(layer.GetProperty("activation").GetString()!),
        Alpha: layer.TryGetProperty("alpha", out JsonElement alpha) ? alpha.GetDouble() : null);

    /// <summary>The name of an activation in NetGen.</summary>
    public static string ActivationName(string name) => Activations[name];

    /// <summary>The loss of a case as a declaration has it.</summary>
    internal static (string Loss, string Reduction, double? Delta) Loss(JsonElement loss)
    {
        bool sums = loss.TryGetProperty("output_reduction", out JsonElement value) && value.GetString() == "sum";
        string reduction = sums ? "Sum" : "Mean";
        double? delta = loss.TryGetProperty("delta", out JsonElement width) ? width.GetDouble() : null;
        return loss.GetProperty("name").GetString()! switch
        {
            "half_squared" => ("HalfSquaredError", "Mean", null),
            "squared" => ("SquaredError", reduction, null),
            "absolute" => ("AbsoluteError", reduction, null),
            "huber" => ("Huber", reduction, delta),
            "bce" => ("BinaryCrossEntropy", reduction, null),
            "bce_with_logits" => ("BinaryCrossEntropyWithLogits", reduction, null),
            "categorical_cross_entropy" or "sparse_categorical_cross_entropy" => ("CategoricalCrossEntropy", "Mean", null),
            "categorical_cross_entropy_with_logits" or "sparse_categorical_cross_entropy_with_logits" =>
                ("CategoricalCrossEntropyWithLogits", "Mean", null),
            var other => throw new NotSupportedException(other),
        };
    }

    private static Stream Open(string name) =>
        typeof(Golden).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException($"No embedded file '{name}'.");
}

/// <summary>One case: a network, a batch, and what PyTorch computes for it.</summary>
public sealed class GoldenCase
{
    public GoldenCase(JsonElement json)
    {
        Json = json;
        Name = json.GetProperty("name").GetString()!;
        JsonElement network = json.GetProperty("network");
        JsonElement loss = json.GetProperty("loss");
        (string lossName, string reduction, double? delta) = Golden.Loss(loss);
        Declaration = new Declaration(
            network.GetProperty("inputs").GetInt32(),
            network.GetProperty("layers").EnumerateArray().Select(Golden.Layer).ToList(),
            lossName,
            reduction,
            "Double",
            Delta: delta);
        SumsBatch = loss.GetProperty("batch_reduction").GetString() == "sum";
        HasLabels = loss.GetProperty("name").GetString()!.StartsWith("sparse", StringComparison.Ordinal);
        BatchSize = json.GetProperty("batch_size").GetInt32();
        Parameters = Golden.Parameters(json.GetProperty("parameters"));
        Inputs = Golden.Flatten(json.GetProperty("inputs"));
        double[] targets = Golden.Flatten(json.GetProperty("targets"));
        Labels = HasLabels ? targets.Select(label => (int)label).ToArray() : [];
        Targets = HasLabels ? OneHot(Labels, Declaration.Outputs) : targets;
        if (json.TryGetProperty("tolerance", out JsonElement tolerance))
        {
            AbsoluteDouble = tolerance.GetProperty("float64_abs").GetDouble();
            AbsoluteSingle = tolerance.GetProperty("float32_abs").GetDouble();
        }

        SinglePassError = json.GetProperty("float32_rel_error").GetProperty("single_pass").GetDouble();
        TrainingError = json.GetProperty("float32_rel_error").TryGetProperty("training", out JsonElement error) ? error.GetDouble() : 0;
    }

    public string Name { get; }

    public JsonElement Json { get; }

    /// <summary>The network, in double.</summary>
    public Declaration Declaration { get; }

    public int BatchSize { get; }

    /// <summary>The loss of the batch is the sum over its samples, not the mean.</summary>
    public bool SumsBatch { get; }

    public bool HasLabels { get; }

    public double[] Parameters { get; }

    public double[] Inputs { get; }

    public double[] Targets { get; }

    public int[] Labels { get; }

    /// <summary>How far PyTorch's single precision is from its double, for one pass.</summary>
    public double SinglePassError { get; }

    /// <summary>The same after training.</summary>
    public double TrainingError { get; }

    /// <summary>Absolute errors that must be accepted in double, beside those relative to the largest value.</summary>
    public double AbsoluteDouble { get; }

    /// <summary>The same in single precision.</summary>
    public double AbsoluteSingle { get; }

    /// <summary>dL/da is huge or infinite there although dL/dz is not.</summary>
    public bool IsExtreme => Json.GetProperty("tags").EnumerateArray().Any(tag => tag.GetString() == "extreme");

    public double Loss => Expected.GetProperty("loss").GetDouble();

    private JsonElement Expected => Json.GetProperty("expect").GetProperty("float64");

    /// <summary>A tensor of the expected values in double.</summary>
    public double[] Expect(string tensor) => Golden.Flatten(Expected.GetProperty(tensor));

    /// <summary>The expected gradients in canonical order.</summary>
    public double[] Gradients() => Golden.Parameters(Expected.GetProperty("grads"));

    public override string ToString() => Name;

    private static double[] OneHot(int[] labels, int classes) =>
        labels.SelectMany(label => Enumerable.Range(0, classes).Select(index => index == label ? 1.0 : 0.0)).ToArray();
}
