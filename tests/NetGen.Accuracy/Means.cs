using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NetGen.TestKit;

namespace NetGen.Accuracy;

/// <summary>
/// How far the means over a batch, of the losses and of the gradients, are from those of the same network in double precision, by the number of samples. Once all
/// of them are in one call, and once in calls of a thousand whose gradients are added in double precision.
/// </summary>
internal static class Means
{
    private const int Part = 1000;

    private static readonly Declaration[] Networks =
    [
        new(1, [new Layer(1)], "SquaredError"),
        new(4, [new Layer(16, "Tanh"), new Layer(1)], "SquaredError"),
        new(1, [new Layer(1)], "AbsoluteError"),
        new(4, [new Layer(16, "Tanh"), new Layer(1)], "AbsoluteError"),
        new(4, [new Layer(16, "Tanh"), new Layer(1)], "Huber"),
        new(4, [new Layer(16, "Tanh"), new Layer(1, "Sigmoid")], "BinaryCrossEntropy"),
        new(4, [new Layer(16, "Tanh"), new Layer(3, "Softmax")], "CategoricalCrossEntropy"),
    ];

    public static string Measure()
    {
        var text = new StringBuilder("| network | loss | arithmetic | samples | mean loss | gradient | gradient in parts |\n|---|---|---|--:|--:|--:|--:|\n");
        foreach (Declaration declaration in Networks)
        {
            double[] parameters = Tensors.Random(new Random(1), declaration.ParameterCount, 0.5);
            INetwork<double> exact = TestKit.Networks.Create<double>(declaration);
            exact.Parameters.CopyFrom(Tensors.ToDouble(Tensors.To<float>(parameters)));
            foreach (int samples in new[] { 1_000, 10_000, 100_000, 1_000_000, 10_000_000 })
            {
                float[] x = Enumerable.Range(0, samples * declaration.Inputs).Select(index => 1 + (index % 10 * 0.1f)).ToArray();
                float[] y = Enumerable.Range(0, samples * declaration.Outputs).Select(index => Target(declaration, index)).ToArray();
                (double loss, double[] gradient) = InParts((ITrainable<double>)exact, samples, x, y, value => value, value => value);
                foreach (string arithmetic in new[] { "Strict", "Fused" })
                {
                    var network = (ITrainable<float>)TestKit.Networks.Create<float>(declaration with { Arithmetic = arithmetic });
                    network.Parameters.CopyFrom(Tensors.To<float>(parameters));
                    ParameterBuffer<float> whole = network.CreateGradient();
                    double mean = network.BackwardBatch(x, y, whole);
                    (_, double[] parts) = InParts(network, samples, x, y, value => value, value => value);
                    text.Append(string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {string.Join('-', declaration.Fans.Append(declaration.Outputs))} | {declaration.Loss} | {arithmetic.ToLowerInvariant()} | {samples:N0} | {Math.Abs((mean / loss) - 1):E0} | {Distance(whole.Canonical(), gradient):E0} | {Distance(parts, gradient):E0} |\n"));
                }
            }
        }

        return text.ToString();
    }

    /// <summary>A value of the target: classes in turn for a cross-entropy, numbers otherwise.</summary>
    private static float Target(Declaration declaration, int index) => declaration.Loss switch
    {
        "BinaryCrossEntropy" => index % 7 < 3 ? 1 : 0,
        "CategoricalCrossEntropy" => index % declaration.Outputs == index / declaration.Outputs % 7 % declaration.Outputs ? 1 : 0,
        _ => -0.1f * (index % 7),
    };

    /// <summary>Means of parts, and their mean in double precision.</summary>
    private static (double Loss, double[] Gradient) InParts<T>(ITrainable<T> network, int samples, float[] x, float[] y, Func<float, T> given, Func<T, double> got)
        where T : unmanaged
    {
        ParameterBuffer<T> gradient = network.CreateGradient();
        var sum = new double[gradient.Layout.ParameterCount];
        double loss = 0;
        for (int first = 0; first < samples; first += Part)
        {
            gradient.Clear();
            loss += got(network.BackwardBatch(Slice(x, first), Slice(y, first), gradient));
            T[] mean = gradient.Canonical();
            for (int index = 0; index < sum.Length; index++)
            {
                sum[index] += got(mean[index]);
            }
        }

        double parts = samples / Part;
        return (loss / parts, Array.ConvertAll(sum, value => value / parts));

        T[] Slice(float[] values, int first)
        {
            int width = values.Length / samples;
            return Array.ConvertAll(values[(first * width)..((first + Part) * width)], value => given(value));
        }
    }

    /// <summary>The length of the difference, as a fraction of the length.</summary>
    private static double Distance<T>(IReadOnlyList<T> actual, double[] expected)
        where T : System.Numerics.INumber<T> =>
        Math.Sqrt(actual.Select((value, index) => Math.Pow(double.CreateChecked(value) - expected[index], 2)).Sum() / expected.Sum(value => value * value));
}
