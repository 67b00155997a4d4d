using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.TestKit;

/// <summary>Networks in which nodes are read several times, from a seed: one input, one output, and every node leads there.</summary>
internal sealed class RandomGraphs
{
    private static readonly string[] Activations = ["Identity", "Tanh", "Sigmoid", "Silu", "Softplus", "Gelu", "Softmax"];

    private static readonly int[] Units = [1, 2, 3, 4, 5, 8, 9, 17];

    private readonly Random _random;

    /// <summary>Whether layers have the parameters of others; then there are no vectors.</summary>
    private readonly bool _shares;

    private readonly List<GraphNode> _nodes = [];
    private readonly List<int> _sizes = [];

    private RandomGraphs(int seed)
    {
        _random = new Random(seed);
        _shares = seed % 4 == 3;
    }

    /// <summary>Creates a network.</summary>
    /// <param name="seed">Any number; each has its own.</param>
    /// <param name="layers">About how many layers it has.</param>
    public static NetworkGraph Create(int seed, int layers) => new RandomGraphs(seed).Create(layers);

    private NetworkGraph Create(int layers)
    {
        Append(new Input(Pick(Units)));
        while (_nodes.Count <= layers)
        {
            AppendAny();
        }

        // What nothing reads yet comes together.
        for (int[] unread = Unread(); unread.Length > 1 || unread[0] != _nodes.Count - 1; unread = Unread())
        {
            int left = unread[0];
            int right = unread.Length > 1 ? unread[1] : left;
            if (_sizes[left] != _sizes[right])
            {
                Append(new Dense(_sizes[left], Pick(Activations)), right);
                right = _nodes.Count - 1;
            }

            Append(new Add(Pick(Activations)), _random.Next(2) == 0 ? [left, right] : [right, left]);
        }

        LossSpec loss = new(Pick(["HalfSquaredError", "SquaredError"]));
        return new NetworkGraph(new EquatableArray<GraphNode>(_nodes), new EquatableArray<GraphOutput>([new GraphOutput("output", _nodes.Count - 1, loss)]));
    }

    private void AppendAny()
    {
        int source = _random.Next(Math.Max(0, _nodes.Count - 6), _nodes.Count);
        int[] same = [.. Enumerable.Range(0, _nodes.Count).Where(node => _sizes[node] == _sizes[source])];
        switch (_random.Next(15))
        {
            // Over one or two units next to nothing is left of what it reads.
            case 1 when _sizes[source] > 2:
                Append(new LayerNorm(UseWeight: _random.Next(4) > 0, UseBias: _random.Next(4) > 0, Activation: Pick(Activations)), source);
                break;
            case 2 when _sizes[source] > 2:
                Append(new RmsNorm(UseWeight: _random.Next(4) > 0, Activation: Pick(Activations)), source);
                break;
            case 3:
                int[] parts = [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => _random.Next(_nodes.Count))];
                Append(new Concat(parts.Length, Pick(Activations)), parts);
                break;
            case 4:
                int start = _random.Next(_sizes[source]);
                Append(new Slice(start, 1 + _random.Next(_sizes[source] - start), Pick(Activations)), source);
                break;
            case 10 when _shares && SharedWith(source) is { Length: > 0 } owners:
                int owner = Pick(owners);
                Append(_nodes[owner].Layer, source);
                _nodes[^1] = _nodes[^1] with { SharesWith = owner, IsFrozen = _nodes[owner].IsFrozen };
                break;
            case 6:
                Append(new PRelu(_random.Next(2) == 0, Activation: Pick(Activations)), source);
                break;
            case 7:
                int[] groups = [.. Enumerable.Range(1, _sizes[source]).Where(group => _sizes[source] % group == 0)];
                Append(new SoftmaxGroups(Pick(groups), Pick(Activations)), source);
                break;
            case 8:
                int[] experts = [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Pick(same))];
                Append(new Dense(experts.Length, "Softmax"), source);
                Append(new Blend(experts.Length, Pick(Activations)), [_nodes.Count - 1, .. experts]);
                break;
            case 9:
                Append(new Parameter(_sizes[source], Activation: Pick(Activations)));
                Append(new Multiply(Pick(Activations)), source, _nodes.Count - 1);
                break;
            case 5:
                Append(Pick<LayerSpec>([new Normalize(0.75, Activation: Pick(Activations)), new Normalize(), new Denormalize(Pick(Activations))]), source);
                break;
            case 0:
                Append(Pick<LayerSpec>([new Add(Pick(Activations)), new Multiply(Pick(Activations)), new Subtract(Pick(Activations))]), source, Pick(same));
                break;
            default:
                Append(new Dense(Pick(Units), Pick(Activations), UseBias: _random.Next(4) > 0), source);
                break;
        }
    }

    private void Append(LayerSpec layer, params int[] sources)
    {
        _sizes.Add(layer.Size([.. sources.Select(source => _sizes[source])]));
        bool isFrozen = layer.Parameters([.. sources.Select(source => _sizes[source])]).Count > 0 && _random.Next(8) == 0;
        _nodes.Add(new GraphNode($"node{_nodes.Count}", layer, new EquatableArray<int>(sources), IsFrozen: isFrozen));
    }

    /// <summary>The nodes whose parameters one that reads another may have.</summary>
    private int[] SharedWith(int source) => [.. Enumerable.Range(0, _nodes.Count).Where(node => _nodes[node] is { SharesWith: null, Inputs.Count: 1, Layer: Dense or LayerNorm or PRelu }
        && _sizes[_nodes[node].Inputs[0]] == _sizes[source])];

    private int[] Unread() => [.. Enumerable.Range(0, _nodes.Count).Where(node => !_nodes.Any(reader => reader.Inputs.Contains(node)))];

    private T Pick<T>(T[] values) => values[_random.Next(values.Length)];
}
