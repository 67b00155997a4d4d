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
    private const int ShownNames = 20;
    private const int ShownLength = 100;

    /// <summary>Finds the tensors of a network.</summary>
    /// <param name="header">The file.</param>
    /// <param name="layout">The network.</param>
    /// <param name="layerNames">The names of the layers, or null to find them.</param>
    /// <exception cref="InvalidDataException">Tensors are missing, or their shapes are not those of the network.</exception>
    public static IReadOnlyList<LayerTensors> Find(SafetensorsHeader header, ParameterLayout layout, IReadOnlyList<string>? layerNames)
    {
        layerNames ??= FindLayerNames(header, layout.Layers.Count);
        return layout.Layers.Select((layer, index) => Find(header, layer, layerNames[index])).ToList();
    }

    private static LayerTensors Find(SafetensorsHeader header, LayerLayout layer, string name)
    {
        Suffix suffix = Array.Find(Suffix.All, candidate => header.Tensors.ContainsKey(name + candidate.Weight))
            ?? throw new InvalidDataException(
                $"the tensor '{name}{Suffix.All[0].Weight}' is missing. It has: {Shortened(header.Tensors.Keys.OrderBy(key => key, StringComparer.Ordinal).ToList())}");
        TensorHeader weight = header.Tensors[name + suffix.Weight];
        TensorHeader? bias = header.Tensors.GetValueOrDefault(name + suffix.Bias);
        if (layer.HasBias != bias is not null)
        {
            throw new InvalidDataException(layer.HasBias
                ? $"the tensor '{name}{suffix.Bias}' is missing"
                : $"it has a tensor '{name}{suffix.Bias}', but the layer is declared with UseBias = false");
        }

        if (suffix.IsTransposed)
        {
            CheckShape(weight, layer.Inputs, layer.Units);
        }
        else
        {
            CheckShape(weight, layer.Units, layer.Inputs);
        }

        if (bias is not null)
        {
            CheckShape(bias, layer.Units);
        }

        return new LayerTensors(weight, bias, suffix.IsTransposed);
    }

    private static void CheckShape(TensorHeader tensor, params long[] shape)
    {
        if (!tensor.HasShape(shape))
        {
            throw new InvalidDataException(
                $"the tensor '{tensor.Name}' has the shape {TensorHeader.Text(tensor.Shape)}, the network expects {TensorHeader.Text(shape)}");
        }
    }

    /// <summary>Everything that has weights, numbers in the names counting as numbers: layer 10 comes after layer 2.</summary>
    private static List<string> FindLayerNames(SafetensorsHeader header, int count)
    {
        List<string> names = header.Tensors.Keys
            .SelectMany(name => Suffix.All
                .Where(suffix => name.EndsWith(suffix.Weight, StringComparison.Ordinal))
                .Select(suffix => name[..^suffix.Weight.Length]))
            .ToList();
        names.Sort(CompareNaturally);
        if (names.Count != count)
        {
            throw new InvalidDataException(
                $"it has weights of {names.Count} layers ({Shortened(names)}), the network has {count}; "
                + "if the file holds more than the network, pass the names of its layers");
        }

        return names;
    }

    /// <summary>Names for a message, which a file of a million tensors must not fill.</summary>
    private static string Shortened(IReadOnlyList<string> names)
    {
        string list = string.Join(", ", names.Take(ShownNames).Select(name => name.Length <= ShownLength ? name : name[..ShownLength] + "…"));
        return names.Count <= ShownNames ? list : $"{list} and {names.Count - ShownNames} more";
    }

    private static int CompareNaturally(string x, string y)
    {
        int i = 0;
        int j = 0;
        while (i < x.Length && j < y.Length)
        {
            ReadOnlySpan<char> digitsOfX = Digits(x, i);
            ReadOnlySpan<char> digitsOfY = Digits(y, j);
            int order = digitsOfX.IsEmpty || digitsOfY.IsEmpty ? x[i].CompareTo(y[j]) : CompareNumbers(digitsOfX, digitsOfY);
            if (order != 0)
            {
                return order;
            }

            i += Math.Max(1, digitsOfX.Length);
            j += Math.Max(1, digitsOfY.Length);
        }

        return (x.Length - i).CompareTo(y.Length - j);
    }

    private static int CompareNumbers(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        x = x.TrimStart('0');
        y = y.TrimStart('0');
        return x.Length != y.Length ? x.Length.CompareTo(y.Length) : x.SequenceCompareTo(y);
    }

    private static ReadOnlySpan<char> Digits(string text, int start)
    {
        int end = start;
        while (end < text.Length && text[end] is >= '0' and <= '9')
        {
            end++;
        }

        return text.AsSpan(start, end - start);
    }

    /// <summary>How a library ends the names of a layer's tensors.</summary>
    private sealed record Suffix(string Weight, string Bias, bool IsTransposed)
    {
        /// <summary>PyTorch and NetGen; Keras in two versions; Flax.</summary>
        public static readonly Suffix[] All =
        [
            new(".weight", ".bias", IsTransposed: false),
            new("/kernel:0", "/bias:0", IsTransposed: true),
            new("/kernel", "/bias", IsTransposed: true),
            new(".kernel", ".bias", IsTransposed: true),
        ];
    }
}
