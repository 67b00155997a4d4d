using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.TestKit;

/// <summary>Random declarations from a seed: every activation in every place, every loss that fits, sizes small and odd.</summary>
public static class RandomDeclarations
{
    public static readonly string[] Activations =
    [
        "Identity", "Sigmoid", "Tanh", "Relu", "Softmax", "LeakyRelu", "Elu", "Selu", "Gelu", "GeluTanh", "Silu", "Softplus", "Softsign",
        "Mish", "HardSigmoid", "HardTanh", "Relu6", "LogSoftmax",
    ];

    private static readonly string[] Logits = Activations.Where(name => name is not ("Sigmoid" or "HardSigmoid" or "Softmax")).ToArray();

    /// <summary>Every loss with the activations that it fits; null for any.</summary>
    public static readonly (string Loss, string[]? Last)[] Losses =
    [
        ("HalfSquaredError", null), ("SquaredError", null), ("AbsoluteError", null), ("Huber", null),
        ("BinaryCrossEntropy", ["Sigmoid", "HardSigmoid"]), ("CategoricalCrossEntropy", ["Softmax"]),
        ("BinaryCrossEntropyWithLogits", Logits), ("CategoricalCrossEntropyWithLogits", Logits),
    ];

    public static bool HasReduction(string loss) => loss is not ("HalfSquaredError" or "CategoricalCrossEntropy" or "CategoricalCrossEntropyWithLogits" or "Linear");

    public static IReadOnlyList<Declaration> Create(int seed, int count, int maxSize = 40, int maxLayers = 4)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => Next(random, maxSize, maxLayers)).ToList();
    }

    /// <summary>The next declaration of a random generator.</summary>
    public static Declaration Next(Random random, int maxSize, int maxLayers)
    {
        // Half of the networks are small, so that straight lines and loops both occur.
        int Size() => 1 + random.Next(random.Next(2) == 0 ? 6 : maxSize);
        Layer[] layers = Enumerable.Range(0, 1 + random.Next(maxLayers))
            .Select(_ => new Layer(Size(), Activations[random.Next(Activations.Length)], random.Next(6) != 0))
            .ToArray();
        (string loss, string[]? last) = Losses[random.Next(Losses.Length)];
        layers[^1] = layers[^1] with { Activation = last is null ? layers[^1].Activation : last[random.Next(last.Length)] };
        for (int l = 0; l < layers.Length; l++)
        {
            double? alpha = layers[l].Activation is "LeakyRelu" or "Elu" && random.Next(2) == 0 ? random.Next(-3, 6) / 8.0 : null;
            layers[l] = layers[l] with { Alpha = alpha };
        }

        double? delta = loss == "Huber" && random.Next(2) == 0 ? 0.375 : null;
        return new Declaration(
            Size(), layers, loss, HasReduction(loss) && random.Next(2) == 0 ? "Sum" : "Mean", "Double", Delta: delta);
    }
}
