using System;

namespace NetGen.Benchmarks.Comparing;

/// <summary>A network with its parameters in double precision: what every contestant must compute.</summary>
internal abstract class Reference
{
    /// <summary>The outputs of a sample.</summary>
    public abstract double[] Forward(double[] input);

    /// <summary>dL/dθ of a sample, in canonical order.</summary>
    public abstract double[] Gradient(double[] input, double[] target);

    /// <summary>Whether a sample is so close to the kink of an activation that single precision may take the other side, and be right.</summary>
    public abstract bool IsNearKink(double[] input, double margin);

    public static double[] Widen(ReadOnlySpan<float> values)
    {
        var wide = new double[values.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = values[i];
        }

        return wide;
    }
}
