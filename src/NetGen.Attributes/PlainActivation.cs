using System;
using System.Linq;

namespace NetGen;

/// <summary>Activations in double precision, as the text book has them, for running a declaration.</summary>
internal static class PlainActivation
{
    /// <summary>The values of an activation.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="alpha">Its parameter α, or null for its default.</param>
    /// <param name="z">What it is applied to.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such activation.</exception>
    public static double[] Of(Activation activation, double? alpha, double[] z)
    {
        double max = z.Max();
        double sum = z.Sum(one => Math.Exp(one - max));
        return activation switch
        {
            Activation.Softmax => z.Select(one => Math.Exp(one - max) / sum).ToArray(),
            Activation.LogSoftmax => z.Select(one => one - max - Math.Log(sum)).ToArray(),
            _ => z.Select(one => Of(activation, alpha, one)).ToArray(),
        };
    }

    private static double Of(Activation activation, double? alpha, double z) => activation switch
    {
        Activation.Identity => z,
        Activation.Sigmoid => Sigmoid(z),
        Activation.Tanh => Math.Tanh(z),
        Activation.Relu => Math.Max(z, 0),
        Activation.LeakyRelu => z > 0 ? z : (alpha ?? 0.01) * z,
        Activation.Elu => z > 0 ? z : (alpha ?? 1) * (Math.Exp(z) - 1),
        Activation.Selu => 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * (Math.Exp(z) - 1)),
        Activation.Gelu => 0.5 * z * (1 + Erf(z / Math.Sqrt(2))),
        Activation.GeluTanh => 0.5 * z * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (z + (0.044715 * z * z * z)))),
        Activation.Silu => z * Sigmoid(z),
        Activation.Softplus => Softplus(z),
        Activation.Softsign => z / (1 + Math.Abs(z)),
        Activation.Mish => z * Math.Tanh(Softplus(z)),
        Activation.HardSigmoid => Math.Min(Math.Max((z + 3) / 6, 0), 1),
        Activation.HardTanh => Math.Min(Math.Max(z, -1), 1),
        Activation.Relu6 => Math.Min(Math.Max(z, 0), 6),
        Activation.Sin => Math.Sin((alpha ?? 30) * z),
        Activation.Snake => z + (Math.Pow(Math.Sin((alpha ?? 1) * z), 2) / (alpha ?? 1)),
        Activation.Exp => Math.Exp(z),
        Activation.HardSwish => z * Math.Min(Math.Max(z + 3, 0), 6) / 6,
        Activation.ClippedRelu => Math.Min(Math.Max(z, 0), 1),
        Activation.SquaredClippedRelu => Math.Pow(Math.Min(Math.Max(z, 0), 1), 2),
        Activation.Celu => z > 0 ? z : (alpha ?? 1) * (Math.Exp(z / (alpha ?? 1)) - 1),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation."),
    };

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));

    private static double Softplus(double z) => Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z)));

    /// <summary>The error function: its series <c>2/√π · e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!</c>, whose terms have one sign; beyond 6 it is 1 in double precision.</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
        {
            return Math.Sign(x);
        }

        double term = x;
        double sum = 0;
        for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            sum += term;
            term *= 2 * x * x / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
