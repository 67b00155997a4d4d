using System;

namespace NetGen.Sample.Seeds;

/// <summary>A comparison of computed values with stored ones.</summary>
/// <param name="What">What was compared.</param>
/// <param name="Error">The largest difference, relative to the largest stored value of its tensor.</param>
/// <param name="Tolerance">The largest error that rounding explains.</param>
/// <param name="IsFaulty">The stored values are wrong: they must not be met.</param>
internal record Finding(string What, double Error, double Tolerance, bool IsFaulty = false)
{
    /// <summary>NaN passes neither way.</summary>
    public bool Passed => IsFaulty ? Error > Tolerance : Error <= Tolerance;

    public virtual string Shown => Error.ToString("0.0e+00");

    /// <summary>The error of one tensor.</summary>
    public static double ErrorOf(ReadOnlySpan<double> computed, ReadOnlySpan<double> stored)
    {
        if (computed.Length != stored.Length)
        {
            throw new ArgumentException($"Computed {computed.Length} values, stored are {stored.Length}.");
        }

        double difference = 0;
        double scale = 0;
        for (int i = 0; i < stored.Length; i++)
        {
            difference = Math.Max(difference, Math.Abs(computed[i] - stored[i]));
            scale = Math.Max(scale, Math.Abs(stored[i]));
        }

        // Equal values agree even where all of them are zero.
        return difference == 0 ? 0 : difference / scale;
    }

    /// <summary>The largest error of consecutive tensors.</summary>
    public static double ErrorOf(double[] computed, double[][] stored)
    {
        double error = 0;
        int start = 0;
        foreach (double[] tensor in stored)
        {
            error = Math.Max(error, ErrorOf(computed.AsSpan(start, tensor.Length), tensor));
            start += tensor.Length;
        }

        return start == computed.Length
            ? error
            : throw new ArgumentException($"Computed {computed.Length} values, stored are {start}.");
    }
}

/// <summary>A comparison of numbers of updates, which are shown themselves.</summary>
internal sealed record CountFinding(string What, int Count, int Stored, int Slack)
    : Finding(What, Math.Abs(Count - Stored), Slack)
{
    public override string Shown => Count.ToString();
}
