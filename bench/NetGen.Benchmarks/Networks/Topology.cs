using System.Linq;

namespace NetGen.Benchmarks.Networks;

/// <summary>A network as data: what the contestants that are not generated are built from.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Sizes">Inputs, then the units of each layer.</param>
/// <param name="Activations">The activation of each layer.</param>
/// <param name="Loss">The loss, as a mean over the outputs where that is an option.</param>
internal sealed record Topology(string Name, int[] Sizes, Activation[] Activations, Loss Loss)
{
    public int Inputs => Sizes[0];

    public int Outputs => Sizes[^1];

    public int Layers => Activations.Length;

    public int ParameterCount => Enumerable.Range(0, Layers).Sum(layer => (Sizes[layer] + 1) * Sizes[layer + 1]);

    /// <summary>Multiply-adds of one forward pass.</summary>
    public long MultiplyAdds => Enumerable.Range(0, Layers).Sum(layer => (long)Sizes[layer] * Sizes[layer + 1]);

    /// <summary>Multiply-adds of the first layer, whose input needs no gradient.</summary>
    public long FirstMultiplyAdds => (long)Sizes[0] * Sizes[1];

    /// <summary>The shape and functions in one short text, such as <c>4-16-3 tanh, softmax</c>.</summary>
    public string Description =>
        $"{string.Join('-', Sizes)} {string.Join(", ", Activations.Select(activation => activation.ToString().ToLowerInvariant()))}";

    /// <summary>
    /// dL/dz of the last layer divided by (a − y): each of these losses with its last activation has such a factor, and what else
    /// the derivative contains (the sigmoid's own under a squared error) is <see cref="OutputDerivativeRemains"/>.
    /// </summary>
    public float OutputFactor => Loss == Loss.SquaredError ? 2f / Outputs : 1f;

    /// <summary>Whether dL/dz still has to be multiplied by the derivative of the last activation.</summary>
    public bool OutputDerivativeRemains => Loss == Loss.SquaredError && Activations[^1] != Activation.Identity;
}
