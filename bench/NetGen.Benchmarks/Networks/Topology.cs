using System;
using System.Collections.Generic;
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

/// <summary>A network of the benchmarks: its data and its two generated classes.</summary>
internal sealed record Subject(Topology Topology, Func<ITrainable<float>> CreateStrict, Func<ITrainable<float>> CreateFused)
{
    /// <summary>All networks, small ones first.</summary>
    public static IReadOnlyList<Subject> All { get; } =
    [
        new(new("seed", [2, 3, 2], [Activation.Sigmoid, Activation.Sigmoid], Loss.SquaredError),
            static () => new SeedStrict(), static () => new SeedFused()),
        new(new("xor", [2, 8, 1], [Activation.Tanh, Activation.Sigmoid], Loss.BinaryCrossEntropy),
            static () => new XorStrict(), static () => new XorFused()),
        new(new("iris", [4, 16, 3], [Activation.Tanh, Activation.Softmax], Loss.CategoricalCrossEntropy),
            static () => new IrisStrict(), static () => new IrisFused()),
        new(new("sb3", [4, 64, 64, 2], [Activation.Tanh, Activation.Tanh, Activation.Identity], Loss.SquaredError),
            static () => new Sb3Strict(), static () => new Sb3Fused()),
        new(new("agent", [8, 128, 128, 4], [Activation.Relu, Activation.Relu, Activation.Identity], Loss.SquaredError),
            static () => new AgentStrict(), static () => new AgentFused()),
        new(new("agent_sw", [8, 128, 128, 4], [Activation.Silu, Activation.Silu, Activation.Identity], Loss.SquaredError),
            static () => new AgentSwishStrict(), static () => new AgentSwishFused()),
        new(new("nerf", [32, 64, 64, 64, 16], [Activation.Relu, Activation.Relu, Activation.Relu, Activation.Identity], Loss.SquaredError),
            static () => new NerfStrict(), static () => new NerfFused()),
        new(new("mnist", [784, 128, 10], [Activation.Relu, Activation.Softmax], Loss.CategoricalCrossEntropy),
            static () => new MnistStrict(), static () => new MnistFused()),
        new(new("lmm", [256, 512, 512, 128], [Activation.Relu, Activation.Relu, Activation.Identity], Loss.SquaredError),
            static () => new LmmStrict(), static () => new LmmFused()),
    ];

    public string Name => Topology.Name;
}
