using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NetGen.Training;

/// <summary>Where a layer's parameters are in a file.</summary>
/// <param name="Weight">The weights.</param>
/// <param name="Bias">The biases, if the layer has any.</param>
/// <param name="IsTransposed">The weights are <c>[in][out]</c>, as Keras has them, not <c>[out][in]</c>.</param>
internal sealed record LayerTensors(TensorHeader Weight, TensorHeader? Bias, bool IsTransposed)
{
    /// <summary>Finds the tensors of a network.</summary>
    /// <param name="header">The file.</param>
    /// <param name="layout">The network.</param>
    /// <param name="layerNames">The names of the layers, or null to find them.</param>
    /// <exception cref="InvalidDataException">Tensors are missing, or their shapes are not those of the network.</exception>
    public static IReadOnlyList<LayerTensors> Find(SafetensorsHeader header, ParameterLayout layout, IReadOnlyList<string>? layerNames)
    {
        layerNames ??= Named(header, layout) ?? FindLayerNames(header, layout);
        return layout.Layers.Select((layer, index) => Find(header, layer, layerNames[index])).ToList();
    }

    /// <summary>The names that a program gave to the layers when it saved the file; null if it gave none.</summary>
    /// <exception cref="InvalidDataException">There are more or fewer of them than layers.</exception>
    public static IReadOnlyList<string>? Named(SafetensorsHeader header, ParameterLayout layout)
    {
        IReadOnlyList<string>? names = CheckpointNames.OfLayers(header.Metadata);
        return names is null || names.Count == layout.Layers.Count ? names : throw OtherCount(names, layout);
    }

    private static LayerTensors Find(SafetensorsHeader header, LayerLayout layer, string name) =>
        Mistake(header, layer, name, out LayerTensors? tensors) is { } mistake ? throw new InvalidDataException(mistake) : tensors!;

    /// <summary>Finds the tensors of a layer.</summary>
    /// <returns>What is wrong, or null and the tensors.</returns>
    private static string? Mistake(SafetensorsHeader header, LayerLayout layer, string name, out LayerTensors? tensors)
    {
        tensors = null;
        Suffix? suffix = Array.Find(Suffix.All, candidate => header.Tensors.ContainsKey(name + candidate.Weight));
        if (suffix is null)
        {
            return $"the tensor '{name}{Suffix.All[0].Weight}' is missing. "
                + $"It has: {FileText.List(header.Tensors.Keys.OrderBy(key => key, StringComparer.Ordinal).ToList())}";
        }

        TensorHeader weight = header.Tensors[name + suffix.Weight];
        TensorHeader? bias = header.Tensors.GetValueOrDefault(name + suffix.Bias);
        if (layer.HasBias != bias is not null)
        {
            return layer.HasBias
                ? $"the tensor '{name}{suffix.Bias}' is missing"
                : $"it has a tensor '{name}{suffix.Bias}', but the layer is declared with UseBias = false";
        }

        tensors = new LayerTensors(weight, bias, suffix.IsTransposed);
        return (suffix.IsTransposed ? Mistake(weight, layer.Inputs, layer.Units) : Mistake(weight, layer.Units, layer.Inputs))
            ?? (bias is null ? null : Mistake(bias, layer.Units));
    }

    private static string? Mistake(TensorHeader tensor, params long[] shape) => tensor.HasShape(shape)
        ? null
        : $"the tensor '{tensor.Name}' has the shape {TensorHeader.Text(tensor.Shape)}, the network expects {TensorHeader.Text(shape)}";

    /// <summary>Everything that has weights, in the order of the layers.</summary>
    private static IReadOnlyList<string> FindLayerNames(SafetensorsHeader header, ParameterLayout layout)
    {
        // In the order of the file: often that of the network, and so the best example.
        List<string> names = header.Tensors.Values
            .Where(tensor => !CheckpointNames.IsExtra(tensor.Name))
            .OrderBy(tensor => tensor.Begin)
            .SelectMany(tensor => Suffix.All
                .Where(suffix => suffix.IsWeight(tensor.Name))
                .Select(suffix => tensor.Name[..^suffix.Weight.Length]))
            .Distinct()
            .ToList();
        if (names.Count != layout.Layers.Count)
        {
            names.Sort((x, y) => new LayerName(x).CompareTo(new LayerName(y)));
            throw OtherCount(names, layout);
        }

        return LayerOrder.Find(
            names,
            name => Shape(header, name),
            layout.Layers.Select(layer => new LayerShape(layer.Units, layer.Inputs, layer.HasBias)).ToArray());
    }

    private static InvalidDataException OtherCount(IReadOnlyList<string> names, ParameterLayout layout) => new(
        $"it has weights of {names.Count} layers ({FileText.List(names)}), the network has {layout.Layers.Count}; "
        + "if the file holds more than the network, pass the names of its layers");

    /// <summary>The shape of the layer of a name, or null if it is none of a dense layer.</summary>
    private static LayerShape? Shape(SafetensorsHeader header, string name)
    {
        Suffix suffix = Suffix.All.First(candidate => header.Tensors.ContainsKey(name + candidate.Weight));
        IReadOnlyList<long> weight = header.Tensors[name + suffix.Weight].Shape;
        TensorHeader? bias = header.Tensors.GetValueOrDefault(name + suffix.Bias);
        if (weight.Count != 2)
        {
            return null;
        }

        (long units, long inputs) = suffix.IsTransposed ? (weight[1], weight[0]) : (weight[0], weight[1]);
        return bias is null || bias.HasShape(units) ? new LayerShape(units, inputs, bias is not null) : null;
    }

    /// <summary>How a library ends the names of a layer's tensors.</summary>
    private sealed record Suffix(string Weight, string Bias, bool IsTransposed)
    {
        /// <summary>PyTorch and NetGen; Keras' names of variables in two versions; Flax; Keras 3's files of weights, the last as written on Windows.</summary>
        public static readonly Suffix[] All =
        [
            new(".weight", ".bias", IsTransposed: false),
            new("/kernel:0", "/bias:0", IsTransposed: true),
            new("/kernel", "/bias", IsTransposed: true),
            new(".kernel", ".bias", IsTransposed: true),
            new("/vars/0", "/vars/1", IsTransposed: true),
            new(@"\vars\0", @"\vars\1", IsTransposed: true),
        ];

        /// <summary>What Keras stores beside the layers, in the same way: the first variables of these are numbers of steps, sums, and states of generators.</summary>
        private static readonly string[] OtherParts = ["optimizer", "metrics", "compile_metrics", "loss_tracker", "seed_generator"];

        /// <summary>Whether a name is that of a layer's weights.</summary>
        public bool IsWeight(string name)
        {
            if (!name.EndsWith(Weight, StringComparison.Ordinal))
            {
                return false;
            }

            bool isNumbered = Weight[^2] is '/' or '\\';
            string[] parts = name[..^Weight.Length].Split('/', '\\');
            return !isNumbered || !OtherParts.Contains(parts[0].TrimStart('_')) && !OtherParts.Contains(parts[^1]);
        }
    }
}
