using System;
using System.Collections.Generic;

namespace NetGen.Benchmarks.Networks;

/// <summary>A graph of the comparison.</summary>
/// <param name="Graph">What loops are built from.</param>
/// <param name="CreateStrict">Makes the class in strict arithmetic.</param>
/// <param name="CreateFused">Makes the class in fused arithmetic.</param>
/// <param name="Chain">A chain of dense layers with the same products: what a graph should take, but for what it has beside products.</param>
internal sealed record GraphSubject(GraphShape Graph, Func<ITrainable<float>> CreateStrict, Func<ITrainable<float>> CreateFused, Subject Chain)
    : MeasuredNetwork
{
    private const GraphNodeKind Dense = GraphNodeKind.Dense;

    /// <summary>All graphs, small ones first.</summary>
    public static IReadOnlyList<GraphSubject> All => [ActorCritic, Experts, SimBa];

    public override NetworkShape Shape => Graph;

    /// <summary>
    /// Whether all that reads the input has parameters without being a product: their gradients need dL/dx of the product after it, which a chain, whose first layer is one, makes only where it is asked for.
    /// </summary>
    public bool NeedsInputGradient => Graph.FirstMultiplyAdds == 0;

    private static GraphSubject ActorCritic => new(
        new GraphShape(
            "actor_critic",
            "8-64-64 tanh, heads of 4 (cross-entropy with logits) and 1 (half squared error)",
            8,
            [
                new(Dense, 64, Activation.Tanh, -1), new(Dense, 64, Activation.Tanh, 0),
                new(Dense, 4, Activation.Identity, 1), new(Dense, 1, Activation.Identity, 1),
            ],
            [new(2, Loss.CategoricalCrossEntropyWithLogits), new(3, Loss.HalfSquaredError)]),
        static () => new ActorCriticStrict(),
        static () => new ActorCriticFused(),
        new Subject(
            new Topology("actor_critic_chain", [8, 64, 64, 5], [Activation.Tanh, Activation.Tanh, Activation.Identity], Loss.CategoricalCrossEntropyWithLogits),
            static () => new ActorCriticChainStrict(),
            static () => new ActorCriticChainFused()));

    private static GraphSubject Experts => new(
        new GraphShape(
            "experts",
            "64-128 relu, 4 experts of 64 relu by a softmax of the input, 16",
            64,
            [
                new(Dense, 128, Activation.Relu, -1), new(Dense, 4, Activation.Softmax, -1),
                new(Dense, 64, Activation.Identity, 0), new(Dense, 64, Activation.Identity, 0), new(Dense, 64, Activation.Identity, 0), new(Dense, 64, Activation.Identity, 0),
                new(GraphNodeKind.Blend, 64, Activation.Relu, 1, 2, 3, 4, 5),
                new(Dense, 16, Activation.Identity, 6),
            ],
            [new(7, Loss.SquaredError)]),
        static () => new ExpertsStrict(),
        static () => new ExpertsFused(),
        new Subject(
            new Topology("experts_chain", [64, 128, 256, 4], [Activation.Relu, Activation.Relu, Activation.Identity], Loss.SquaredError),
            static () => new ExpertsChainStrict(),
            static () => new ExpertsChainFused()));

    private static GraphSubject SimBa => new(
        new GraphShape(
            "simba",
            "two residual blocks 128-512-128 relu, each after a layer norm",
            128,
            [
                new(GraphNodeKind.LayerNorm, 128, Activation.Identity, -1), new(Dense, 512, Activation.Relu, 0), new(Dense, 128, Activation.Identity, 1),
                new(GraphNodeKind.Add, 128, Activation.Identity, -1, 2),
                new(GraphNodeKind.LayerNorm, 128, Activation.Identity, 3), new(Dense, 512, Activation.Relu, 4), new(Dense, 128, Activation.Identity, 5),
                new(GraphNodeKind.Add, 128, Activation.Identity, 3, 6),
            ],
            [new(7, Loss.SquaredError)]),
        static () => new SimBaStrict(),
        static () => new SimBaFused(),
        new Subject(
            new Topology(
                "simba_chain", [128, 512, 128, 512, 128], [Activation.Relu, Activation.Identity, Activation.Relu, Activation.Identity], Loss.SquaredError),
            static () => new SimBaChainStrict(),
            static () => new SimBaChainFused()));
}
