using System;
using System.Linq;
using NetGen.Benchmarks.Networks;
using NetGen.TestKit;

namespace NetGen.Benchmarks.Comparing;

/// <summary>Double precision, independent of the generator and of every contestant.</summary>
internal static class TopologyReference
{
    public static Declaration Declaration(Topology topology) => new(
        topology.Inputs,
        topology.Activations.Select((activation, layer) => new Layer(topology.Sizes[layer + 1], activation.ToString())).ToList(),
        topology.Loss.ToString());

    public static ReferenceNetwork Network(Topology topology, ReadOnlySpan<float> parameters) => new(Declaration(topology), Widen(parameters));

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
