using System;

namespace NetGen.Models.Graphs;

/// <summary>The values of operations in double precision, for numbers that are known. Those of activations are written in other words than in <see cref="ScalarExpansion"/>: tests hold one against the other.</summary>
internal static class ScalarFunctions
{
    public const double SeluAlpha = 1.6732632423543772848170429916717;
    public const double SeluScale = 1.0507009873554804934193349852946;

    /// <summary>The value of an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="alpha">Its parameter.</param>
    /// <param name="operands">What it is applied to.</param>
    public static double Value(ScalarOperator operation, double alpha, double[] operands)
    {
        double x = operands[0];
        return operation switch
        {
            ScalarOperator.Negate => -x,
            ScalarOperator.Add => x + operands[1],
            ScalarOperator.Subtract => x - operands[1],
            ScalarOperator.Multiply => x * operands[1],
            ScalarOperator.Divide => x / operands[1],
            ScalarOperator.Minimum => Math.Min(x, operands[1]),
            ScalarOperator.Maximum => Math.Max(x, operands[1]),
            ScalarOperator.Power => Math.Pow(x, alpha),
            ScalarOperator.Absolute => Math.Abs(x),
            ScalarOperator.SquareRoot => Math.Sqrt(x),
            ScalarOperator.Exp => Math.Exp(x),
            ScalarOperator.Log => Math.Log(x),
            ScalarOperator.Sin => Math.Sin(x),
            ScalarOperator.Cos => Math.Cos(x),
            ScalarOperator.Erf => Erf(x),
            ScalarOperator.Tanh => Math.Tanh(x),
            ScalarOperator.Sigmoid => Sigmoid(x),
            ScalarOperator.Softplus => Softplus(x),
            ScalarOperator.Relu => Math.Max(x, 0),
            ScalarOperator.LeakyRelu => x > 0 ? x : alpha * x,
            ScalarOperator.Elu => x > 0 ? x : alpha * (Math.Exp(x) - 1),
            ScalarOperator.Celu => x > 0 ? x : alpha * (Math.Exp(x / alpha) - 1),
            ScalarOperator.Selu => SeluScale * (x > 0 ? x : SeluAlpha * (Math.Exp(x) - 1)),
            ScalarOperator.Softsign => x / (1 + Math.Abs(x)),
            ScalarOperator.Gelu => 0.5 * x * (1 + Erf(x / Math.Sqrt(2))),
            ScalarOperator.GeluTanh => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))),
            ScalarOperator.Mish => x * Math.Tanh(Softplus(x)),
            ScalarOperator.Silu => x * Sigmoid(x),
            ScalarOperator.HardSwish => x * HardSigmoid(x),
            ScalarOperator.HardSigmoid => HardSigmoid(x),
            ScalarOperator.Expm1 => Math.Exp(x) - 1,
            ScalarOperator.Erfc => 1 - Erf(x),
            ScalarOperator.Positive => x > 0 ? operands[1] : operands[2],
            _ => throw new InvalidOperationException($"{operation} has no value."),
        };
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static double HardSigmoid(double x) => Math.Min(Math.Max((x + 3) / 6, 0), 1);

    /// <summary>
    /// The error function: near 0 its series 2/√π Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n+1)), elsewhere 1 − erfc by its continued fraction (NIST DLMF 7.6.1, 7.9.1).
    /// </summary>
    private static double Erf(double x)
    {
        double size = Math.Abs(x);
        if (double.IsNaN(x) || size > 6)
        {
            return double.IsNaN(x) ? x : Math.Sign(x);
        }

        if (size > 2.5)
        {
            double fraction = 0;
            for (int n = 60; n > 0; n--)
            {
                fraction = n / 2.0 / (size + fraction);
            }

            return Math.Sign(x) * (1 - Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (size + fraction));
        }

        double term = x;
        double sum = x;
        for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
