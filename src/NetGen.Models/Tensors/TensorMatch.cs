using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Models.Safetensors;

namespace NetGen.Models.Tensors;

/// <summary>
/// The rule by which the tensors of a file are the parameters of a network. The layers go by their names where the file has those of the network. Otherwise those of a chain go by the numbers in the
/// names of the file, <c>net.0</c> before <c>net.2</c>, and by their shapes where these leave one way; those of any other network by their shapes alone, where no two are alike. What could be
/// meant in two ways is a difference, as are other shapes: all of them are found.
/// </summary>
internal sealed class TensorMatch
{
    /// <summary>Most differences that a message has.</summary>
    private const int MostDifferences = 20;

    private readonly TensorLayer[] _file;
    private readonly Dictionary<string, TensorLayer> _byName;
    private readonly TensorNetwork _network;
    private readonly TensorLayer?[] _found;
    private readonly List<TensorDifference> _differences = new();
    private readonly List<TensorBlock> _blocks = new();

    private TensorMatch(TensorLayer[] file, TensorNetwork network)
    {
        _file = file;
        _byName = file.ToDictionary(layer => layer.Name, StringComparer.Ordinal);
        _network = network;
        _found = new TensorLayer?[network.Layers.Count];
    }

    /// <summary>What is not as the network has it; empty where all is.</summary>
    public IReadOnlyList<TensorDifference> Differences => _differences;

    /// <summary>The parameters of the network in the file, layer by layer; complete where nothing differs.</summary>
    public IReadOnlyList<TensorBlock> Blocks => _blocks;

    /// <summary>Names for the layers of the network, in an order that may be wrong: what to ask for where the file leaves the order open. Null where it does not.</summary>
    public IReadOnlyList<string>? Proposal { get; private set; }

    /// <summary>Finds the parameters of a network.</summary>
    /// <param name="header">The file.</param>
    /// <param name="network">The network.</param>
    /// <param name="names">The names that its layers have in the file, one for each; null for its own, or those that the file itself gives.</param>
    /// <exception cref="InvalidDataException">The file gives names that cannot be those of the layers.</exception>
    public static TensorMatch Of(SafetensorsHeader header, TensorNetwork network, IReadOnlyList<string>? names = null)
    {
        var match = new TensorMatch(TensorLayer.Of(header), network);
        if ((names ?? GivenNames.Of(header.Metadata, network.Layers.Count)) is { } given)
        {
            match.ByGivenNames(given);
        }
        else if (!match.ByName())
        {
            match.ByOrder();
        }

        for (int index = 0; index < match._found.Length; index++)
        {
            match.Compare(index);
        }

        return match;
    }

    /// <summary>Refuses what differs.</summary>
    /// <param name="proposal">Makes a sentence of <see cref="Proposal"/>.</param>
    /// <exception cref="InvalidDataException">Something differs; the message has all that does.</exception>
    public void Check(Func<IReadOnlyList<string>, string>? proposal = null)
    {
        if (_differences.Count > 0)
        {
            string text = Text(_differences.Select(difference => difference.Sentence(_network)).ToArray());
            throw new InvalidDataException(FileText.Harmless(text) + (Proposal is not null && proposal is not null ? ". " + proposal(Proposal) : ""));
        }
    }

    /// <summary>Sentences as one, as many as somebody reads.</summary>
    public static string Text(IReadOnlyList<string> differences) =>
        string.Join("; ", differences.Take(MostDifferences)) + (differences.Count > MostDifferences ? $"; and {differences.Count - MostDifferences} more" : "");

    /// <summary>Layers of a file that their names alone tell apart, in a message.</summary>
    public static string SameShapes(IReadOnlyCollection<TensorLayer> layers) => $"{layers.Count} layers of the same shapes ({Weights(layers)})";

    /// <summary>Takes the layers by names that were given to each of them.</summary>
    private void ByGivenNames(IReadOnlyList<string> names)
    {
        foreach (int index in Layers(_ => true))
        {
            _found[index] = InFile(names[index], _network.Layers[index]);
            if (_found[index] is null)
            {
                Differ(index, $"no layer '{FileText.Short(names[index])}' among {FileText.List(_file.Select(layer => layer.Name).ToArray())}", "one");
            }
        }
    }

    /// <summary>Takes the layers by their names, if the file has them: all, or some of a network whose names are given and no numbers of their places.</summary>
    private bool ByName()
    {
        int[] layers = Layers(layer => layer.HasWeight);
        bool isNumbered = layers.Any(index => TensorNetwork.IsNumber(_network.Layers[index].Name));
        int found = layers.Count(index => _byName.ContainsKey(_network.Layers[index].Name));
        if (layers.Length > 0 && (found == 0 || (found < layers.Length && isNumbered)))
        {
            return false;
        }

        foreach (int index in Layers(_ => true))
        {
            TakeByName(index);
        }

        // Names are wishes where somebody gave them, and other layers another network's; numbers may agree by chance.
        foreach (TensorLayer more in Candidates().Where(_ => isNumbered))
        {
            Differ(-1, $"a layer '{FileText.Short(more.Name)}'", "none of that name");
        }

        return true;
    }

    /// <summary>Takes by their names the layers whose names somebody gave, and those without weights; the others by their place or by their shapes.</summary>
    private void ByOrder()
    {
        foreach (int index in Layers(layer => !layer.HasWeight || (_byName.ContainsKey(layer.Name) && !TensorNetwork.IsNumber(layer.Name))))
        {
            TakeByName(index);
        }

        int[] open = Layers(_ => true).Where(index => _found[index] is null).ToArray();
        TensorLayer[] layers = Candidates().Select(layer => layer with { Blocks = layer.Blocks.Where(block => !IsValue(block)).ToArray() }).ToArray();
        if (layers.Length != open.Length)
        {
            TensorLayer[] all = LayerOrder.Sorted(_found.OfType<TensorLayer>().Concat(layers).Where(layer => layer.HasWeight), out _);
            bool isMore = layers.Length > open.Length;
            Differ(-1, Count(all), Count(Array.ConvertAll(Layers(layer => layer.HasWeight), index => _network.Layers[index])), isMore ? "if it holds more than the network, give the layers of the network the names of the file" : null);
            if (isMore)
            {
                Propose(open, layers);
            }

            return;
        }

        string[] expected = Array.ConvertAll(open, index => _network.Layers[index].Signature);
        if (!_network.IsChain)
        {
            ByShape(layers, open, expected);
            return;
        }

        IReadOnlyList<TensorLayer[]>? orders = LayerOrder.Find(layers, expected);
        if (orders is { Count: 1 })
        {
            Take(open, orders[0]);
        }
        else if (orders is { Count: 2 })
        {
            string[] unclear = expected.Where((_, place) => orders[0][place] != orders[1][place]).ToArray();
            int[] places = Enumerable.Range(0, open.Length).Where(place => unclear.Contains(expected[place])).ToArray();
            LeaveOpen(Array.ConvertAll(places, place => open[place]), layers.Where(layer => unclear.Contains(layer.Signature)).ToArray());
            Propose(open, layers);
        }
        else if (orders is null || !Lack(layers, open, expected))
        {
            Differ(-1, $"no order of its layers ({Names(layers)}) that the numbers in their names allow and the shapes fit", Names(open.Select(index => _network.Layers[index])));
            Propose(open, layers);
        }
    }

    /// <summary>Takes the layers by their shapes, where one layer has these; numbers say nothing of branches.</summary>
    private void ByShape(TensorLayer[] layers, int[] open, string[] expected)
    {
        if (Lack(layers, open, expected))
        {
            return;
        }

        ILookup<string, TensorLayer> alike = layers.ToLookup(layer => layer.Signature);
        foreach (IGrouping<string, int> places in Enumerable.Range(0, open.Length).GroupBy(place => expected[place]))
        {
            int[] indices = places.Select(place => open[place]).ToArray();
            TensorLayer[] candidates = alike[places.Key].ToArray();
            if (indices.Length == 1)
            {
                Take(indices, candidates);
            }
            else
            {
                LeaveOpen(indices, candidates);
                Propose(open, layers);
            }
        }
    }

    /// <summary>Whether the file lacks layers of some shapes; says which.</summary>
    private bool Lack(TensorLayer[] layers, int[] open, string[] expected)
    {
        Dictionary<string, int> left = layers.GroupBy(layer => layer.Signature).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        int differences = _differences.Count;
        for (int place = 0; place < open.Length; place++)
        {
            bool isKnown = left.TryGetValue(expected[place], out int count);
            if (count > 0)
            {
                left[expected[place]] = count - 1;
            }
            else
            {
                Differ(open[place], $"{(isKnown ? "no other layer" : "no layer")} with {expected[place]}", "one");
            }
        }

        return _differences.Count > differences;
    }

    /// <summary>Says which layers could be exchanged, and what would tell them apart.</summary>
    private void LeaveOpen(int[] indices, TensorLayer[] layers)
    {
        TensorLayer[] network = Array.ConvertAll(indices, index => _network.Layers[index]);
        Differ(
            -1,
            $"{SameShapes(layers)} and no name that says which is which",
            $"{network.Length} layers that could be any of them ({Names(network)})",
            $"rename the tensors to those of the network ({Weights(network)}), or give its layers the names of the file ({Names(layers)})");
    }

    private void Propose(int[] open, TensorLayer[] layers)
    {
        string[] names = _network.Layers.Select((layer, index) => _found[index]?.Name ?? layer.Name).ToArray();
        for (int place = 0; place < open.Length; place++)
        {
            names[open[place]] = layers[place].Name;
        }

        Proposal = names;
    }

    private void Compare(int index)
    {
        if (_found[index] is not { } file)
        {
            return;
        }

        TensorLayer network = _network.Layers[index];
        var rest = new HashSet<TensorBlock>(file.Blocks);
        foreach (TensorBlock wanted in network.Blocks)
        {
            if (file.Find(wanted.Name) is not { } found)
            {
                Differ(index, $"no '{FileText.Short(file.Tensor(wanted.Name))}'", wanted.Text);
                continue;
            }

            _blocks.Add(found);
            rest.Remove(found);
            if (!found.Shape.SequenceEqual(wanted.Shape))
            {
                Differ(index, $"{found.InFile(found.Shape)} in '{FileText.Short(found.Tensor)}'", found.InFile(wanted.Shape));
            }
        }

        foreach (TensorBlock more in file.Blocks.Where(block => rest.Contains(block) && !IsValue(block)))
        {
            string name = FileText.Short(more.Name);
            Differ(index, $"{more.InFile(more.Shape)} in '{FileText.Short(more.Tensor)}'", network.Find(more.Name) is null ? $"a layer without {name}" : $"a layer with one {name}");
        }
    }

    private void TakeByName(int index)
    {
        TensorLayer layer = _network.Layers[index];
        _found[index] = InFile(layer.Name, layer) ?? layer with { Blocks = Array.Empty<TensorBlock>() };
    }

    private void Take(int[] indices, TensorLayer[] layers)
    {
        for (int place = 0; place < indices.Length; place++)
        {
            _found[indices[place]] = layers[place];
        }
    }

    /// <summary>The layer of a name in the file. What PyTorch has as a parameter of its own has no more than that name.</summary>
    private TensorLayer? InFile(string name, TensorLayer wanted)
    {
        TensorLayer? layer = _byName.TryGetValue(name, out TensorLayer? found) ? found : null;
        TensorBlock? value = wanted.IsValue && layer?.Find(TensorName.Value) is null ? _file.SelectMany(each => each.Blocks).FirstOrDefault(block => block.Tensor == name) : null;
        return value is null ? layer : new TensorLayer(name, new[] { value with { Name = TensorName.Value } });
    }

    /// <summary>Whether something in a layer of the file is a parameter of the network by itself.</summary>
    private bool IsValue(TensorBlock block) => _found.Any(layer => layer is { IsValue: true } && layer.Blocks[0].Tensor == block.Tensor);

    /// <summary>The indices of the layers that have parameters, of some.</summary>
    private int[] Layers(Func<TensorLayer, bool> which) =>
        Enumerable.Range(0, _found.Length).Where(index => _network.Layers[index].Blocks.Count > 0 && which(_network.Layers[index])).ToArray();

    /// <summary>The layers of the file that may be found by their place and are not yet.</summary>
    private IEnumerable<TensorLayer> Candidates() => _file.Where(layer => layer.Find(TensorName.Weight) is { } weight && !TensorName.IsExtra(weight.Tensor) && !_found.Contains(layer));

    private void Differ(int layer, string inFile, string inNetwork, string? remedy = null) =>
        _differences.Add(new TensorDifference(layer, FileText.Harmless(inFile), FileText.Harmless(inNetwork), remedy is null ? null : FileText.Harmless(remedy)));

    private static string Weights(IEnumerable<TensorLayer> layers) =>
        FileText.List(layers.Select(layer => layer.Find(TensorName.Weight)!.Tensor is { Length: > 0 } name ? name : layer.Tensor(TensorName.Weight)).ToArray());

    private static string Names(IEnumerable<TensorLayer> layers) => FileText.List(layers.Select(layer => layer.Name).ToArray());

    private static string Count(TensorLayer[] layers) => $"weights of {layers.Length} {(layers.Length == 1 ? "layer" : "layers")} ({Names(layers)})";
}

/// <summary>Something that a file has otherwise than a network.</summary>
/// <param name="Layer">The index of the layer among those of the network, or -1.</param>
/// <param name="InFile">What the file has.</param>
/// <param name="InNetwork">What the network has.</param>
/// <param name="Remedy">What to write; null where that is clear.</param>
internal sealed record TensorDifference(int Layer, string InFile, string InNetwork, string? Remedy = null)
{
    /// <summary>All of it.</summary>
    public string Sentence(TensorNetwork network) =>
        $"{(Layer < 0 ? "" : $"layer '{network.Layers[Layer].Name}': ")}file has {InFile}, network has {InNetwork}{(Remedy is null ? "" : "; " + Remedy)}";
}
