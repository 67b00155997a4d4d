using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using NetGen.Models.Tests;

namespace NetGen.TestKit;

/// <summary>Writes files of ONNX whose model is a list of dense layers with relu between them, the weights inside or in a file beside.</summary>
public static class DenseModel
{
    private const int Floats = 1;

    /// <summary>Writes a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sizes">Inputs, then the units of each layer.</param>
    /// <param name="scale">The weights are numbers of both signs as large as this.</param>
    /// <param name="data">The name of the file beside it that has the weights, or null.</param>
    public static void Write(string path, int[] sizes, float scale = 0.1f, string? data = null)
    {
        using var beside = new MemoryStream();
        var graph = new ProtobufWriter();
        string value = "x";
        for (int layer = 1; layer < sizes.Length; layer++)
        {
            string name = $"layers.{(layer - 1).ToString(CultureInfo.InvariantCulture)}";
            bool isLast = layer == sizes.Length - 1;
            string sum = isLast ? "y" : $"z{name}";
            ProtobufWriter product = new ProtobufWriter().Text(1, value).Text(1, $"{name}.weight").Text(1, $"{name}.bias").Text(2, sum).Text(4, "Gemm");
            graph.Message(1, product.Message(5, new ProtobufWriter().Text(1, "transB").Integer(3, 1).Integer(20, 2)));
            value = isLast ? sum : $"a{name}";
            if (!isLast)
            {
                graph.Message(1, new ProtobufWriter().Text(1, sum).Text(2, value).Text(4, "Relu"));
            }

            graph.Message(5, Tensor($"{name}.weight", scale, data, beside, sizes[layer], sizes[layer - 1]));
            graph.Message(5, Tensor($"{name}.bias", scale, data, beside, sizes[layer]));
        }

        graph.Message(11, Value("x", sizes[0])).Message(12, Value("y", sizes[^1]));
        ProtobufWriter model = new ProtobufWriter().Integer(1, 8).Message(8, new ProtobufWriter().Integer(2, 17)).Message(7, graph);
        File.WriteAllBytes(path, model.ToBytes());
        if (data is not null)
        {
            File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(path)!, data), beside.ToArray());
        }
    }

    private static ProtobufWriter Tensor(string name, float scale, string? data, MemoryStream beside, params int[] dimensions)
    {
        var tensor = new ProtobufWriter();
        foreach (int dimension in dimensions)
        {
            tensor.Integer(1, dimension);
        }

        // Numbers without a pattern, so that no text of them is shorter than that of a real model.
        var random = new Random(name.Length + dimensions[0]);
        float[] numbers = Enumerable.Range(0, dimensions.Aggregate((product, size) => product * size)).Select(_ => scale * ((2 * random.NextSingle()) - 1)).ToArray();
        byte[] bytes = MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray();
        tensor.Integer(2, Floats).Text(8, name);
        if (data is null)
        {
            return tensor.Bytes(9, bytes);
        }

        tensor.Message(13, Entry("location", data)).Message(13, Entry("offset", beside.Length.ToString(CultureInfo.InvariantCulture)));
        beside.Write(bytes);
        return tensor.Message(13, Entry("length", bytes.Length.ToString(CultureInfo.InvariantCulture))).Integer(14, 1);
    }

    private static ProtobufWriter Entry(string key, string value) => new ProtobufWriter().Text(1, key).Text(2, value);

    private static ProtobufWriter Value(string name, int size)
    {
        ProtobufWriter shape = new ProtobufWriter()
            .Message(1, new ProtobufWriter().Text(2, "batch"))
            .Message(1, new ProtobufWriter().Integer(1, size));
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, new ProtobufWriter().Integer(1, Floats).Message(2, shape)));
    }
}
