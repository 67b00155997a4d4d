using System.Collections.Generic;
using System.Numerics;
using Xunit;

namespace NetGen.Tests;

/// <summary>Asserts that tensors agree.</summary>
internal static class TensorAssert
{
    /// <summary>Fails when a value is further from the expected one than a fraction of the largest expected one.</summary>
    /// <param name="expected">The expected values.</param>
    /// <param name="actual">The values to check.</param>
    /// <param name="tolerance">The fraction.</param>
    /// <param name="what">What is compared.</param>
    /// <param name="absolute">An error that is accepted whatever the largest value.</param>
    public static void AssertClose<T>(
        IReadOnlyList<double> expected, IReadOnlyList<T> actual, double tolerance, string what, double absolute = 0)
        where T : INumber<T>
    {
        string? difference = TestKit.Tensors.Difference(expected, actual, tolerance, what, absolute);
        Assert.True(difference is null, difference);
    }
}
