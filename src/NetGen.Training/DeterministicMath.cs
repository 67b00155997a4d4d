using System;

namespace NetGen.Training;

/// <summary>
/// Functions that <see cref="Math"/> takes from the platform's library, whose last bits differ between platforms. Built from + − × ÷
/// alone, so a schedule and a bias correction have the same bits everywhere.
/// </summary>
internal static class DeterministicMath
{
    /// <summary>xⁿ by repeated squaring.</summary>
    /// <param name="x">The base.</param>
    /// <param name="n">The exponent, 0 or more.</param>
    public static double Power(double x, long n)
    {
        double power = 1;
        for (double square = x; n > 0; n >>= 1, square *= square)
        {
            if ((n & 1) != 0)
            {
                power *= square;
            }
        }

        return power;
    }

    /// <summary>cos(π·t) for 0 ≤ t ≤ 1, to about 10⁻¹⁶.</summary>
    /// <param name="t">The fraction of a half turn.</param>
    public static double CosineOfHalfTurns(double t) => t switch
    {
        > 0.5 => -CosineOfHalfTurns(1 - t),
        > 0.25 => Sine(Math.PI * (0.5 - t)),
        _ => Cosine(Math.PI * t),
    };

    /// <summary>The Taylor series of cos to x¹⁶/16!; the next term is below 10⁻¹⁷ for x ≤ π/4.</summary>
    private static double Cosine(double x)
    {
        double sum = 1;
        for (int n = 16; n > 0; n -= 2)
        {
            sum = 1 - x * x / (n * (n - 1)) * sum;
        }

        return sum;
    }

    /// <summary>The Taylor series of sin to x¹⁷/17!.</summary>
    private static double Sine(double x)
    {
        double sum = 1;
        for (int n = 17; n > 1; n -= 2)
        {
            sum = 1 - x * x / (n * (n - 1)) * sum;
        }

        return x * sum;
    }
}
