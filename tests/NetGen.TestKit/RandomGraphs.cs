using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.TestKit;

/// <summary>Networks in which nodes are read several times, from a seed: one input, one output, and every node leads there.</summary>
internal sealed class RandomGraphs
{
    /// <summary>Activations whose values keep their size, Exp and the fast Sin left out.</summary>
    private static readonly string[] Any = [.. Catalogue.ActivationNames.Where(name => name is not ("Exp" or "Sin"))];

    /// <summary>Those that have a derivative everywhere, so that differences tell it.</summary>
    private static readonly string[] Smooth = [.. Any.Where(name => ReferenceActivations.Kinks(name).Length == 0)];

    private static readonly int[] Units = [1, 2, 3, 4, 5, 8, 9, 17];

    private readonly Random _random;

    /// <summary>Whether layers have the parameters of others; then there are no vectors.</summary>
    private readonly bool _shares;

    private readonly string[] _activations;
    private readonly List<GraphNode> _nodes = [];
    private readonly List<int> _sizes = [];

    private RandomGraphs(int seed, bool isSmooth)
    {
        _random = new Random(seed);
        _activations = isSmooth ? Smooth : Any;
        _shares = seed % 4 == 3;
    }

    /// <summary>Creates a network.</summary>
    /// <param name="seed">Any number; each has its own.</param>
    /// <param name="layers">About how many layers it has.</param>
    /// <param name="isSmooth">Whether it has a derivative everywhere.</param>
    public static NetworkGraph Create(int seed, int layers, bool isSmooth = false) => new RandomGraphs(seed, isSmooth).Create(layers);

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
                Append(new Dense(_sizes[left], Pick(_activations)), right);
                right = _nodes.Count - 1;
            }

            Append(new Add(Pick(_activations)), _random.Next(2) == 0 ? [left, right] : [right, left]);
        }

        LossSpec loss = new(Pick(["HalfSquaredError", "SquaredError"]));
        return new NetworkGraph(new EquatableArray<GraphNode>(_nodes), new EquatableArray<GraphOutput>([new GraphOutput("output", _nodes.Count - 1, loss)]));
    }

    private void AppendAny()
    {
        int source = _random.Next(Math.Max(0, _nodes.Count - 6), _nodes.Count);
        int[] same = [.. Enumerable.Range(0, _nodes.Count).Where(node => _sizes[node] == _sizes[source])];
        switch (_random.Next(19))
        {
            // Over one or two units next to nothing is left of what it reads.
            case 1 when _sizes[source] > 2:
                Append(new LayerNorm(UseWeight: _random.Next(4) > 0, UseBias: _random.Next(4) > 0, Activation: Pick(_activations)), source);
                break;
            case 2 when _sizes[source] > 2:
                Append(new RmsNorm(UseWeight: _random.Next(4) > 0, Activation: Pick(_activations)), source);
                break;
            case 3:
                int[] parts = [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => _random.Next(_nodes.Count))];
                Append(new Concat(parts.Length, Pick(_activations)), parts);
                break;
            case 4:
                int start = _random.Next(_sizes[source]);
                Append(new Slice(start, 1 + _random.Next(_sizes[source] - start), Pick(_activations)), source);
                break;
            case 10 when _shares && SharedWith(source) is { Length: > 0 } owners:
                int owner = Pick(owners);
                Append(_nodes[owner].Layer, source);
                _nodes[^1] = _nodes[^1] with { SharesWith = owner, IsFrozen = _nodes[owner].IsFrozen };
                break;
            case 6:
                Append(new PRelu(_random.Next(2) == 0, Activation: Pick(_activations)), source);
                break;
            case 7:
                int[] groups = [.. Enumerable.Range(1, _sizes[source]).Where(group => _sizes[source] % group == 0)];
                Append(new SoftmaxGroups(Pick(groups), Pick(_activations)), source);
                break;
            case 8:
                int[] experts = [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Pick(same))];
                Append(new Dense(experts.Length, "Softmax"), source);
                Append(new Blend(experts.Length, Pick(_activations)), [_nodes.Count - 1, .. experts]);
                break;
            case 9:
                Append(new Parameter(_sizes[source], Activation: Pick(_activations)));
                Append(new Multiply(Pick(_activations)), source, _nodes.Count - 1);
                break;
            case 11:
                // Deviations next to 1: no density is huge.
                Append(new Dense(_sizes[source], "Tanh"), source);
                Append(Pick<LayerSpec>([new GaussianLogDensity(), new TanhGaussianLogDensity()]), source, Pick(same), _nodes.Count - 1);
                break;
            case 12:
                Append(new Entropy(), source);
                break;
            case 13:
                // Of what is bounded.
                Append(new Dense(_sizes[source], "Tanh"), source);
                Append(Pick([new Dense(Pick(Units), "Exp"), new Dense(Pick(Units), "Sin", Alpha: 1.5)]), _nodes.Count - 1);
                break;
            case 5:
                Append(Pick<LayerSpec>([new Normalize(0.75, Activation: Pick(_activations)), new Normalize(), new Denormalize(Pick(_activations))]), source);
                break;
            case 0:
                Append(Pick<LayerSpec>([new Add(Pick(_activations)), new Multiply(Pick(_activations)), new Subtract(Pick(_activations))]), source, Pick(same));
                break;
            default:
                Append(new Dense(Pick(Units), Pick(_activations), UseBias: _random.Next(4) > 0), source);
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
