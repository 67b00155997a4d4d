using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Importing;

/// <summary>
/// Which layer of a file each layer of a declaration is, where both are the same graph: layers that do not read each other may come in another order, and terms and factors may change places.
/// Both are followed back from the outputs. Inputs and outputs go by their names where those are the same, otherwise by their order, unless a name is in both at another place.
/// </summary>
internal sealed class ModelOrder
{
    private readonly NetworkGraph _declared;
    private readonly NetworkGraph _file;
    private readonly List<(LayerSpec Layer, int[] Inputs)> _kinds = new();
    private readonly int[] _declaredKinds;
    private readonly int[] _fileKinds;
    private readonly int[] _found;

    private ModelOrder(NetworkGraph declared, NetworkGraph file, int[] inputs)
    {
        _declared = declared;
        _file = file;
        _declaredKinds = Kinds(declared, inputs);
        _fileKinds = Kinds(file, Enumerable.Range(0, inputs.Length).ToArray());
        _found = Enumerable.Repeat(-1, declared.Nodes.Count).ToArray();
    }

    /// <summary>The index of the file's node for each declared one, or null where the graphs are not the same.</summary>
    public static IReadOnlyList<int>? Of(NetworkGraph declared, NetworkGraph file)
    {
        int[]? inputs = Places(declared.Inputs.Select(input => input.Name).ToArray(), file.Inputs.Select(input => input.Name).ToArray());
        int[]? outputs = Places(declared.Outputs.Select(output => output.Name).ToArray(), file.Outputs.Select(output => output.Name).ToArray());
        return inputs is null || outputs is null || declared.Nodes.Count != file.Nodes.Count ? null : new ModelOrder(declared, file, inputs).Find(outputs);
    }

    /// <summary>Where each name is in the file: by name where all are there, else in its place; null where there are more or fewer, or one is there at another place.</summary>
    private static int[]? Places(string[] declared, string[] file)
    {
        int[] byName = Array.ConvertAll(declared, name => Array.FindIndex(file, other => string.Equals(name, other, StringComparison.OrdinalIgnoreCase)));
        return declared.Length != file.Length ? null
            : byName.OrderBy(place => place).SequenceEqual(Enumerable.Range(0, file.Length)) ? byName
            : byName.Where((found, place) => found >= 0 && found != place).Any() ? null
            : Enumerable.Range(0, file.Length).ToArray();
    }

    private int[]? Find(int[] outputs)
    {
        for (int index = 0; index < outputs.Length; index++)
        {
            if (!Match(_declared.Outputs[index].Node, _file.Outputs[outputs[index]].Node))
            {
                return null;
            }
        }

        bool isWhole = _found.Distinct().Count() == _found.Length && !_found.Contains(-1);
        bool sharesAlike = isWhole && _found.Select((other, node) => (_declared.Nodes[node].SharesWith, _file.Nodes[other].SharesWith))
            .All(shared => shared.Item1 is { } one ? _found[one] == shared.Item2 : shared.Item2 is null);
        return sharesAlike ? _found : null;
    }

    private bool Match(int node, int other)
    {
        if (_found[node] >= 0 || _declaredKinds[node] != _fileKinds[other])
        {
            return _found[node] == other;
        }

        _found[node] = other;
        int[] inputs = _declared.Nodes[node].Inputs.ToArray();
        int[] others = _file.Nodes[other].Inputs.ToArray();
        if (inputs.Where((input, index) => _declaredKinds[input] != _fileKinds[others[index]]).Any())
        {
            Array.Reverse(others);
        }

        return inputs.Zip(others, Match).All(isSame => isSame);
    }

    /// <summary>A number for each node: the same for nodes that compute the same of the same inputs, but for their parameters.</summary>
    private int[] Kinds(NetworkGraph graph, int[] inputs)
    {
        var kinds = new int[graph.Nodes.Count];
        for (int node = 0; node < kinds.Length; node++)
        {
            LayerSpec layer = graph.Nodes[node].Layer;
            int[] read = node < inputs.Length ? new[] { -1 - inputs[node] } : graph.Nodes[node].Inputs.Select(input => kinds[input]).ToArray();
            if (layer is Add or Multiply)
            {
                Array.Sort(read);
            }

            kinds[node] = _kinds.FindIndex(kind => kind.Inputs.SequenceEqual(read) && ModelComparison.AreSame(kind.Layer, layer));
            if (kinds[node] < 0)
            {
                kinds[node] = _kinds.Count;
                _kinds.Add((layer, read));
            }
        }

        return kinds;
    }
}
