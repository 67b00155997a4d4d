using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Importing;

/// <summary>
/// Which layer of a file each layer of a declaration is, where both are the same graph: layers that do not read each other may come in another order, and terms and factors may change places.
/// Both are followed back from the outputs, which go by their names where those are the same, otherwise by their order.
/// </summary>
internal sealed class ModelOrder
{
    private readonly NetworkGraph _declared;
    private readonly NetworkGraph _file;
    private readonly List<(LayerSpec Layer, int[] Inputs)> _kinds = new();
    private readonly int[] _declaredKinds;
    private readonly int[] _fileKinds;
    private readonly int[] _found;

    private ModelOrder(NetworkGraph declared, NetworkGraph file)
    {
        _declared = declared;
        _file = file;
        _declaredKinds = Kinds(declared);
        _fileKinds = Kinds(file);
        _found = Enumerable.Repeat(-1, declared.Nodes.Count).ToArray();
    }

    /// <summary>The index of the file's node for each declared one, or null where the graphs are not the same.</summary>
    public static IReadOnlyList<int>? Of(NetworkGraph declared, NetworkGraph file)
    {
        bool isPossible = declared.Nodes.Count == file.Nodes.Count && declared.Outputs.Count == file.Outputs.Count && declared.Inputs.Count() == file.Inputs.Count();
        return isPossible && new ModelOrder(declared, file).Find() is { } found ? found : null;
    }

    private int[]? Find()
    {
        HashSet<string> names = new(_file.Outputs.Select(output => output.Name), StringComparer.OrdinalIgnoreCase);
        bool byName = names.SetEquals(_declared.Outputs.Select(output => output.Name));
        for (int index = 0; index < _declared.Outputs.Count; index++)
        {
            GraphOutput output = _declared.Outputs[index];
            GraphOutput other = byName ? _file.Outputs.First(one => string.Equals(one.Name, output.Name, StringComparison.OrdinalIgnoreCase)) : _file.Outputs[index];
            if (!Match(output.Node, other.Node))
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
    private int[] Kinds(NetworkGraph graph)
    {
        var kinds = new int[graph.Nodes.Count];
        int inputs = graph.Inputs.Count();
        for (int node = 0; node < kinds.Length; node++)
        {
            LayerSpec layer = graph.Nodes[node].Layer;
            int[] read = node < inputs ? new[] { -1 - node } : graph.Nodes[node].Inputs.Select(input => kinds[input]).ToArray();
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
