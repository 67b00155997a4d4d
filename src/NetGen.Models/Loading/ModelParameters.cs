using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using NetGen.Models.Graphs;
using NetGen.Models.Tensors;

namespace NetGen.Models.Loading;

/// <summary>The parameters of a model in the order of a network.</summary>
internal static class ModelParameters
{
    /// <summary>Finds the parameters of a network in a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layout">The network.</param>
    /// <exception cref="InvalidDataException">Layers differ; the message has all that do.</exception>
    public static T[] For<T>(LayeredModel model, ParameterLayout layout)
        where T : unmanaged
    {
        IReadOnlyList<ModelBlock> blocks = ByName(model, layout) ?? ByOrder(model, layout);
        return Numbers<T>(blocks.SelectMany(block => block.Values).ToArray());
    }

    /// <summary>Finds the parameters of a network in a file of tensors, by the rule of <see cref="TensorMatch"/>.</summary>
    /// <param name="file">The file.</param>
    /// <param name="layout">The network.</param>
    /// <exception cref="InvalidDataException">Layers differ; the message has all that do.</exception>
    public static T[] For<T>(TensorFile file, ParameterLayout layout)
        where T : unmanaged
    {
        TensorMatch match = TensorMatch.Of(file.Header, NetworkLayers.Of(layout));
        match.Check();
        return Numbers<T>(match.Blocks.SelectMany(file.Values).ToArray());
    }

    private static T[] Numbers<T>(double[] values)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            return MemoryMarshal.Cast<double, T>(values).ToArray();
        }

        float[] singles = Array.ConvertAll(values, value => (float)value);
        return Array.Exists(singles, float.IsInfinity)
            ? throw new InvalidDataException("a parameter of the file is too large for a network of single precision")
            : MemoryMarshal.Cast<float, T>(singles).ToArray();
    }

    /// <summary>The blocks by their names; null where one of the network is not in the file.</summary>
    private static IReadOnlyList<ModelBlock>? ByName(LayeredModel model, ParameterLayout layout)
    {
        Dictionary<string, ModelBlock> known = model.Layers
            .SelectMany(layer => layer.Blocks.Select(block => (Name: layer.BlockName(block), block)))
            .ToDictionary(block => block.Name, block => block.block, StringComparer.Ordinal);
        if (!layout.Blocks.All(block => known.ContainsKey(block.Name)))
        {
            return null;
        }

        Check(layout.Blocks
            .Where(block => !known[block.Name].Shape.SequenceEqual(block.Shape))
            .Select(block => Shapes(Layer(block.Name), known[block.Name].Shape, block.Shape))
            .Concat(known.Keys.Except(layout.Blocks.Select(block => block.Name)).Select(name => $"the network has no '{name}'")));
        return layout.Blocks.Select(block => known[block.Name]).ToArray();
    }

    private static IReadOnlyList<ModelBlock> ByOrder(LayeredModel model, ParameterLayout layout)
    {
        int[] layers = Enumerable.Range(0, model.Layers.Count).Where(index => model.Layers[index].Blocks.Count > 0).ToArray();
        ParameterBlock[][] wanted = layout.Blocks.GroupBy(block => block.Layer).Select(group => group.ToArray()).ToArray();
        if (layers.Length != wanted.Length)
        {
            throw new InvalidDataException($"the file has {Names(layers.Select(layer => model.Layers[layer].Name))}, the network has {Names(wanted.Select(Name))}");
        }

        var dependence = new Dependence(model);
        if (!dependence.IsOrdered(layers))
        {
            layers = ByShape(model, dependence, layers, wanted);
        }

        Check(layers.Zip(wanted, (layer, blocks) => Mistakes(model.Layers[layer], blocks)).SelectMany(mistakes => mistakes));
        return layers.SelectMany(layer => model.Layers[layer].Blocks).ToArray();
    }

    /// <summary>Puts the layers of a file into the order of a network, where layers of the same shapes have an order among themselves: that in which they are computed.</summary>
    private static int[] ByShape(LayeredModel model, Dependence dependence, int[] layers, ParameterBlock[][] wanted)
    {
        Dictionary<string, Queue<int>> groups = layers.GroupBy(layer => Signature(model.Layers[layer])).ToDictionary(group => group.Key, group => new Queue<int>(group), StringComparer.Ordinal);
        int[]? unclear = groups.Values.Select(group => group.ToArray()).FirstOrDefault(group => !dependence.IsOrdered(group));
        var order = new List<int>();
        foreach (ParameterBlock[] blocks in wanted)
        {
            if (unclear is not null || !groups.TryGetValue(Signature(blocks), out Queue<int>? group) || group.Count == 0)
            {
                string why = unclear is not null
                    ? $"{Names(unclear.Select(layer => model.Layers[layer].Name))} of the file have the same shapes, and none is computed from another"
                    : $"the file has no layer like '{Name(blocks)}' ({string.Join(", ", blocks.Select(block => $"{Last(block.Name)} {Text(block.Shape)}"))}), or fewer of them";
                throw new InvalidDataException($"the layers of the network have other names than those of the file, and their order is not certain: {why}. Give the layers the names of the file, as its Declaration has them");
            }

            order.Add(group.Dequeue());
        }

        return order.ToArray();
    }

    private static IEnumerable<string> Mistakes(ModelLayer layer, ParameterBlock[] blocks)
    {
        foreach (ParameterBlock block in blocks)
        {
            ModelBlock? found = layer.Blocks.FirstOrDefault(candidate => candidate.Name == Last(block.Name));
            if (found is null)
            {
                yield return $"layer '{layer.Name}': file has no {Last(block.Name)}, network has {Text(block.Shape)} ('{block.Name}')";
            }
            else if (!found.Shape.SequenceEqual(block.Shape))
            {
                yield return Shapes(layer.Name, found.Shape, block.Shape);
            }
        }

        foreach (ModelBlock block in layer.Blocks.Where(block => blocks.All(other => Last(other.Name) != block.Name)))
        {
            yield return $"layer '{layer.Name}': file has a {block.Name} of {Text(block.Shape)}, network has none ('{Name(blocks)}')";
        }
    }

    private static void Check(IEnumerable<string> mistakes)
    {
        string[] all = mistakes.ToArray();
        if (all.Length > 0)
        {
            throw new InvalidDataException(TensorMatch.Text(all));
        }
    }

    private static string Shapes(string name, IReadOnlyList<int> file, IReadOnlyList<int> network) => $"layer '{name}': file has {Text(file)}, network has {Text(network)}";

    private static string Signature(ModelLayer layer) => string.Join(" ", layer.Blocks.Select(block => block.Name + Text(block.Shape)));

    private static string Signature(ParameterBlock[] blocks) => string.Join(" ", blocks.Select(block => Last(block.Name) + Text(block.Shape)));

    private static string Text(IEnumerable<int> shape) => string.Join("×", shape);

    private static string Names(IEnumerable<string> names)
    {
        string[] all = names.ToArray();
        return $"{all.Length} layers ({FileText.List(all)})";
    }

    private static string Name(ParameterBlock[] blocks) => Layer(blocks[0].Name);

    private static string Layer(string block) => block.Substring(0, block.Length - Last(block).Length - 1);

    private static string Last(string name) => name.Substring(name.LastIndexOf('.') + 1);
}
