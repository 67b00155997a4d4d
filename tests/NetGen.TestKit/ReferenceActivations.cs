using System;

namespace NetGen.TestKit;

/// <summary>The activations of single units in double, each with its derivative, written from their definitions.</summary>
public static class ReferenceActivations
{
    private const double SeluScale = 1.0507009873554805;
    private const double SeluAlpha = 1.6732632423543772;

    public static double Value(Layer layer, double z)
    {
        double alpha = layer.Alpha ?? DefaultAlpha(layer.Activation);
        return layer.Activation switch
        {
            "Identity" => z,
            "Sigmoid" => Sigmoid(z),
            "Tanh" => Math.Tanh(z),
            "Relu" => Math.Max(z, 0),
            "LeakyRelu" => z > 0 ? z : alpha * z,
            "Elu" => z > 0 ? z : alpha * (Math.Exp(z) - 1),
            "Selu" => SeluScale * (z > 0 ? z : SeluAlpha * (Math.Exp(z) - 1)),
            "Gelu" => z * Phi(z),
            "GeluTanh" => 0.5 * z * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (z + (0.044715 * z * z * z)))),
            "Silu" => z * Sigmoid(z),
            "Softplus" => Softplus(z),
            "Softsign" => z / (1 + Math.Abs(z)),
            "Mish" => z * Math.Tanh(Softplus(z)),
            "HardSigmoid" => Math.Clamp((z + 3) / 6, 0, 1),
            "HardTanh" => Math.Clamp(z, -1, 1),
            "Relu6" => Math.Clamp(z, 0, 6),
            "Sin" => Math.Sin(alpha * z),
            "Snake" => z + (Math.Sin(alpha * z) * Math.Sin(alpha * z) / alpha),
            "Exp" => Math.Exp(z),
            "HardSwish" => z * Math.Clamp(z + 3, 0, 6) / 6,
            "ClippedRelu" => Math.Clamp(z, 0, 1),
            "SquaredClippedRelu" => Math.Clamp(z, 0, 1) * Math.Clamp(z, 0, 1),
            "Celu" => z > 0 ? z : alpha * (Math.Exp(z / alpha) - 1),
            _ => throw new NotSupportedException(layer.Activation),
        };
    }

    public static double Derivative(Layer layer, double z)
    {
        double alpha = layer.Alpha ?? DefaultAlpha(layer.Activation);
        switch (layer.Activation)
        {
            case "Identity":
                return 1;
            case "Sigmoid":
                return Sigmoid(z) * Sigmoid(-z);
            case "Tanh":
                return 1 / (Math.Cosh(z) * Math.Cosh(z));
            case "Relu":
                return z > 0 ? 1 : 0;
            case "LeakyRelu":
                return z > 0 ? 1 : alpha;
            case "Elu":
                return z > 0 ? 1 : alpha * Math.Exp(z);
            case "Selu":
                return SeluScale * (z > 0 ? 1 : SeluAlpha * Math.Exp(z));
            case "Gelu":
                return Phi(z) + (z * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI));
            case "GeluTanh":
                double slope = Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * z * z));
                double u = Math.Sqrt(2 / Math.PI) * (z + (0.044715 * z * z * z));
                return (0.5 * (1 + Math.Tanh(u))) + (0.5 * z * slope / (Math.Cosh(u) * Math.Cosh(u)));
            case "Silu":
                return Sigmoid(z) + (z * Sigmoid(z) * Sigmoid(-z));
            case "Softplus":
                return Sigmoid(z);
            case "Softsign":
                return 1 / ((1 + Math.Abs(z)) * (1 + Math.Abs(z)));
            case "Mish":
                double c = Math.Cosh(Softplus(z));
                return Math.Tanh(Softplus(z)) + (z * Sigmoid(z) / (c * c));
            case "HardSigmoid":
                return Math.Abs(z) < 3 ? 1.0 / 6 : 0;
            case "HardTanh":
                return Math.Abs(z) < 1 ? 1 : 0;
            case "Relu6":
                return z > 0 && z < 6 ? 1 : 0;
            case "Sin":
                return alpha * Math.Cos(alpha * z);
            case "Snake":
                return 1 + (2 * Math.Sin(alpha * z) * Math.Cos(alpha * z));
            case "Exp":
                return Math.Exp(z);
            case "HardSwish":
                return Math.Abs(z) <= 3 ? ((2 * z) + 3) / 6 : z > 3 ? 1 : 0;
            case "ClippedRelu":
                return z > 0 && z < 1 ? 1 : 0;
            case "SquaredClippedRelu":
                return z > 0 && z < 1 ? 2 * z : 0;
            case "Celu":
                return z > 0 ? 1 : Math.Exp(z / alpha);
            default:
                throw new NotSupportedException(layer.Activation);
        }
    }

    /// <summary>Where the derivative jumps.</summary>
    public static double[] Kinks(string activation) => activation switch
    {
        "Relu" or "LeakyRelu" or "Elu" or "Selu" => [0],
        "HardSigmoid" => [-3, 3],
        "HardTanh" => [-1, 1],
        "Relu6" => [0, 6],
        "HardSwish" => [-3, 3],
        "ClippedRelu" or "SquaredClippedRelu" => [0, 1],
        _ => [],
    };

    private static double DefaultAlpha(string activation) => activation switch { "LeakyRelu" => 0.01, "Sin" => 30, _ => 1 };

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));

    private static double Softplus(double z) => Math.Max(z, 0) + double.LogP1(Math.Exp(-Math.Abs(z)));

    private static double Phi(double z) => 0.5 * Reference.Erfc(-z / Math.Sqrt(2)).Hi;
}
