using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.TestKit;

/// <summary>A network, a batch, and what PyTorch computes for it, from <c>data/golden/graphs</c>.</summary>
internal sealed class GraphCase
{
    /// <summary>What the parameters of a node are called in the files, in the order of the blocks of its layer.</summary>
    private static readonly string[] Roles = ["weight", "gamma", "bias", "beta", "alpha", "value", "mean", "variance", "deviation"];

    private readonly JsonElement _json;

    /// <summary>The blocks of parameters, in canonical order.</summary>
    private readonly List<Block> _blocks = [];

    private readonly string[] _inputs;

    private readonly (string Name, int Units, string? Loss)[] _outputs;

    /// <summary>The losses that are the logarithm of a density or an entropy, with another sign: an output more, with a linear loss. Where they have targets, these are an input more.</summary>
    private readonly JsonElement[] _densities;

    private GraphCase(JsonElement json)
    {
        _json = json;
        Name = json.GetProperty("name").GetString()!;
        BatchSize = json.GetProperty("batch_size").GetInt32();
        JsonElement network = json.GetProperty("network");
        _densities = [.. network.GetProperty("losses").EnumerateArray().Where(IsDensity)];
        _inputs = [.. network.GetProperty("inputs").EnumerateArray().Select(input => Text(input, "name"))];
        _outputs =
        [
            .. network.GetProperty("outputs").EnumerateArray()
                .Select(output => (Text(output, "name"), output.GetProperty("units").GetInt32(), LossOf(network, Text(output, "name")) is { } loss ? Text(loss, "name") : null)),
        ];
        Graph = Read(network);
    }

    public string Name { get; }

    public NetworkGraph Graph { get; }

    public int BatchSize { get; }

    /// <summary>In canonical order, like all that follows.</summary>
    public double[] Parameters => [.. _blocks.SelectMany(block => block.Values)];

    /// <summary>Of each sample the inputs, one after another.</summary>
    public double[] Inputs => BySample(_inputs.Select(name => Golden.Flatten(_json.GetProperty("inputs").GetProperty(name))).Concat(Values.Select(density => Golden.Flatten(TargetOf(density)!.Value))));

    /// <summary>Of each sample the targets of the outputs, one after another; 0 for an output without a loss. A gradient that is given is no mean over the batch.</summary>
    public double[] Targets => BySample(_outputs.Select(output => GivenGradient(output.Name) is { } given ? [.. given.Select(value => value * BatchSize)]
        : output.Loss is null ? new double[BatchSize * output.Units]
        : TargetsOf(_json.GetProperty("targets").GetProperty(output.Loss), output.Units)).Concat(_densities.Select(density => Array.ConvertAll(Weights(density), weight => -weight))));

    /// <summary>Of each sample the outputs, one after another.</summary>
    public double[] Outputs => BySample(_outputs.Select(OutputOf).Concat(_densities.Select(density => Golden.Flatten(Expected("sample_losses").GetProperty(Text(density, "name"))).Select(loss => -loss).ToArray())));

    public double Loss => Golden.Number(Expected("total")) + _outputs.Sum(output => GivenGradient(output.Name) is { } given ? given.Zip(OutputOf(output), (slope, value) => slope * value).Sum() : 0);

    /// <summary>The loss of each output before it is weighted, 0 where it has none; null where the file does not tell all of them.</summary>
    public double[]? Losses => _densities.Length > 0 || _outputs.Any(output => GivenGradient(output.Name) is not null) ? null
        : [.. _outputs.Select(output => output.Loss is { } loss ? Golden.Number(Expected("losses").GetProperty(loss)) : 0)];

    /// <summary>dL/dθ; 0 where nothing is trained.</summary>
    public double[] Gradient => Ordered(Expected("grads"), block => new double[block.Values.Length]);

    /// <summary>dL/dx of the mean loss of the batch; NaN for the targets of densities, of which the file does not tell it.</summary>
    public double[] InputGradient => BySample(_inputs.Select(name => Golden.Flatten(Expected("input_grads").GetProperty(name)))
        .Concat(Values.Select(density => Array.ConvertAll(Golden.Flatten(TargetOf(density)!.Value), _ => double.NaN))));

    /// <summary>The learning rate of the training, and the parameters after one step with the whole batch, or null where the file has no training.</summary>
    public (double Rate, double[]? Parameters) Step => After(1);

    /// <summary>The same after 100 steps, always with that batch.</summary>
    public (double Rate, double[]? Parameters) Training => After(100);

    /// <summary>The cases of a file whose layers and losses there are.</summary>
    public static IReadOnlyList<GraphCase> All(string file) => Golden.Read("graphs." + file).RootElement.GetProperty("cases").EnumerateArray()
        .Where(json => IsPlanned(json.GetProperty("network")) && HasLosses(json) && HasLayers(json.GetProperty("network")))
        .Select(json => new GraphCase(json))
        .ToList();

    /// <summary>How far a number may be off, in units of the largest of its tensor: as the numbers of the file themselves suggest.</summary>
    public double Tolerance(NumberType number)
    {
        bool isDouble = number == NumberType.Double;
        double measured = _json.GetProperty(isDouble ? "float64_rel_error" : "float32_rel_error").GetProperty("single_pass").GetDouble();
        return Math.Max(isDouble ? 1e-12 : 2e-5, 8 * measured);
    }

    private (double Rate, double[]? Parameters) After(int steps)
    {
        if (!_json.TryGetProperty("training", out JsonElement trainings))
        {
            return (0.05, null);
        }

        JsonElement training = trainings[0];
        JsonElement after = training.GetProperty("parameters_after").GetProperty($"{steps}").GetProperty("float64");
        return (training.GetProperty("optimizer").GetProperty("lr").GetDouble(), Ordered(after, block => block.Values));
    }

    /// <summary>Whether every node leads to an output.</summary>
    private static bool IsPlanned(JsonElement network)
    {
        HashSet<string> read =
        [
            .. network.GetProperty("nodes").EnumerateArray().SelectMany(InputsOf), .. network.GetProperty("outputs").EnumerateArray().Select(output => Text(output, "node")),
        ];
        return network.GetProperty("nodes").EnumerateArray().All(node => read.Contains(Text(node, "name")));
    }

    /// <summary>Whether each loss is that of one output, and none has more to it than targets, or is a density.</summary>
    private static bool HasLosses(JsonElement json) => json.GetProperty("network").GetProperty("losses").EnumerateArray()
            .All(loss => Text(loss, "batch_reduction") == "mean" && (IsDensity(loss) || (LossName(loss) is not null && loss.GetProperty("outputs").GetArrayLength() == 1 && !Has(json, "sample_weights", loss))))
        && !json.TryGetProperty("masks", out _);

    private static bool IsDensity(JsonElement loss) => Text(loss, "kind") is "gaussian_nll" or "tanh_gaussian_nll" or "negative_entropy";

    private static bool Has(JsonElement json, string what, JsonElement loss) => json.TryGetProperty(what, out JsonElement all) && all.TryGetProperty(Text(loss, "name"), out _);

    /// <summary>The densities of targets, which are inputs.</summary>
    private IEnumerable<JsonElement> Values => _densities.Where(density => TargetOf(density) is not null);

    private JsonElement? TargetOf(JsonElement density) => Has(_json, "targets", density) ? _json.GetProperty("targets").GetProperty(Text(density, "name")) : null;

    private double[] Weights(JsonElement density) =>
        Has(_json, "sample_weights", density) ? Golden.Flatten(_json.GetProperty("sample_weights").GetProperty(Text(density, "name"))) : [.. Enumerable.Repeat(1.0, BatchSize)];

    private double[]? GivenGradient(string output) =>
        _json.TryGetProperty("output_gradients", out JsonElement given) && given.TryGetProperty(output, out JsonElement gradient) ? Golden.Flatten(gradient) : null;

    private double[] OutputOf((string Name, int Units, string? Loss) output) => Golden.Flatten(Expected("outputs").GetProperty(output.Name));

    private static bool HasLayers(JsonElement network) => network.GetProperty("nodes").EnumerateArray().All(node => Layer(node, "Identity") is not null);

    private static bool IsActivation(JsonElement node) => Text(node, "op") is "identity" or "tanh" or "sigmoid" or "relu" or "silu" or "softmax" or "sin" or "snake" or "exp" or "hard_swish" or "clipped_relu"
        or "squared_clipped_relu" or "celu";

    /// <summary>The parameter of an activation that has one.</summary>
    private static double? Alpha(JsonElement node) => Text(node, "op") switch
    {
        "sin" => Attribute(node, "omega"),
        "snake" => Attribute(node, "a"),
        "celu" => Attribute(node, "alpha"),
        _ => null,
    };

    private static string? LossName(JsonElement loss) => Text(loss, "kind") switch
    {
        "half_squared" => "HalfSquaredError",
        "squared" => "SquaredError",
        "log_cosh" => "LogCosh",
        "softmax_cross_entropy" when loss.EnumerateObject().All(property => property.Name != "class_weights") => "CategoricalCrossEntropyWithLogits",
        _ => null,
    };

    private static LossSpec Spec(JsonElement loss) => new(
        LossName(loss)!,
        loss.TryGetProperty("output_reduction", out JsonElement reduction) && reduction.GetString() == "sum",
        Weight: loss.GetProperty("weight").GetDouble(),
        LabelSmoothing: loss.TryGetProperty("label_smoothing", out JsonElement smoothing) ? smoothing.GetDouble() : 0);

    private static LayerSpec? Layer(JsonElement node, string activation, int alphas = 1) => Text(node, "op") switch
    {
        "dense" => new Dense(node.GetProperty("units").GetInt32(), activation, HasRole(node, "bias")),
        "add" => new Add(activation),
        "multiply" => new Multiply(activation),
        "concat" => new Concat(InputsOf(node).Length, activation),
        "slice" => new Slice((int)Attribute(node, "start"), (int)Attribute(node, "units"), activation),
        "normalize" => new Normalize(node.GetProperty("attributes").TryGetProperty("clip", out JsonElement clip) ? clip.GetDouble() : null, Attribute(node, "epsilon"), activation),
        "parameter" => new Parameter(node.GetProperty("units").GetInt32(), Activation: activation),
        "softmax_groups" => new SoftmaxGroups((int)Attribute(node, "group"), activation),
        "blend" => new Blend(InputsOf(node).Length - 1, activation),
        "prelu" => new PRelu(IsShared: alphas == 1, Activation: activation),
        "denormalize" => new Denormalize(activation),
        "subtract" => new Subtract(activation),
        "clip" => new Concat(1, "Own") { Own = Clip(Attribute(node, "low"), Attribute(node, "high")) },
        "affine" => new Concat(1, "Own") { Own = Line(Attribute(node, "scale"), Attribute(node, "shift")) },
        "layer_norm" => new LayerNorm(Attribute(node, "epsilon"), HasRole(node, "gamma"), HasRole(node, "beta"), activation),
        "rms_norm" => new RmsNorm(Attribute(node, "epsilon"), HasRole(node, "gamma"), activation),
        _ => IsActivation(node) ? new Concat(1, Golden.ActivationName(Text(node, "op")), Alpha(node)) : null,
    };

    private static bool IsOwn(JsonElement node) => Text(node, "op") is "clip" or "affine";

    /// <summary>x between two bounds, with the slope 1 at both.</summary>
    private static OwnFormula Clip(double low, double high) => new("Clip", new EquatableArray<FormulaNode>(
    [
        new(FormulaOperator.Variable), FormulaNode.Number(low), FormulaNode.Number(high),
        new(FormulaOperator.IfBelow, new EquatableArray<int>([2, 0, 2, 0])), new(FormulaOperator.IfBelow, new EquatableArray<int>([0, 1, 1, 3])),
    ]));

    private static OwnFormula Line(double scale, double shift) => new("Line", new EquatableArray<FormulaNode>(
    [
        new(FormulaOperator.Variable), FormulaNode.Number(scale), new(FormulaOperator.Multiply, new EquatableArray<int>([1, 0])),
        FormulaNode.Number(shift), new(FormulaOperator.Add, new EquatableArray<int>([2, 3])),
    ]));

    private static double Attribute(JsonElement node, string name) => node.GetProperty("attributes").GetProperty(name).GetDouble();

    private static string? Parameter(JsonElement node, string role) =>
        node.TryGetProperty("parameters", out JsonElement names) && names.TryGetProperty(role, out JsonElement name) ? name.GetString() : null;

    private static bool HasRole(JsonElement node, string role) => Parameter(node, role) is not null;

    private static string Text(JsonElement json, string property) => json.GetProperty(property).GetString()!;

    private static string[] InputsOf(JsonElement node) =>
        node.TryGetProperty("inputs", out JsonElement inputs) ? [.. inputs.EnumerateArray().Select(input => input.GetString()!)] : [];

    private static JsonElement? LossOf(JsonElement network, string output) => network.GetProperty("losses").EnumerateArray()
        .Where(loss => !IsDensity(loss) && loss.GetProperty("outputs").EnumerateArray().Any(name => name.GetString() == output))
        .Cast<JsonElement?>()
        .FirstOrDefault();

    private JsonElement Expected(string what) => _json.GetProperty("expect").GetProperty("float64").GetProperty(what);

    private double[] Ordered(JsonElement tensors, Func<Block, double[]> otherwise) =>
        [.. _blocks.SelectMany(block => tensors.TryGetProperty(block.Name, out JsonElement tensor) ? Golden.Flatten(tensor) : otherwise(block))];

    /// <summary>A block of a node: a parameter, or constants, which have no gradient in the file as what is frozen has none.</summary>
    private Block? BlockOf(JsonElement node, string role) =>
        Parameter(node, role) is { } parameter ? new Block(parameter, Golden.Flatten(_json.GetProperty("parameters").GetProperty(parameter)))
        : node.TryGetProperty("constants", out JsonElement constants) && constants.TryGetProperty(role, out JsonElement values) ? new Block($"{Text(node, "name")}.{role}", Golden.Flatten(values))
        : null;

    /// <summary>Targets; classes become rows of 0 and 1.</summary>
    private double[] TargetsOf(JsonElement tensor, int units)
    {
        double[] values = Golden.Flatten(tensor);
        return values.Length == BatchSize * units && tensor[0].ValueKind == JsonValueKind.Array ? values
            : [.. values.SelectMany(label => Enumerable.Range(0, units).Select(unit => unit == label ? 1.0 : 0.0))];
    }

    /// <summary>Tensors that each have a row for every sample, as one that has.</summary>
    private double[] BySample(IEnumerable<double[]> tensors)
    {
        double[][] all = [.. tensors];
        return [.. Enumerable.Range(0, BatchSize).SelectMany(sample => all.SelectMany(tensor => tensor.Chunk(tensor.Length / BatchSize).ElementAt(sample)))];
    }

    /// <summary>The graph; an activation belongs to the layer that it alone reads, or else is a layer that does nothing before it, an output that is read or there twice is a copy, and a sum of three nodes is two.</summary>
    private NetworkGraph Read(JsonElement network)
    {
        JsonElement[] all = [.. network.GetProperty("nodes").EnumerateArray()];
        JsonElement[] outputs = [.. network.GetProperty("outputs").EnumerateArray()];
        var places = new Dictionary<string, int>();
        var nodes = new List<GraphNode>();
        void Place(string name, LayerSpec layer, params int[] sources)
        {
            places[name] = nodes.Count;
            nodes.Add(new GraphNode(name, layer, new EquatableArray<int>(sources)));
        }

        foreach (JsonElement input in network.GetProperty("inputs").EnumerateArray())
        {
            Place(Text(input, "name"), new Input(input.GetProperty("units").GetInt32()));
        }

        foreach (JsonElement density in Values)
        {
            Place(Text(density, "name"), new Input(Golden.Flatten(TargetOf(density)!.Value).Length / BatchSize));
        }

        HashSet<string> frozen = network.TryGetProperty("frozen", out JsonElement names) ? [.. names.EnumerateArray().Select(parameter => parameter.GetString()!)] : [];
        var owners = new Dictionary<string, int>();
        var activated = new HashSet<string>();
        foreach (JsonElement node in all)
        {
            string name = Text(node, "name");
            int[] sources = [.. InputsOf(node).Select(input => places[input])];
            if (activated.Contains(name))
            {
                places[name] = sources[0];
                continue;
            }

            JsonElement[] readers = [.. all.Where(reader => InputsOf(reader).Contains(name))];
            bool isActivated = !IsActivation(node) && !IsOwn(node) && readers.Length == 1 && IsActivation(readers[0]) && outputs.All(output => Text(output, "node") != name);
            string activation = "Identity";
            double? alpha = Alpha(node);
            if (isActivated)
            {
                activation = Golden.ActivationName(Text(readers[0], "op"));
                alpha = Alpha(readers[0]);
                activated.Add(Text(readers[0], "name"));
            }

            for (; sources.Length > 2 && Text(node, "op") == "add"; sources = [nodes.Count - 1, .. sources.Skip(2)])
            {
                Place($"{name}.{nodes.Count}", new Add(), [.. sources.Take(2)]);
            }

            Block[] blocks = [.. Roles.Select(role => BlockOf(node, role)).OfType<Block>()];
            Place(name, Layer(node, activation, blocks.Select(block => block.Values.Length).FirstOrDefault())! with { Alpha = alpha }, sources);
            int? owner = blocks.Length > 0 && owners.TryGetValue(blocks[0].Name, out int first) ? first : null;
            if (owner is null)
            {
                _blocks.AddRange(blocks);
                Array.ForEach(blocks, block => owners[block.Name] = nodes.Count - 1);
            }

            nodes[^1] = nodes[^1] with { SharesWith = owner, IsFrozen = frozen.Count > 0 && blocks.Length > 0 && blocks.All(block => frozen.Contains(block.Name)) };
        }

        List<GraphOutput> heads =
        [
            .. outputs.Select(output => new GraphOutput(
                Text(output, "name"),
                places[Text(output, "node")],
                GivenGradient(Text(output, "name")) is not null ? new LossSpec("Linear") : LossOf(network, Text(output, "name")) is { } loss ? Spec(loss) : new LossSpec("None"))),
        ];
        foreach (JsonElement density in _densities)
        {
            string name = Text(density, "name");
            int[] of = [.. density.GetProperty("outputs").EnumerateArray().Select(output => heads.Single(head => head.Name == output.GetString()).Node)];
            int value = TargetOf(density) is null ? of[^1] : places[name];
            (LayerSpec layer, int[] sources) = Text(density, "kind") switch
            {
                "negative_entropy" => ((LayerSpec)new Entropy(), of),
                "gaussian_nll" => (new GaussianLogDensity(), [value, of[0], of[1]]),
                _ => (new TanhGaussianLogDensity(), [value, of[0], of[1]]),
            };
            Place(name + ".log", layer, sources);
            heads.Add(new GraphOutput(name, nodes.Count - 1, new LossSpec("Linear", Weight: density.GetProperty("weight").GetDouble())));
        }

        return OutputNodes.Apart(new NetworkGraph(new EquatableArray<GraphNode>(nodes), new EquatableArray<GraphOutput>(heads)));
    }

    /// <summary>A block of parameters.</summary>
    /// <param name="Name">Its name in the file.</param>
    /// <param name="Values">Its values.</param>
    private sealed record Block(string Name, double[] Values);
}
