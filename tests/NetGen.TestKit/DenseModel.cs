using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using NetGen.Models.Onnx;
using NetGen.Models.Tests;

namespace NetGen.TestKit;

/// <summary>Writes files of ONNX whose model is a list of dense layers with relu between them, the weights inside or in a file beside.</summary>
public static class DenseModel
{
    /// <summary>Writes a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sizes">Inputs, then the units of each layer.</param>
    /// <param name="scale">The weights are numbers of both signs as large as this.</param>
    /// <param name="data">The name of the file beside it that has the weights, or null.</param>
    public static void Write(string path, int[] sizes, float scale = 0.1f, string? data = null)
    {
        using var beside = new MemoryStream();
        OnnxBuilder model = new OnnxBuilder().Input("x", "batch", sizes[0]).Output("y", "batch", sizes[^1]);
        string value = "x";
        for (int layer = 1; layer < sizes.Length; layer++)
        {
            string name = $"layers.{(layer - 1).ToString(CultureInfo.InvariantCulture)}";
            bool isLast = layer == sizes.Length - 1;
            string sum = isLast ? "y" : $"z{name}";
            model.Node("Gemm", [value, $"{name}.weight", $"{name}.bias"], [sum], ("transB", 1));
            if (!isLast)
            {
                value = $"a{name}";
                model.Node("Relu", [sum], [value]);
            }

            model.Constant(Tensor($"{name}.weight", scale, data, beside, sizes[layer], sizes[layer - 1]));
            model.Constant(Tensor($"{name}.bias", scale, data, beside, sizes[layer]));
        }

        File.WriteAllBytes(path, model.ToBytes());
        if (data is not null)
        {
            File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(path)!, data), beside.ToArray());
        }
    }

    private static ProtobufWriter Tensor(string name, float scale, string? data, MemoryStream beside, params long[] dimensions)
    {
        // Numbers without a pattern, so that no text of them is shorter than that of a real model.
        var random = new Random(name.Length + (int)dimensions[0]);
        float[] numbers = Enumerable.Range(0, (int)dimensions.Aggregate((product, size) => product * size)).Select(_ => scale * ((2 * random.NextSingle()) - 1)).ToArray();
        if (data is null)
        {
            return OnnxBuilder.Tensor(name, dimensions, numbers);
        }

        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(numbers.AsSpan());
        ProtobufWriter tensor = OnnxBuilder.Tensor(name, OnnxType.Float, dimensions)
            .Message(13, Entry("location", data))
            .Message(13, Entry("offset", beside.Length.ToString(CultureInfo.InvariantCulture)))
            .Message(13, Entry("length", bytes.Length.ToString(CultureInfo.InvariantCulture)))
            .Integer(14, 1);
        beside.Write(bytes);
        return tensor;
    }

    private static ProtobufWriter Entry(string key, string value) => new ProtobufWriter().Text(1, key).Text(2, value);
}
