using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Benchmarks.Measuring;

/// <summary>What is quoted of a series of times.</summary>
internal static class Statistics
{
    /// <summary>The middle value; of an even number of values the mean of the two in the middle.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static double Median(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("The median needs at least one value.", nameof(values));
        }

        double[] sorted = values.Order().ToArray();
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The largest |actual − expected|, as a share of <paramref name="scale"/>; NaN if any value is NaN.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Error(ReadOnlySpan<float> actual, ReadOnlySpan<double> expected, double scale)
    {
        if (actual.Length != expected.Length)
        {
            throw new ArgumentException($"Compared are {actual.Length} values with {expected.Length} expected ones.", nameof(actual));
        }

        double largest = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double error = Math.Abs(actual[i] - expected[i]);

            // Math.Max keeps a NaN.
            largest = Math.Max(largest, error);
        }

        return largest / scale;
    }

    /// <summary>The largest absolute value.</summary>
    public static double Magnitude(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
