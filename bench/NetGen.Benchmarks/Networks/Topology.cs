using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Benchmarks.Comparing;

namespace NetGen.Benchmarks.Networks;

/// <summary>A chain of dense layers as data: what the contestants that are not generated are built from.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Sizes">Inputs, then the units of each layer.</param>
/// <param name="Activations">The activation of each layer.</param>
/// <param name="Loss">The loss, as a mean over the outputs where that is an option.</param>
internal sealed record Topology(string Name, int[] Sizes, Activation[] Activations, Loss Loss) : NetworkShape(Name)
{
    public override int Inputs => Sizes[0];

    public override int Outputs => Sizes[^1];

    public int Layers => Activations.Length;

    public override int ParameterCount => Enumerable.Range(0, Layers).Sum(layer => (Sizes[layer] + 1) * Sizes[layer + 1]);

    public override long MultiplyAdds => Enumerable.Range(0, Layers).Sum(layer => (long)Sizes[layer] * Sizes[layer + 1]);

    public override long FirstMultiplyAdds => (long)Sizes[0] * Sizes[1];

    public override int FirstUnits => Sizes[1];

    public override string Description =>
        $"{string.Join('-', Sizes)} {string.Join(", ", Activations.Select(activation => activation.ToString().ToLowerInvariant()))}";

    /// <summary>
    /// dL/dz of the last layer divided by (a − y): each of these losses with its last activation has such a factor, and what else
    /// the derivative contains (the sigmoid's own under a squared error) is <see cref="OutputDerivativeRemains"/>.
    /// </summary>
    public float OutputFactor => Loss == Loss.SquaredError ? 2f / Outputs : 1f;

    /// <summary>Whether dL/dz still has to be multiplied by the derivative of the last activation.</summary>
    public bool OutputDerivativeRemains => Loss == Loss.SquaredError && Activations[^1] != Activation.Identity;

    public override IEnumerable<ParameterRange> Ranges => Enumerable.Range(0, Layers).SelectMany(layer => new ParameterRange[]
    {
        new(Sizes[layer] * Sizes[layer + 1], 0, 0.7 * Math.Sqrt(6.0 / Sizes[layer])),
        new(Sizes[layer + 1], 0, 0.2),
    });

    public override void FillTarget(Span<float> target, Random random)
    {
        if (Loss is Loss.CategoricalCrossEntropy or Loss.CategoricalCrossEntropyWithLogits)
        {
            target[random.Next(target.Length)] = 1;
            return;
        }

        for (int i = 0; i < target.Length; i++)
        {
            target[i] = Loss == Loss.BinaryCrossEntropy ? random.Next(2) : random.NextSingle();
        }
    }

    public override Reference CreateReference(ReadOnlySpan<float> parameters) => new TopologyReference(this, parameters);
}
