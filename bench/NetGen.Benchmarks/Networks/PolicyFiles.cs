using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Tests;

namespace NetGen.Benchmarks.Networks;

/// <summary>The model files beside this one: policies as trainings write them, with weights that nobody trained.</summary>
internal static class PolicyFiles
{
    private const int Seed = 5;

    /// <summary>Name and content of each file.</summary>
    public static IReadOnlyDictionary<string, byte[]> All => new Dictionary<string, byte[]>
    {
        [AgentName] = Agent(),
        [BallName] = Ball(),
    };

    public const string AgentName = "agent_8_128_128_4.onnx";
    public const string BallName = "ball_8_128_128_2.onnx";

    /// <summary>8-128-128-4 with relu, as PyTorch writes it.</summary>
    private static byte[] Agent()
    {
        var random = new Random(Seed);
        OnnxBuilder model = new OnnxBuilder().Input("observation", "batch", 8);
        Dense(model, random, "observation", "z0", 8, 128).Node("Relu", ["z0"], ["a0"]);
        Dense(model, random, "a0", "z1", 128, 128).Node("Relu", ["z1"], ["a1"]);
        return Dense(model, random, "a1", "q", 128, 4).Output("q", "batch", 4).ToBytes();
    }

    /// <summary>
    /// The policy of Unity's 3DBall as ML-Agents writes it, operator by operator: an observation that is normalised and clipped, two layers of 128 with swish, two actions that are clipped and divided by 3.
    /// Of the outputs it has the deterministic actions alone, since ONNX Runtime computes all that are in a file, the random ones too, whichever it is asked for.
    /// </summary>
    private static byte[] Ball()
    {
        var random = new Random(Seed);
        OnnxBuilder model = new OnnxBuilder(opset: 9, irVersion: 4).Input("obs_0", "batch", 8)
            .Constant("mean", [8], Numbers(random, 8, 0.5))
            .Constant("deviation", [8], [.. Numbers(random, 8, 0.5).Select(value => 1 + value)])
            .Constant("scale", [1], 3f)
            .Node("Sub", ["obs_0", "mean"], ["centred"])
            .Node("Div", ["centred", "deviation"], ["scaled"])
            .Node("Clip", ["scaled"], ["normalized"], ("min", -5f), ("max", 5f))
            .Node("Concat", ["normalized"], ["x"], ("axis", -1));
        Swish(Dense(model, random, "x", "z0", 8, 128), "z0", "a0");
        Swish(Dense(model, random, "a0", "z1", 128, 128), "z1", "a1");
        return Dense(model, random, "a1", "mu", 128, 2)
            .Node("Clip", ["mu"], ["clipped"], ("min", -3f), ("max", 3f))
            .Node("Div", ["clipped", "scale"], ["deterministic_continuous_actions"])
            .Output("deterministic_continuous_actions", "batch", 2)
            .ToBytes();
    }

    private static OnnxBuilder Dense(OnnxBuilder model, Random random, string from, string to, int inputs, int units) => model
        .Constant($"{to}.weight", [units, inputs], Numbers(random, units * inputs, Math.Sqrt(3.0 / inputs)))
        .Constant($"{to}.bias", [units], Numbers(random, units, 0.2))
        .Node("Gemm", [from, $"{to}.weight", $"{to}.bias"], [to], ("alpha", 1f), ("beta", 1f), ("transB", 1));

    private static OnnxBuilder Swish(OnnxBuilder model, string from, string to) =>
        model.Node("Sigmoid", [from], [$"{to}.gate"]).Node("Mul", [from, $"{to}.gate"], [to]);

    private static float[] Numbers(Random random, int count, double bound) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble() - 1) * bound))];
}
