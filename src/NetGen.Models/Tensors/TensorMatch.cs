using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Safetensors;

namespace NetGen.Models.Tensors;

/// <summary>
/// The rule by which the tensors of a file are the parameters of a network. The layers go by their names where the file has those of the network; otherwise by the numbers in the names of the
/// file, <c>net.0</c> before <c>net.2</c>, or, of layers that no number puts in order, by their shapes where these leave one way. What could be meant in two ways is a difference, as are other
/// shapes: all of them are found.
/// </summary>
internal sealed class TensorMatch
{
    private const string Weight = "weight";

    private readonly IReadOnlyList<TensorLayer> _file;
    private readonly IReadOnlyList<TensorLayer> _network;
    private readonly List<TensorDifference> _differences = new();
    private readonly List<string> _tensors = new();

    private TensorMatch(IReadOnlyList<TensorLayer> file, IReadOnlyList<TensorLayer> network)
    {
        _file = file;
        _network = network;
    }

    /// <summary>What is not as the network has it; empty where all is.</summary>
    public IReadOnlyList<TensorDifference> Differences => _differences;

    /// <summary>The names of the network's parameters in the file, layer by layer; complete where nothing differs.</summary>
    public IReadOnlyList<string> Tensors => _tensors;

    /// <summary>Finds the parameters of a network.</summary>
    /// <param name="file">The layers of the file, in the order of their names.</param>
    /// <param name="network">The layers of the network that have parameters, in their order.</param>
    public static TensorMatch Of(IReadOnlyList<TensorLayer> file, IReadOnlyList<TensorLayer> network)
    {
        var match = new TensorMatch(file, network);
        if (!match.ByName())
        {
            match.ByOrder();
        }

        return match;
    }

    /// <summary>Whether the layers of a file have one order by the numbers in their names.</summary>
    public static bool IsOrdered(IEnumerable<TensorLayer> layers) => LayerName.AreOrdered(layers.Select(layer => new LayerName(layer.Name)).ToArray());

    /// <summary>Whether a layer of a file can be one that is found by its place: what has weights. Other tensors, such as a count of batches, are nobody's.</summary>
    public static bool HasWeight(TensorLayer layer) => layer.Find(Weight) is not null;

    /// <summary>Takes the layers by their names, if the file has them: all, or some of a network whose names are given and no numbers of their places.</summary>
    private bool ByName()
    {
        bool isNumbered = _network.Any(layer => IsNumber(layer.Name));
        int found = _network.Count(layer => InFile(layer.Name) is not null);
        if (found == 0 || (found < _network.Count && isNumbered))
        {
            return false;
        }

        for (int index = 0; index < _network.Count; index++)
        {
            Compare(index, InFile(_network[index].Name) ?? new TensorLayer(_network[index].Name, Array.Empty<TensorBlock>()));
        }

        // Names are wishes where somebody gave them, and other layers another network's; numbers may agree by chance.
        foreach (TensorLayer more in _file.Where(layer => isNumbered && HasWeight(layer) && _network.All(other => other.Name != layer.Name)))
        {
            _differences.Add(new TensorDifference(-1, $"a layer '{FileText.Short(more.Name)}'", "none of that name"));
        }

        return true;
    }

    private void ByOrder()
    {
        TensorLayer[] layers = _file.Where(HasWeight).ToArray();
        if (layers.Length != _network.Count)
        {
            _differences.Add(new TensorDifference(-1, Count(layers), Count(_network)));
            return;
        }

        if (IsOrdered(layers))
        {
            for (int index = 0; index < layers.Length; index++)
            {
                Compare(index, layers[index]);
            }

            return;
        }

        ByShape(layers);
    }

    /// <summary>Takes the layers by their shapes, those of one shape by their numbers.</summary>
    private void ByShape(TensorLayer[] layers)
    {
        Dictionary<string, Queue<TensorLayer>> groups = layers.GroupBy(layer => layer.Signature).ToDictionary(group => group.Key, group => new Queue<TensorLayer>(group), StringComparer.Ordinal);
        foreach (Queue<TensorLayer> unclear in groups.Values.Where(group => !IsOrdered(group)))
        {
            _differences.Add(new TensorDifference(
                -1, $"{unclear.Count} layers of the same shapes ({FileText.List(unclear.Select(layer => layer.Name).ToArray())}) and no number in their names that says which comes first", "none of these names"));
        }

        for (int index = 0; index < _network.Count; index++)
        {
            string wanted = _network[index].Signature;
            if (!groups.TryGetValue(wanted, out Queue<TensorLayer>? group) || group.Count == 0)
            {
                _differences.Add(new TensorDifference(index, $"{(group is null ? "no layer" : "no other layer")} with {wanted}", "one"));
            }
            else
            {
                Compare(index, group.Dequeue());
            }
        }
    }

    private void Compare(int index, TensorLayer file)
    {
        TensorLayer network = _network[index];
        foreach (TensorBlock wanted in network.Blocks)
        {
            string name = Tensor(file, wanted);
            _tensors.Add(name);
            if (file.Find(wanted.Name) is not { } found)
            {
                _differences.Add(new TensorDifference(index, $"no '{FileText.Short(name)}'", wanted.Text));
            }
            else if (!found.Shape.SequenceEqual(wanted.Shape))
            {
                _differences.Add(new TensorDifference(index, $"{found.Text} in '{FileText.Short(name)}'", wanted.Text));
            }
        }

        foreach (TensorBlock more in file.Blocks.Where(block => network.Find(block.Name) is null))
        {
            _differences.Add(new TensorDifference(index, $"{more.Text} in '{FileText.Short(Tensor(file, more))}'", $"a layer without {FileText.Short(more.Name)}"));
        }
    }

    /// <summary>Whether a layer has the name that it is given by its place.</summary>
    private static bool IsNumber(string name)
    {
        const string Start = "layers.";
        return name.Length > Start.Length && name.StartsWith(Start, StringComparison.Ordinal) && name.Skip(Start.Length).All(char.IsDigit);
    }

    private TensorLayer? InFile(string name) => _file.FirstOrDefault(layer => layer.Name == name);

    private static string Tensor(TensorLayer layer, TensorBlock block) => layer.Name.Length == 0 ? block.Name : layer.Name + "." + block.Name;

    private static string Count(IReadOnlyList<TensorLayer> layers) => $"weights of {layers.Count} {(layers.Count == 1 ? "layer" : "layers")} ({FileText.List(layers.Select(layer => layer.Name).ToArray())})";
}

/// <summary>Something that a file has otherwise than a network.</summary>
/// <param name="Layer">The number of the layer among those of the network that have parameters, or -1.</param>
/// <param name="InFile">What the file has.</param>
/// <param name="InNetwork">What the network has.</param>
internal sealed record TensorDifference(int Layer, string InFile, string InNetwork);
