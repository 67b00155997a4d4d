using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Benchmarks.Networks;

/// <summary>A network of a model file.</summary>
/// <param name="Model">The file.</param>
/// <param name="CreateStrict">Makes the class in strict arithmetic.</param>
/// <param name="CreateFused">Makes the class in fused arithmetic.</param>
internal sealed record ModelSubject(ModelShape Model, Func<IPredictor<float>> CreateStrict, Func<IPredictor<float>> CreateFused) : MeasuredNetwork
{
    /// <summary>All models, small ones first.</summary>
    public static IReadOnlyList<ModelSubject> All => [Sb3, Agent, Ball];

    public override NetworkShape Shape => Model;

    private static ModelSubject Sb3 => new(
        new ModelShape("sb3_onnx", "policy_4_64_64_2.onnx", "4-64-64-2 tanh, tanh, identity, as PyTorch writes it"),
        static () => new Sb3ModelStrict(),
        static () => new Sb3ModelFused());

    private static ModelSubject Agent => new(
        new ModelShape("agent_onnx", PolicyFiles.AgentName, "8-128-128-4 relu, relu, identity, as PyTorch writes it"),
        static () => new AgentModelStrict(),
        static () => new AgentModelFused());

    private static ModelSubject Ball => new(
        new ModelShape("ball_onnx", PolicyFiles.BallName, "8 observations normalised and clipped, 128-128 silu, 2 actions clipped, as ML-Agents writes it"),
        static () => new BallModelStrict(),
        static () => new BallModelFused());

    /// <summary>The model of a name.</summary>
    public static ModelSubject Find(string name) => All.Single(subject => subject.Name == name);
}
