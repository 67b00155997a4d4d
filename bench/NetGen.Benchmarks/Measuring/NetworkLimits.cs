using System;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Measuring;

/// <summary>The least time that a network's products and weights take on this machine.</summary>
/// <param name="Shape">The network.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Bandwidth">Bytes per nanosecond, reading as much as the weights take.</param>
/// <param name="PairBandwidth">Bytes per nanosecond, reading as much as weights and gradient take together.</param>
internal sealed record NetworkLimits(NetworkShape Shape, MachineLimits Machine, double Bandwidth, double PairBandwidth)
{
    public long WeightBytes => (long)Shape.ParameterCount * sizeof(float);

    public static NetworkLimits Measure(NetworkShape shape, MachineLimits machine)
    {
        long bytes = (long)shape.ParameterCount * sizeof(float);
        return new NetworkLimits(shape, machine, machine.Bandwidth(bytes), machine.Bandwidth(2 * bytes));
    }

    /// <summary>Nanoseconds per sample that no code for this task can go below.</summary>
    public double Nanoseconds(BenchTask task) => Math.Max(
        task.Kind == TaskKind.Adam ? Shape.ParameterCount / Machine.Roots : Products(task) / Machine.WidestPeak, Transfer(task) / task.Batch);

    /// <summary>
    /// Multiply-adds of a sample: one for each weight forward, one for its gradient, and one for the gradient of its input except in
    /// layers that read inputs.
    /// </summary>
    public long Products(BenchTask task) => task.Kind == TaskKind.Adam ? 0 : task.IsForward ? Shape.MultiplyAdds : 3 * Shape.MultiplyAdds - Shape.FirstMultiplyAdds;

    /// <summary>
    /// Nanoseconds per sample that a graph's work beside products takes at least: its operations as fast as multiply-adds, and its values as fast as weights are read, one after the other. Nothing for a chain.
    /// </summary>
    public double Extra(BenchTask task)
    {
        if (Shape is not GraphShape graph || task.Kind == TaskKind.Adam)
        {
            return 0;
        }

        (long operations, long values) = graph.Extra(task.IsForward);
        return (operations / Machine.WidestPeak) + (sizeof(float) * values / Bandwidth);
    }

    /// <summary>
    /// Nanoseconds in which the bytes of a call pass through the core: weights once forward and, except in the first layer, once
    /// backward; the gradient or the new weights once.
    /// </summary>
    private double Transfer(BenchTask task)
    {
        if (task.IsForward)
        {
            return WeightBytes / Bandwidth;
        }

        if (task.Kind == TaskKind.Adam)
        {
            // Parameters, gradient, and two moments in; parameters and moments out.
            return 7 * WeightBytes / PairBandwidth;
        }

        double first = sizeof(float) * (Shape.FirstMultiplyAdds + Shape.FirstUnits);
        return task.Kind == TaskKind.Step && task.Batch == 1
            ? 2 * WeightBytes / Bandwidth
            : (3 * WeightBytes - first) / PairBandwidth;
    }
}
