using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Safetensors;

namespace NetGen.Models.Tensors;

/// <summary>Puts the layers of a file into the order of a chain: by the numbers in their names, and by their shapes where these leave no choice.</summary>
internal sealed class LayerOrder
{
    /// <summary>Far more than a file of one order needs; one that is made to have none could ask for 2ⁿ.</summary>
    private const int MaximumTries = 10_000;

    private readonly TensorLayer[] _layers;
    private readonly LayerName[] _names;
    private readonly string[] _signatures;
    private readonly IReadOnlyList<string> _expected;
    private readonly bool[] _isTaken;
    private readonly List<int> _order = [];
    private readonly List<TensorLayer[]> _found = [];
    private int _tries;

    private LayerOrder(TensorLayer[] layers, IReadOnlyList<string> expected)
    {
        _layers = layers;
        _names = Array.ConvertAll(layers, layer => new LayerName(layer.Name));
        _signatures = Array.ConvertAll(layers, layer => layer.Signature);
        _expected = expected;
        _isTaken = new bool[layers.Length];
    }

    /// <summary>Finds orders that the numbers allow and the shapes fit.</summary>
    /// <param name="layers">As many layers of a file as the network has.</param>
    /// <param name="expected">The signatures of the layers of the network.</param>
    /// <returns>The one order that numbers say, whatever the shapes; otherwise none that fits, the only one, or two; null if it is not known.</returns>
    public static IReadOnlyList<TensorLayer[]>? Find(IEnumerable<TensorLayer> layers, IReadOnlyList<string> expected)
    {
        TensorLayer[] sorted = Sorted(layers, out bool isCertain);
        if (isCertain)
        {
            return new[] { sorted };
        }

        var order = new LayerOrder(sorted, expected);
        order.Try();
        return order._tries <= MaximumTries ? order._found : null;
    }

    /// <summary>Layers in the order of the numbers in their names.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="isCertain">Whether the numbers say this order and no other.</param>
    public static TensorLayer[] Sorted(IEnumerable<TensorLayer> layers, out bool isCertain)
    {
        (TensorLayer Layer, LayerName Name)[] sorted = layers.Select(layer => (layer, Name: new LayerName(layer.Name))).OrderBy(layer => layer.Name).ToArray();
        isCertain = LayerName.AreOrdered(Array.ConvertAll(sorted, layer => layer.Name));
        return Array.ConvertAll(sorted, layer => layer.Layer);
    }

    /// <summary>Goes on with the next layer; ends with the second order that fits.</summary>
    private void Try()
    {
        if (_order.Count == _layers.Length)
        {
            _found.Add(_order.Select(index => _layers[index]).ToArray());
            return;
        }

        _tries++;
        for (int index = 0; index < _layers.Length && _found.Count < 2 && _tries <= MaximumTries; index++)
        {
            if (_isTaken[index] || _signatures[index] != _expected[_order.Count] || HasEarlier(index))
            {
                continue;
            }

            _isTaken[index] = true;
            _order.Add(index);
            Try();
            _order.RemoveAt(_order.Count - 1);
            _isTaken[index] = false;
        }
    }

    /// <summary>Whether a layer that comes before this one has no place yet.</summary>
    private bool HasEarlier(int index)
    {
        for (int other = 0; other < index; other++)
        {
            if (!_isTaken[other] && _names[other].IsBefore(_names[index]))
            {
                return true;
            }
        }

        return false;
    }
}
