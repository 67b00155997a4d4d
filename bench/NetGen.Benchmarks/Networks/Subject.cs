using System;
using System.Collections.Generic;

namespace NetGen.Benchmarks.Networks;

/// <summary>A chain of dense layers: its data and its generated classes.</summary>
/// <param name="Topology">What the contestants that are not generated are built from.</param>
/// <param name="CreateStrict">Makes the class in strict arithmetic.</param>
/// <param name="CreateFused">Makes the class in fused arithmetic.</param>
/// <param name="CreateUnrolled">Makes the class with every product unrolled, in strict arithmetic, where there is one.</param>
internal sealed record Subject(
    Topology Topology, Func<ITrainable<float>> CreateStrict, Func<ITrainable<float>> CreateFused, Func<ITrainable<float>>? CreateUnrolled = null)
    : MeasuredNetwork
{
    /// <summary>All chains, small ones first.</summary>
    public static IReadOnlyList<Subject> All => [Seed, Xor, Iris, Sb3, Agent, AgentSwish, Nerf, Mnist, Lmm];

    public override NetworkShape Shape => Topology;

    // Each is created by a method of its own, so that a program that needs one of them touches no other.

    private static Subject Seed => new(
        new Topology("seed", [2, 3, 2], [Activation.Sigmoid, Activation.Sigmoid], Loss.SquaredError),
        static () => new SeedStrict(),
        static () => new SeedFused());

    private static Subject Xor => new(
        new Topology("xor", [2, 8, 1], [Activation.Tanh, Activation.Sigmoid], Loss.BinaryCrossEntropy),
        static () => new XorStrict(),
        static () => new XorFused());

    private static Subject Iris => new(
        new Topology("iris", [4, 16, 3], [Activation.Tanh, Activation.Softmax], Loss.CategoricalCrossEntropy),
        static () => new IrisStrict(),
        static () => new IrisFused());

    private static Subject Sb3 => new(
        new Topology("sb3", [4, 64, 64, 2], [Activation.Tanh, Activation.Tanh, Activation.Identity], Loss.SquaredError),
        static () => new Sb3Strict(),
        static () => new Sb3Fused(),
        static () => new Sb3Unrolled());

    private static Subject Agent => new(
        new Topology("agent", [8, 128, 128, 4], [Activation.Relu, Activation.Relu, Activation.Identity], Loss.SquaredError),
        static () => new AgentStrict(),
        static () => new AgentFused(),
        static () => new AgentUnrolled());

    private static Subject AgentSwish => new(
        new Topology("agent_sw", [8, 128, 128, 4], [Activation.Silu, Activation.Silu, Activation.Identity], Loss.SquaredError),
        static () => new AgentSwishStrict(),
        static () => new AgentSwishFused());

    private static Subject Nerf => new(
        new Topology("nerf", [32, 64, 64, 64, 16], [Activation.Relu, Activation.Relu, Activation.Relu, Activation.Identity], Loss.SquaredError),
        static () => new NerfStrict(),
        static () => new NerfFused(),
        static () => new NerfUnrolled());

    private static Subject Mnist => new(
        new Topology("mnist", [784, 128, 10], [Activation.Relu, Activation.Softmax], Loss.CategoricalCrossEntropy),
        static () => new MnistStrict(),
        static () => new MnistFused());

    private static Subject Lmm => new(
        new Topology("lmm", [256, 512, 512, 128], [Activation.Relu, Activation.Relu, Activation.Identity], Loss.SquaredError),
        static () => new LmmStrict(),
        static () => new LmmFused());

    /// <summary>The network of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Subject Find(string name) => name switch
    {
        "seed" => Seed,
        "xor" => Xor,
        "iris" => Iris,
        "sb3" => Sb3,
        "agent" => Agent,
        "agent_sw" => AgentSwish,
        "nerf" => Nerf,
        "mnist" => Mnist,
        "lmm" => Lmm,
        _ => throw new ArgumentException($"There is no network '{name}'.", nameof(name)),
    };
}
