using System;
using System.Linq;
using NetGen.Benchmarks.Networks;
using NetGen.TestKit;

namespace NetGen.Benchmarks.Comparing;

/// <summary>A chain of dense layers.</summary>
internal sealed class TopologyReference(Topology topology, ReadOnlySpan<float> parameters) : Reference
{
    private readonly ReferenceNetwork _network = new(Declaration(topology), Widen(parameters));

    public static Declaration Declaration(Topology topology) => new(
        topology.Inputs,
        topology.Activations.Select((activation, layer) => new Layer(topology.Sizes[layer + 1], activation.ToString())).ToList(),
        topology.Loss.ToString());

    public override double[] Forward(double[] input) => _network.Forward(input);

    public override double[] Gradient(double[] input, double[] target) => _network.Backward(input, _network.OutputGradient(input, target)).Item1;

    public override bool IsNearKink(double[] input, double margin) => _network.Sums(input)
        .Where((_, layer) => topology.Activations[layer] == Activation.Relu)
        .Any(layer => layer.Any(z => Math.Abs(z) < margin));
}
