using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace NetGen.Sample.Seeds;

/// <summary>One network of a seed with its reference values, which are those of double precision.</summary>
internal sealed class SeedCase
{
    private SeedCase(string seed, JsonElement json)
    {
        JsonElement network = json.GetProperty("network");
        JsonElement[] layers = [.. network.GetProperty("layers").EnumerateArray()];
        JsonElement expect = json.GetProperty("expect").GetProperty("float64");
        Seed = seed;
        Samples = json.GetProperty("batch_size").GetInt32();
        Shape = string.Join('-', layers.Select(layer => layer.GetProperty("units")).Prepend(network.GetProperty("inputs")));
        Title = $"{Shape} {string.Join(", ", layers.Select(layer => layer.Text("activation")))}"
            + $" · {LossFormula(json.GetProperty("loss").Text("alias"))} · m = {Samples}"
            + (json.Optional("numpy_legacy_seed") is { } draw ? $" · draw {draw}" : "");
        Parameters = json.GetProperty("parameters").Tensors();
        Inputs = json.GetProperty("inputs").Numbers();
        Targets = json.GetProperty("targets").Numbers();
        Outputs = expect.GetProperty("outputs").Numbers();
        Loss = expect.Number("loss");
        Gradient = expect.GetProperty("grads").Tensors();

        // The reference gradient is that of the mean loss; a network gives dL/dx of each sample.
        InputGradients = [.. expect.GetProperty("input_grad").Numbers().Select(value => value * Samples)];
        InputGradientsPerSample = json.Optional("input_grad_per_sample")?.Numbers();
        Float32Error = json.GetProperty("float32_rel_error").Number("single_pass");
        Training = json.Optional("training") is { } training
            ? SeedTraining.FromBatch(training[0], json.GetProperty("float32_rel_error").Number("training"))
            : null;
        Online = json.Optional("online") is { } online ? SeedTraining.FromOnline(online) : null;
        Threshold = json.Optional("until_threshold") is { } threshold ? new SeedThreshold(threshold) : null;
        FaultyStep = json.Optional("online")?.GetProperty("article_code_wrong_after_update_1").GetProperty("parameters").Tensors();
        if (json.Optional("article_code_wrong") is { } faulty)
        {
            FaultyInputGradients = faulty.GetProperty("returned_input_grad").Numbers();
            FaultyFirstWeights = faulty.GetProperty("first_layer_W_grad").Transposed();
        }
    }

    public string Seed { get; }

    public string Shape { get; }

    /// <summary>Shape, activations, loss, samples and, where the samples are random, the seed of the draw.</summary>
    public string Title { get; }

    public int Samples { get; }

    /// <summary>Initial parameters: weights and biases layer by layer.</summary>
    public double[][] Parameters { get; }

    public double[] Inputs { get; }

    public double[] Targets { get; }

    public double[] Outputs { get; }

    /// <summary>The mean loss of the samples.</summary>
    public double Loss { get; }

    /// <summary>The gradient of <see cref="Loss"/>, tensor by tensor like <see cref="Parameters"/>.</summary>
    public double[][] Gradient { get; }

    /// <summary>The input gradient of each sample's own loss.</summary>
    public double[] InputGradients { get; }

    /// <summary>The same, where the file also stores it in this form.</summary>
    public double[]? InputGradientsPerSample { get; }

    /// <summary>The relative error of another float implementation in one pass.</summary>
    public double Float32Error { get; }

    /// <summary>Gradient descent on the whole batch.</summary>
    public SeedTraining? Training { get; }

    /// <summary>One update per sample.</summary>
    public SeedTraining? Online { get; }

    /// <summary>Gradient descent until the cost is small.</summary>
    public SeedThreshold? Threshold { get; }

    /// <summary>What the text's faulty code makes of the parameters in the first online update.</summary>
    public double[][]? FaultyStep { get; }

    /// <summary>The input gradients of the text's faulty code.</summary>
    public double[]? FaultyInputGradients { get; }

    /// <summary>The gradient of the first layer's weights by the text's faulty code.</summary>
    public double[]? FaultyFirstWeights { get; }

    public static IReadOnlyList<SeedCase> Load(string seed)
    {
        using Stream stream = Resource.Open(seed.ToLowerInvariant() + ".json");
        using JsonDocument document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(json => new SeedCase(seed, json))];
    }

    private static string LossFormula(string alias) => alias switch
    {
        "half_squared" => "½Σ(a−y)²",
        "bce_sum" => "−Σ(y ln a + (1−y) ln(1−a))",
        "cce" => "−Σ y ln a",
        _ => alias,
    };
}
