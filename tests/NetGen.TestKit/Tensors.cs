using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace NetGen.TestKit;

/// <summary>Compares tensors, and converts between the number types of networks.</summary>
public static class Tensors
{
    /// <summary>Differences below the smallest normal float never count.</summary>
    private const double Subnormal = 1.2e-38;

    /// <summary>Says where a value is further from the expected one than a fraction of the largest expected one; null where none is.</summary>
    /// <param name="expected">The expected values.</param>
    /// <param name="actual">The values to check.</param>
    /// <param name="tolerance">The fraction.</param>
    /// <param name="what">What is compared.</param>
    /// <param name="absolute">An error that is accepted whatever the largest value.</param>
    public static string? Difference<T>(
        IReadOnlyList<double> expected, IReadOnlyList<T> actual, double tolerance, string what, double absolute = 0)
        where T : INumber<T>
    {
        if (expected.Count != actual.Count)
        {
            return $"{what}: expected {expected.Count} values, got {actual.Count}.";
        }

        double scale = expected.Count == 0 ? 0 : expected.Max(Math.Abs);
        for (int index = 0; index < expected.Count; index++)
        {
            double got = double.CreateChecked(actual[index]);
            double error = Math.Abs(got - expected[index]);
            if (got != expected[index] && !(error <= tolerance * scale || error <= absolute || error < Subnormal))
            {
                return $"{what}[{index}]: expected {expected[index]:R}, got {got:R}; error {error / scale:E1} of the largest value, allowed {tolerance:E1}.";
            }
        }

        return null;
    }

    public static T[] To<T>(IEnumerable<double> values)
        where T : INumber<T> => values.Select(T.CreateChecked).ToArray();

    public static double[] ToDouble<T>(IEnumerable<T> values)
        where T : INumber<T> => values.Select(double.CreateChecked).ToArray();

    /// <summary>The parameters or a gradient in canonical order.</summary>
    public static T[] Canonical<T>(this ParameterBuffer<T> buffer)
        where T : unmanaged
    {
        var values = new T[buffer.Layout.ParameterCount];
        buffer.CopyTo(values);
        return values;
    }

    /// <summary>The elements that hold no parameter.</summary>
    public static T[] Padding<T>(this ParameterBuffer<T> buffer)
        where T : unmanaged
    {
        T[] elements = buffer.AsSpan().ToArray();
        var used = new HashSet<int>(buffer.Layout.Layers.SelectMany(layer => Enumerable.Range(0, layer.Units).SelectMany(unit =>
            Enumerable.Range(0, layer.Inputs).Select(input => layer.WeightElement(unit, input)).Concat(layer.HasBias ? [layer.BiasElement(unit)] : []))));
        return elements.Where((_, element) => !used.Contains(element)).ToArray();
    }

    /// <summary>Numbers in −scale..scale that depend on the generator only.</summary>
    public static double[] Random(Random random, int count, double scale = 1) =>
        Enumerable.Range(0, count).Select(_ => ((random.NextDouble() * 2) - 1) * scale).ToArray();
}
