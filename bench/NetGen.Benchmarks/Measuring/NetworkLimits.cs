using System;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Measuring;

/// <summary>The least time that a network's products and weights take on this machine.</summary>
/// <param name="Topology">The network.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Bandwidth">Bytes per nanosecond, reading as much as the weights take.</param>
/// <param name="PairBandwidth">Bytes per nanosecond, reading as much as weights and gradient take together.</param>
internal sealed record NetworkLimits(Topology Topology, MachineLimits Machine, double Bandwidth, double PairBandwidth)
{
    public long WeightBytes => (long)Topology.ParameterCount * sizeof(float);

    public static NetworkLimits Measure(Topology topology, MachineLimits machine)
    {
        long bytes = (long)topology.ParameterCount * sizeof(float);
        return new NetworkLimits(topology, machine, machine.Bandwidth(bytes), machine.Bandwidth(2 * bytes));
    }

    /// <summary>Nanoseconds per sample that no code for this task can go below.</summary>
    public double Nanoseconds(BenchTask task) => Math.Max(
        task.Kind == TaskKind.Adam ? Topology.ParameterCount / Machine.Roots : Products(task) / Machine.WidestPeak, Transfer(task) / task.Batch);

    /// <summary>
    /// Multiply-adds of a sample: one for each weight forward, one for its gradient, and one for the gradient of its input except in
    /// the first layer.
    /// </summary>
    public long Products(BenchTask task) => task.Kind == TaskKind.Adam ? 0 : task.IsForward ? Topology.MultiplyAdds : 3 * Topology.MultiplyAdds - Topology.FirstMultiplyAdds;

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

        double first = sizeof(float) * (Topology.FirstMultiplyAdds + Topology.Sizes[1]);
        return task.Kind == TaskKind.Step && task.Batch == 1
            ? 2 * WeightBytes / Bandwidth
            : (3 * WeightBytes - first) / PairBandwidth;
    }
}
