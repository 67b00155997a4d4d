using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Models.Safetensors;

namespace NetGen.Models.Tensors;

/// <summary>A file of safetensors as the layers whose parameters it has, by the names that PyTorch writes: <c>net.0.weight</c>, <c>[units][inputs]</c>, and <c>net.0.bias</c>.</summary>
internal sealed class TensorFile
{
    private readonly SafetensorsFile _file;

    private TensorFile(SafetensorsFile file)
    {
        _file = file;
        Layers = TensorLayer.Of(file.Header.Tensors.Values.Select(tensor => (tensor.Name, tensor.Shape))).OrderBy(layer => new LayerName(layer.Name)).ToArray();
    }

    /// <summary>The layers, in the order of the numbers in their names.</summary>
    public IReadOnlyList<TensorLayer> Layers { get; }

    /// <summary>The tensors.</summary>
    public IEnumerable<TensorHeader> Tensors => _file.Header.Tensors.Values;

    /// <summary>Whether a file is one of safetensors: by its content, which begins with a short length and JSON, or, where it is damaged, by its name.</summary>
    public static bool IsOne(byte[] bytes, string name) => ForeignFile.IsSafetensors(bytes) || name.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is none, or damaged.</exception>
    public static TensorFile Read(byte[] bytes) => new(SafetensorsFile.Read(bytes));

    /// <summary>The numbers of a tensor.</summary>
    /// <exception cref="InvalidDataException">They are of a type that no network has, or no finite numbers.</exception>
    public double[] Values(string name)
    {
        double[] values = _file.ToDoubles(_file.Header.Tensors[name]);
        int wrong = Array.FindIndex(values, value => double.IsNaN(value) || double.IsInfinity(value));
        return wrong < 0 ? values : throw new InvalidDataException($"the tensor '{FileText.Short(name)}' has {values[wrong]} at index {wrong}, expected finite numbers");
    }

    /// <summary>
    /// Why the file declares no network, with the layers to write: where it has weights of products alone, each reading as many values as the one before has units, the list that it may be.
    /// Activations, which it does not have, are left to the reader.
    /// </summary>
    public string NoGraph()
    {
        TensorLayer[] layers = Layers.Where(TensorMatch.HasWeight).ToArray();
        TensorBlock[] weights = layers.Select(layer => layer.Find("weight")!).ToArray();
        bool isList = layers.Length > 0 && TensorMatch.IsOrdered(layers) && weights.All(weight => weight.Shape.Count == 2)
            && weights.Zip(weights.Skip(1), (one, next) => next.Shape[1] == one.Shape[0]).All(follows => follows);
        const string Reason = "it is a file of safetensors, which has tensors and no graph: what is computed of them is for the class to declare";
        if (!isList)
        {
            return Reason + ", with layers or a method Wire whose layers have the names of the file";
        }

        IEnumerable<string> dense = layers.Select((layer, index) =>
            $"[Dense({weights[index].Shape[0]}{(index < layers.Length - 1 ? ", Activation.?" : "")}{(layer.Find("bias") is null ? ", UseBias = false" : "")})]");
        return $"{Reason}. Its layers may be [Network({weights[0].Shape[1]})] {string.Join(" ", dense)}, with the activation of each in the place of the question mark";
    }
}
