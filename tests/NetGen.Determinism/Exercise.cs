using System;
using System.Numerics;

namespace NetGen.Determinism;

/// <summary>Uses a network in every way and hashes what comes out.</summary>
internal static class Exercise
{
    private const int Samples = 24;
    private const int Steps = 100;

    private static readonly double[] Special =
    [
        0.0, -0.0, 1e-45, -1e-42, 1e-38, 1, -1, 3, -3, 6, 20, -20, 88, -88, 104, -104, 1e4, -1e4, 1e30, -1e30,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    /// <summary>Outputs, losses, gradients and input gradients for ordinary and special inputs, and parameters after training.</summary>
    public static ulong Run<T>(ITrainable<T> network, ulong seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var hash = new BitHash();
        var numbers = new Numbers(seed);
        ParameterLayout layout = network.Parameters.Layout;
        int inputs = layout.Layers[0].Inputs;
        int outputs = layout.Layers[^1].Units;
        network.Initialize(seed);
        hash.Add<T>(network.Parameters.AsSpan());

        T[] x = numbers.Next<T>(Samples * inputs);
        T[] y = Targets(numbers.Next<T>(Samples * outputs));
        Pass(network, x, y, ref hash);
        foreach (double special in Special)
        {
            T[] odd = numbers.Next<T>(inputs);
            odd[(int)(numbers.Bits() % (ulong)inputs)] = T.CreateTruncating(special);
            Pass(network, odd, y.AsSpan(0, outputs), ref hash);
        }

        for (int step = 0; step < Steps; step++)
        {
            int s = step % Samples;
            hash.Add(network.SgdStep(x.AsSpan(s * inputs, inputs), y.AsSpan(s * outputs, outputs), T.CreateTruncating(0.03125)));
        }

        hash.Add<T>(network.Parameters.AsSpan());
        Pass(network, x, y, ref hash);
        return hash.Value;
    }

    private static void Pass<T>(ITrainable<T> network, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ref BitHash hash)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ParameterLayout layout = network.Parameters.Layout;
        int inputs = layout.Layers[0].Inputs;
        int outputs = layout.Layers[^1].Units;
        int m = x.Length / inputs;
        var a = new T[m * outputs];
        var dx = new T[x.Length];
        ParameterBuffer<T> gradient = network.CreateGradient();
        network.ForwardBatch(x, a);
        hash.Add<T>(a);
        hash.Add(network.BackwardBatch(x, y, gradient, dx));
        hash.Add<T>(dx);
        hash.Add<T>(gradient.AsSpan());

        var trace = new T[network.TraceLength];
        gradient.Clear();
        for (int s = 0; s < m; s++)
        {
            network.Forward(x.Slice(s * inputs, inputs), a.AsSpan(0, outputs), trace);
            network.Backward(x.Slice(s * inputs, inputs), trace, y.Slice(s * outputs, outputs), gradient, dx.AsSpan(0, inputs));
            hash.Add<T>(dx.AsSpan(0, inputs));
        }

        hash.Add<T>(gradient.AsSpan());
    }

    /// <summary>Targets that suit every loss: between 0 and 1.</summary>
    private static T[] Targets<T>(T[] values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = T.Abs(values[index]) / T.CreateTruncating(2);
        }

        return values;
    }
}
