using System;
using System.Numerics;

namespace NetGen.Benchmarks.Contestants;

/// <summary>The activations of graphs.</summary>
internal static class GraphActivation
{
    public static void Activate<T>(Activation activation, T[] z, T[] a)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (activation)
        {
            case Activation.Tanh:
                for (int i = 0; i < z.Length; i++)
                {
                    a[i] = T.Tanh(z[i]);
                }

                break;
            case Activation.Relu:
                for (int i = 0; i < z.Length; i++)
                {
                    a[i] = T.Max(z[i], T.Zero);
                }

                break;
            case Activation.Softmax:
                Softmax(z, a);
                break;
            case Activation.Identity:
                z.CopyTo(a, 0);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(activation), activation, "No graph has it.");
        }
    }

    /// <summary>Makes dL/dz of dL/da.</summary>
    public static void MultiplyByDerivative<T>(Activation activation, T[] a, T[] delta)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (activation)
        {
            case Activation.Tanh:
                for (int i = 0; i < a.Length; i++)
                {
                    delta[i] *= T.One - a[i] * a[i];
                }

                break;
            case Activation.Relu:
                for (int i = 0; i < a.Length; i++)
                {
                    if (a[i] <= T.Zero)
                    {
                        delta[i] = T.Zero;
                    }
                }

                break;
            case Activation.Softmax:
                T product = T.Zero;
                for (int i = 0; i < a.Length; i++)
                {
                    product += a[i] * delta[i];
                }

                for (int i = 0; i < a.Length; i++)
                {
                    delta[i] = a[i] * (delta[i] - product);
                }

                break;
        }
    }

    private static void Softmax<T>(T[] z, T[] a)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T max = z[0];
        foreach (T value in z)
        {
            max = T.Max(max, value);
        }

        T sum = T.Zero;
        for (int i = 0; i < z.Length; i++)
        {
            a[i] = T.Exp(z[i] - max);
            sum += a[i];
        }

        for (int i = 0; i < z.Length; i++)
        {
            a[i] /= sum;
        }
    }
}
