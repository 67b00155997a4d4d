using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NetGen.TestKit;

namespace NetGen.Accuracy;

/// <summary>What small numbers cost: a network of single precision on ordinary numbers, and the same with small ones, timed in turn in one process.</summary>
internal static class Subnormal
{
    private const int Samples = 64;

    /// <summary>The activation of the hidden layers, the size of every input, the size of every weight where it is not as initialised, and every bias.</summary>
    private static readonly (string Text, string Activation, float Input, float? Weight, float Bias)[] Cases =
    [
        ("relu, inputs 1e-37", "Relu", 1e-37f, null, 0),
        ("tanh, inputs 1e-37", "Tanh", 1e-37f, null, 0),
        ("relu, weights 1e-38", "Relu", 1, 1e-38f, 0),
        ("relu, weights 1e-6", "Relu", 1, 1e-6f, 0),
        ("tanh, inputs and weights 1e-6", "Tanh", 1e-6f, 1e-6f, 0),
        ("sigmoid, inputs and weights 1e-6", "Sigmoid", 1e-6f, 1e-6f, 0),
        .. new[] { "Sigmoid", "Tanh", "Elu", "Gelu", "GeluTanh", "Silu", "Softplus", "Mish" }.Select(name => ($"{name}, z = -95", name, 1f, (float?)null, -95f)),
        ("Sigmoid, z = -50", "Sigmoid", 1, null, -50),
    ];

    public static string Measure()
    {
        var text = new StringBuilder("| 64-64-64-8 | Forward | Backward | ForwardBatch | BackwardBatch |\n|---|--:|--:|--:|--:|\n");
        foreach ((string what, string activation, float input, float? weight, float bias) in Cases)
        {
            var declaration = new Declaration(64, [new Layer(64, activation), new Layer(64, activation), new Layer(8)], "SquaredError");
            Action[] ordinary = Calls(declaration, 1, null, 0);
            Action[] small = Calls(declaration, input, weight, bias);
            IEnumerable<string> ratios = ordinary.Zip(small, (one, other) => Cost.Interleave([one, other]))
                .Select(times => (times[1].Min() / times[0].Min()).ToString("0.00", CultureInfo.InvariantCulture));
            text.Append(CultureInfo.InvariantCulture, $"| {what} | {string.Join(" | ", ratios)} |\n");
        }

        return text.ToString();
    }

    private static Action[] Calls(Declaration declaration, float input, float? weight, float bias)
    {
        var network = (ITrainable<float>)TestKit.Networks.Create<float>(declaration);
        network.Initialize(1);
        for (int layer = 0; layer < declaration.Layers.Count; layer++)
        {
            for (int unit = 0; unit < declaration.Layers[layer].Units; unit++)
            {
                for (int from = 0; from < 64 && weight is not null; from++)
                {
                    network.Parameters.Weight(layer, unit, from) = (unit + from) % 3 == 0 ? -weight.Value : weight.Value;
                }

                network.Parameters.Bias(layer, unit) = layer < declaration.Layers.Count - 1 ? bias : 0;
            }
        }

        float[] xs = Enumerable.Range(0, 64 * Samples).Select(index => index % 5 == 0 ? -input : input).ToArray();
        float[] ys = Enumerable.Range(0, 8 * Samples).Select(index => index % 8 == 0 ? 1f : 0).ToArray();
        float[] x = xs[..64];
        float[] y = ys[..8];
        var a = new float[8];
        var outputs = new float[8 * Samples];
        ParameterBuffer<float> gradient = network.CreateGradient();
        return
        [
            () => network.Forward(x, a),
            () => network.Backward(x, y, gradient),
            () => network.ForwardBatch(xs, outputs),
            () => network.BackwardBatch(xs, ys, gradient),
        ];
    }
}
