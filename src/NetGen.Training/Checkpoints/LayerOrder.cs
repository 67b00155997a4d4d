using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NetGen.Training;

/// <summary>What must agree for a layer of a file to be one of a network.</summary>
internal readonly record struct LayerShape(long Units, long Inputs, bool HasBias);

/// <summary>Puts the layers of a file into the order of the network: by the numbers in their names, and by their shapes where these leave no choice.</summary>
internal sealed class LayerOrder
{
    /// <summary>Far more than a file of one order needs; one that is made to have none could ask for 2ⁿ.</summary>
    private const int MaximumTries = 10_000;

    private readonly LayerName[] _names;
    private readonly int _count;
    private readonly LayerShape?[] _shapes;
    private readonly LayerShape[] _expected;
    private readonly bool[] _isTaken;
    private readonly List<int> _order = [];
    private readonly List<string[]> _found = [];
    private int _tries;

    private LayerOrder(LayerName[] names, LayerShape?[] shapes, LayerShape[] expected)
    {
        _names = names;
        _count = names.Length;
        _shapes = shapes;
        _expected = expected;
        _isTaken = new bool[_count];
    }

    /// <summary>The names in the order of the layers.</summary>
    /// <param name="names">As many names as the network has layers, each another one.</param>
    /// <param name="shape">The shape of the layer of a name, null if no layer has it.</param>
    /// <param name="expected">The shapes of the network's layers.</param>
    /// <exception cref="InvalidDataException">The names leave it open, and the shapes fit more than one order or none.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> names, Func<string, LayerShape?> shape, LayerShape[] expected)
    {
        LayerName[] sorted = names.Select(name => new LayerName(name)).OrderBy(name => name).ToArray();
        if (LayerName.AreOrdered(sorted))
        {
            return Array.ConvertAll(sorted, name => name.Text);
        }

        var order = new LayerOrder(sorted, Array.ConvertAll(sorted, name => shape(name.Text)), expected);
        order.Try();
        if (order._found.Count == 1 && order._tries <= MaximumTries)
        {
            return order._found[0];
        }

        if (order._found.Count == 0 && order._tries <= MaximumTries)
        {
            throw new InvalidDataException(
                $"no order of its layers that the numbers in their names allow has the shapes of the network; they are {FileText.List(names)}. "
                + $"Pass their names in the order of the layers: {Call(names)}");
        }

        throw new InvalidDataException(
            $"the names of its layers do not say in which order they come, and the shapes fit more than one. Pass the names in the right order, such as: {Call(names)}");
    }

    /// <summary>The call that says the order.</summary>
    public static string Call(IEnumerable<string> names) =>
        $"Checkpoint.Load(file, network, new[] {{ {string.Join(", ", names.Select(FileText.Literal))} }})";

    /// <summary>Goes on with the next layer; ends with the second order that fits.</summary>
    private void Try()
    {
        if (_order.Count == _count)
        {
            _found.Add(_order.Select(index => _names[index].Text).ToArray());
            return;
        }

        _tries++;
        for (int index = 0; index < _count && _found.Count < 2 && _tries <= MaximumTries; index++)
        {
            if (_isTaken[index] || _shapes[index] != _expected[_order.Count] || HasEarlier(index))
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
