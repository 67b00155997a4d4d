using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Models.Safetensors;

namespace NetGen.Models.Tensors;

/// <summary>A file of safetensors as the layers whose parameters it has, by the names of its tensors.</summary>
internal sealed class TensorFile
{
    /// <summary>Most groups of layers of one shape that a message has.</summary>
    private const int MostGroups = 3;

    private readonly SafetensorsFile _file;

    private TensorFile(SafetensorsFile file) => _file = file;

    /// <summary>What is in the file.</summary>
    public SafetensorsHeader Header => _file.Header;

    /// <summary>Whether a file is one of safetensors: by its content, which begins with a short length and JSON, or, where it is damaged, by its name.</summary>
    public static bool IsOne(byte[] bytes, string name) => ForeignFile.IsSafetensors(bytes) || name.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is none, or damaged.</exception>
    public static TensorFile Read(byte[] bytes) => new(SafetensorsFile.Read(bytes));

    /// <summary>The numbers of a tensor in the order of a network.</summary>
    /// <exception cref="InvalidDataException">They are of a type that no network has, or no finite numbers.</exception>
    public double[] Values(TensorBlock block)
    {
        double[] values = _file.ToDoubles(Header.Tensors[block.Tensor]);
        int wrong = Array.FindIndex(values, value => double.IsNaN(value) || double.IsInfinity(value));
        return wrong < 0 ? block.InOrder(values) : throw new InvalidDataException(FileText.Harmless(FormattableString.Invariant(
            $"the tensor '{FileText.Short(block.Tensor)}' has {values[wrong]} at index {wrong}, expected finite numbers")));
    }

    /// <summary>
    /// Why the file declares no network, with the layers to write: where it has weights of products alone, each reading as many values as the one before has units, the list that it may be.
    /// Activations, which it does not have, are left to the reader.
    /// </summary>
    public string NoGraph()
    {
        TensorLayer[] layers = LayerOrder.Sorted(TensorLayer.Of(Header).Where(layer => layer.HasWeight), out bool isCertain);
        TensorBlock[] weights = layers.Select(layer => layer.Find(TensorName.Weight)!).ToArray();
        bool isList = layers.Length > 0 && isCertain && weights.All(weight => weight.Shape.Count == 2)
            && weights.Zip(weights.Skip(1), (one, next) => next.Shape[1] == one.Shape[0]).All(follows => follows);
        const string Reason = "it is a file of safetensors, which has tensors and no graph: what is computed of them is for the class to declare";
        if (!isList)
        {
            string[] alike = layers.GroupBy(layer => layer.Signature).Where(group => group.Count() > 1).Take(MostGroups).Select(group => TensorMatch.SameShapes(group.ToArray())).ToArray();
            string names = alike.Length == 0 ? "" : $" (of {string.Join(" and of ", alike)} only names say which is which)";
            return FileText.Harmless($"{Reason}{names}, with layers or a method Wire whose layers have the names of the file");
        }

        IEnumerable<string> dense = layers.Select((layer, index) =>
            $"[Dense({weights[index].Shape[0]}{(index < layers.Length - 1 ? ", Activation.?" : "")}{(layer.Find("bias") is null ? ", UseBias = false" : "")})]");
        return $"{Reason}. Its layers may be [Network({weights[0].Shape[1]})] {string.Join(" ", dense)}, with the activation of each in the place of the question mark";
    }
}
