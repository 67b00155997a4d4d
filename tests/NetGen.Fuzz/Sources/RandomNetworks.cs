using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.TestKit;

namespace NetGen.Fuzz.Sources;

/// <summary>Random networks, with every option that a declaration has.</summary>
internal static class RandomNetworks
{
    /// <summary>Most multiply-adds of a network; a compiler and the reference take longer than it is worth for more.</summary>
    private const int MostMultiplyAdds = 60_000;

    /// <summary>The same where every product becomes a statement.</summary>
    private const int MostStatements = 600;

    /// <summary>Sizes of a wide layer: the memory for a block of a batch has room for all of its samples, a few, or one.</summary>
    private const int LeastWide = 500, MostWide = 7_000;

    /// <summary>Layers of a deep network, which is a few units wide.</summary>
    private const int LeastDeep = 15, MostDeep = 200, MostDeepUnits = 3;

    /// <summary>Values of each unit that a call may keep on the stack, more than any formula needs.</summary>
    private const int ValuesOfUnit = 6;

    /// <summary>Bytes of the stack that a network may take. The generator's limit is higher by what a call needs beside the values of units.</summary>
    private const int MostStackBytes = 240 * 1024;

    /// <summary>Values of α whose networks are computed.</summary>
    private static readonly double[] Alphas = [-0.375, -1, 0, -0.0, 1e-3, 0.2, 0.625, 1, 1.5];

    /// <summary>Values of α and δ that are finite and no more can be said: their networks are compiled, not computed.</summary>
    private static readonly double[] Extremes = [1e-40, 1e-30, 1e30, 3.4e38];

    /// <summary>The same in double precision.</summary>
    private static readonly double[] DoubleExtremes = [double.Epsilon, 1e-300, 1e300, double.MaxValue];

    public static Declaration Next(Random random)
    {
        while (true)
        {
            Declaration declaration = random.Next(60) switch
            {
                // Few, since a compiler takes long over so many methods.
                0 => Deepen(random, RandomDeclarations.Next(random, MostDeepUnits, 1)),
                < 6 => RandomDeclarations.Next(random, 300, 3),
                < 11 => RandomDeclarations.Next(random, 5, 14),
                < 16 => Widen(random, RandomDeclarations.Next(random, 5, 5)),
                < 31 => RandomDeclarations.Next(random, 40, 4),
                _ => RandomDeclarations.Next(random, 12, 3),
            };
            declaration = Options(random, declaration);
            int multiplyAdds = declaration.Layers.Zip(declaration.Fans, (layer, inputs) => layer.Units * inputs).Sum();
            if (multiplyAdds <= (declaration.Unroll == "Full" ? MostStatements : MostMultiplyAdds) && StackBytes(declaration) <= MostStackBytes)
            {
                return declaration;
            }
        }
    }

    /// <summary>Whether the parameters of activations and loss are numbers to compute with.</summary>
    public static bool IsComputed(Declaration declaration) =>
        declaration.Layers.All(layer => layer.Alpha is not { } alpha || Alphas.Contains(alpha)) && declaration.Delta is null or (> 0.1 and < 10);

    /// <summary>Makes one or two layers wide.</summary>
    private static Declaration Widen(Random random, Declaration declaration)
    {
        Layer[] layers = [.. declaration.Layers];
        for (int count = 1 + random.Next(2); count > 0; count--)
        {
            // As many between 500 and 1000 units as between 3500 and 7000.
            int layer = random.Next(layers.Length);
            layers[layer] = layers[layer] with { Units = (int)(LeastWide * Math.Pow((double)MostWide / LeastWide, random.NextDouble())) };
        }

        return declaration with { Layers = layers };
    }

    /// <summary>Puts many narrow layers before the last, half of the time all with one activation.</summary>
    private static Declaration Deepen(Random random, Declaration declaration)
    {
        // As many networks between 15 and 55 layers as between 55 and 200.
        int count = (int)(LeastDeep * Math.Pow((double)MostDeep / LeastDeep, random.NextDouble()));
        string? one = random.Next(2) == 0 ? Choose(random, RandomDeclarations.Activations) : null;
        IEnumerable<Layer> layers = Enumerable.Range(1, count)
            .Select(_ => new Layer(1 + random.Next(MostDeepUnits), one ?? Choose(random, RandomDeclarations.Activations), random.Next(6) != 0))
            .ToList();
        return declaration with { Layers = [.. layers, .. declaration.Layers] };
    }

    private static int StackBytes(Declaration declaration) =>
        declaration.Layers.Sum(layer => layer.Units) * ValuesOfUnit * (declaration.Precision == "Single" ? sizeof(float) : sizeof(double));

    private static Declaration Options(Random random, Declaration declaration)
    {
        string precision = random.Next(2) == 0 ? "Single" : "Double";
        double[] extremes = precision == "Single" ? Extremes : DoubleExtremes;
        bool isExtreme = random.Next(25) == 0;
        List<Layer> layers = declaration.Layers
            .Select(layer => layer.Alpha is null ? layer : layer with { Alpha = Choose(random, isExtreme ? extremes : Alphas) })
            .Select((layer, index) => declaration.Layers.Count < LeastDeep && index < declaration.Layers.Count - 1 && random.Next(5) == 0 ? Later(random, layer) : layer)
            .ToList();
        declaration = declaration with
        {
            Layers = layers,
            Precision = precision,
            SelfTest = random.Next(4) == 0,
            Arithmetic = random.Next(4) == 0 ? "Fused" : "Strict",
            Unroll = random.Next(8) switch { 0 => "Full", 1 => "Never", _ => "Auto" },
            Delta = declaration.Delta is null ? null : isExtreme ? Choose(random, extremes) : 0.25 + random.NextDouble(),
        };
        return random.Next(8) == 0 ? declaration with { Loss = "None", Reduction = "Mean", Delta = null } : declaration;
    }

    /// <summary>The same layer with an activation that the recorded declarations, which other tests keep, do not know.</summary>
    private static Layer Later(Random random, Layer layer)
    {
        string activation = Choose(random, [.. Kinds.Activations.Except(RandomDeclarations.Activations)]);
        return layer with { Activation = activation, Alpha = activation == Kinds.Fast ? 1.5 : null };
    }

    private static T Choose<T>(Random random, T[] values) => values[random.Next(values.Length)];
}
