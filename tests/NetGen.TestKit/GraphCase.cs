using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.TestKit;

/// <summary>A network that is more than a list of dense layers, a batch, and what PyTorch computes for it, from <c>data/golden/graphs</c>.</summary>
internal sealed class GraphCase
{
    private readonly JsonElement _json;

    /// <summary>Of each block of parameters, in canonical order, the name that the file has for it.</summary>
    private readonly List<string> _names = [];

    private GraphCase(JsonElement json)
    {
        _json = json;
        Name = json.GetProperty("name").GetString()!;
        Graph = Read(json.GetProperty("network"));
        BatchSize = json.GetProperty("batch_size").GetInt32();
        Parameters = Ordered(json.GetProperty("parameters"));
        Inputs = Golden.Flatten(json.GetProperty("inputs").EnumerateObject().Single().Value);
        Targets = Golden.Flatten(json.GetProperty("targets").EnumerateObject().Single().Value);
    }

    public string Name { get; }

    public NetworkGraph Graph { get; }

    public int BatchSize { get; }

    /// <summary>In canonical order, like all that follows.</summary>
    public double[] Parameters { get; }

    public double[] Inputs { get; }

    public double[] Targets { get; }

    public double[] Outputs => Golden.Flatten(Expected("outputs").EnumerateObject().Single().Value);

    public double Loss => Golden.Number(Expected("total"));

    public double[] Gradient => Ordered(Expected("grads"));

    /// <summary>dL/dx of the mean loss of the batch.</summary>
    public double[] InputGradient => Golden.Flatten(Expected("input_grads").EnumerateObject().Single().Value);

    /// <summary>The learning rate of the training, and the parameters after one step with the whole batch.</summary>
    public (double Rate, double[] Parameters) Step
    {
        get
        {
            JsonElement training = _json.GetProperty("training")[0];
            return (training.GetProperty("optimizer").GetProperty("lr").GetDouble(), Ordered(training.GetProperty("parameters_after").GetProperty("1").GetProperty("float64")));
        }
    }

    /// <summary>The cases of a file whose layers there are.</summary>
    public static IReadOnlyList<GraphCase> All(string file) => Golden.Read("graphs." + file).RootElement.GetProperty("cases").EnumerateArray()
        .Where(json => json.GetProperty("network").GetProperty("nodes").EnumerateArray().All(node => Layer(node, "Identity") is not null || IsActivation(node)))
        .Select(json => new GraphCase(json))
        .ToList();

    /// <summary>How far a number may be off, in units of the largest of its tensor: as the numbers of the file themselves suggest.</summary>
    public double Tolerance(NumberType number)
    {
        bool isDouble = number == NumberType.Double;
        double measured = _json.GetProperty(isDouble ? "float64_rel_error" : "float32_rel_error").GetProperty("single_pass").GetDouble();
        return Math.Max(isDouble ? 1e-12 : 2e-5, 8 * measured);
    }

    private static bool IsActivation(JsonElement node) => node.GetProperty("op").GetString() is "identity" or "tanh" or "sigmoid" or "relu" or "silu";

    private static LayerSpec? Layer(JsonElement node, string activation) => node.GetProperty("op").GetString() switch
    {
        "dense" => new Dense(node.GetProperty("units").GetInt32(), activation, Parameter(node, "bias") is not null),
        "add" => new Add(activation),
        "layer_norm" => new LayerNorm(
            node.GetProperty("attributes").GetProperty("epsilon").GetDouble(), Parameter(node, "gamma") is not null, Parameter(node, "beta") is not null, activation),
        _ => null,
    };

    private static string? Parameter(JsonElement node, string role) =>
        node.TryGetProperty("parameters", out JsonElement names) && names.TryGetProperty(role, out JsonElement name) ? name.GetString() : null;

    private JsonElement Expected(string what) => _json.GetProperty("expect").GetProperty("float64").GetProperty(what);

    private double[] Ordered(JsonElement tensors) => _names.SelectMany(name => Golden.Flatten(tensors.GetProperty(name))).ToArray();

    /// <summary>The graph; an activation belongs to the layer that it alone reads, and a sum of three nodes is two.</summary>
    private NetworkGraph Read(JsonElement network)
    {
        JsonElement input = network.GetProperty("inputs").EnumerateArray().Single();
        JsonElement[] all = [.. network.GetProperty("nodes").EnumerateArray()];
        var places = new Dictionary<string, int> { [input.GetProperty("name").GetString()!] = 0 };
        var nodes = new List<GraphNode> { new("input", new Input(input.GetProperty("units").GetInt32()), default) };
        foreach (JsonElement node in all)
        {
            string name = node.GetProperty("name").GetString()!;
            string[] inputs = [.. node.GetProperty("inputs").EnumerateArray().Select(input => input.GetString()!)];
            if (IsActivation(node))
            {
                places[name] = places[inputs[0]];
                continue;
            }

            JsonElement[] readers = [.. all.Where(reader => reader.GetProperty("inputs").EnumerateArray().Any(input => input.GetString() == name))];
            bool isActivated = readers.Length == 1 && IsActivation(readers[0]);
            LayerSpec layer = Layer(node, isActivated ? Golden.ActivationName(readers[0].GetProperty("op").GetString()!) : "Identity")!;
            int[] sources = [.. inputs.Select(input => places[input])];
            for (; sources.Length > 2; sources = [nodes.Count - 1, .. sources.Skip(2)])
            {
                nodes.Add(new GraphNode($"{name}.{nodes.Count}", new Add(), new EquatableArray<int>(sources.Take(2))));
            }

            places[name] = nodes.Count;
            nodes.Add(new GraphNode(name, layer, new EquatableArray<int>(sources)));
            _names.AddRange(new[] { "weight", "gamma", "bias", "beta" }.Select(role => Parameter(node, role)).OfType<string>());
        }

        string output = network.GetProperty("outputs").EnumerateArray().Single().GetProperty("node").GetString()!;
        return new NetworkGraph(
            new EquatableArray<GraphNode>(nodes), new EquatableArray<GraphOutput>([new GraphOutput("output", places[output], new LossSpec("HalfSquaredError"))]));
    }
}
