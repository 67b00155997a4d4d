using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.TestKit;

/// <summary>Random declarations from a seed: every activation in every place, every loss that fits, sizes small and odd.</summary>
public static class RandomDeclarations
{
    private static readonly string[] Activations = ["Identity", "Sigmoid", "Tanh", "Relu", "Softmax"];

    public static IReadOnlyList<Declaration> Create(int seed, int count, int maxSize = 40, int maxLayers = 4)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => Create(random, maxSize, maxLayers)).ToList();
    }

    private static Declaration Create(Random random, int maxSize, int maxLayers)
    {
        // Half of the networks are small, so that straight lines and loops both occur.
        int Size() => 1 + random.Next(random.Next(2) == 0 ? 6 : maxSize);
        Layer[] layers = Enumerable.Range(0, 1 + random.Next(maxLayers))
            .Select(_ => new Layer(Size(), Activations[random.Next(Activations.Length)], random.Next(6) != 0))
            .ToArray();
        (string Loss, string? Last)[] losses =
        [
            ("HalfSquaredError", null), ("SquaredError", null), ("BinaryCrossEntropy", "Sigmoid"), ("CategoricalCrossEntropy", "Softmax"),
        ];
        (string loss, string? last) = losses[random.Next(losses.Length)];
        layers[^1] = layers[^1] with { Activation = last ?? layers[^1].Activation };
        bool hasReduction = loss is "SquaredError" or "BinaryCrossEntropy";
        return new Declaration(Size(), layers, loss, hasReduction && random.Next(2) == 0 ? "Sum" : "Mean", "Double");
    }
}
