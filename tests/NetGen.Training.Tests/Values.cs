using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Numbers for tests, and how to compare them.</summary>
internal static class Values
{
    /// <summary>Fails when a value is further from the expected one than a fraction of the largest expected one.</summary>
    public static void AssertClose<T>(IReadOnlyList<double> expected, IReadOnlyList<T> actual, double tolerance, string what)
        where T : INumber<T>
    {
        Assert.True(expected.Count == actual.Count, $"{what}: expected {expected.Count} values, got {actual.Count}.");
        double scale = expected.Max(Math.Abs);
        for (int index = 0; index < expected.Count; index++)
        {
            double got = double.CreateChecked(actual[index]);
            double error = Math.Abs(got - expected[index]);
            Assert.True(
                error <= tolerance * scale,
                $"{what}[{index}]: expected {expected[index]:R}, got {got:R}; error {error / scale:E1} of the largest value, allowed {tolerance:E1}.");
        }
    }

    public static T[] To<T>(IEnumerable<double> values)
        where T : INumber<T> => values.Select(T.CreateChecked).ToArray();

    /// <summary>The parameters, a gradient or a state in canonical order.</summary>
    public static T[] Canonical<T>(this ParameterBuffer<T> buffer)
        where T : unmanaged
    {
        var values = new T[buffer.Layout.ParameterCount];
        buffer.CopyTo(values);
        return values;
    }

    /// <summary>Numbers in −1..1 that depend on the seed only.</summary>
    public static float[] Random(int seed, int count)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 2 - 1)).ToArray();
    }

    /// <summary>A buffer with such numbers in every parameter.</summary>
    public static ParameterBuffer<float> RandomBuffer(ParameterLayout layout, int seed)
    {
        var buffer = new ParameterBuffer<float>(layout);
        buffer.CopyFrom(Random(seed, layout.ParameterCount));
        return buffer;
    }

    /// <summary>Elements between the parameters, which must stay 0.</summary>
    public static IEnumerable<T> Padding<T>(this ParameterBuffer<T> buffer)
        where T : unmanaged
    {
        var marked = new ParameterBuffer<double>(buffer.Layout);
        marked.CopyFrom(Enumerable.Repeat(1.0, buffer.Layout.ParameterCount).ToArray());
        double[] isParameter = marked.AsSpan().ToArray();
        return buffer.AsSpan().ToArray().Where((_, index) => isParameter[index] == 0);
    }
}
