using System;
using System.Collections.Generic;
using System.Globalization;

namespace NetGen;

/// <summary>Collects comparisons for a <see cref="SelfTestReport"/>.</summary>
internal sealed class SelfTestFindings
{
    /// <summary>Failures that are listed for a kind of values.</summary>
    private const int ListedOfAKind = 3;

    private readonly double _tolerance;
    private readonly double _rounding;
    private readonly List<string> _failures = new List<string>();
    private double _worstError;
    private string _worst = "none";
    private int _checked;
    private int _skipped;

    /// <summary>Creates an empty collection.</summary>
    /// <param name="isSingle">The network computes in single precision.</param>
    public SelfTestFindings(bool isSingle)
    {
        // A pass of a network rounds hundreds of times, and may amplify what it rounds: a thousandth is some 8,000 roundings in single precision. What is
        // wrong in a derivative is wrong by more.
        _tolerance = isSingle ? 1e-3 : 1e-6;

        // What is left where terms cancel each other, next to values of size 1.
        _rounding = 64 * (isSingle ? 1.1920929e-7 : 2.220446049250313e-16);
    }

    /// <summary>The error that is allowed of a value.</summary>
    /// <param name="largest">The largest value of its kind.</param>
    /// <param name="size">The size of the numbers from which the values were computed.</param>
    /// <param name="uncertainty">How far an expected value may be from the truth.</param>
    public double Allowed(double largest, double size, double uncertainty = 0) => (_tolerance * largest) + (_rounding * Math.Max(size, largest)) + uncertainty;

    /// <summary>Compares values of a kind.</summary>
    /// <param name="expected">The expected values; NaN where there is none.</param>
    /// <param name="actual">The values of the network.</param>
    /// <param name="size">The size of the numbers from which the values were computed.</param>
    /// <param name="name">Names a value.</param>
    /// <param name="uncertainty">How far an expected value may be from the truth.</param>
    public void Compare(double[] expected, double[] actual, double size, Func<int, string> name, double uncertainty = 0)
    {
        double largest = 0;
        foreach (double value in expected)
        {
            largest = double.IsNaN(value) ? largest : Math.Max(largest, Math.Abs(value));
        }

        double scale = Allowed(largest, size, uncertainty) / _tolerance;
        int listed = 0;
        for (int index = 0; index < expected.Length; index++)
        {
            if (double.IsNaN(expected[index]))
            {
                _skipped++;
                continue;
            }

            _checked++;
            double error = Math.Abs(actual[index] - expected[index]) / scale;
            error = double.IsNaN(error) && actual[index] == expected[index] ? 0 : error;
            if (!(error <= _worstError))
            {
                _worstError = double.IsNaN(error) ? double.PositiveInfinity : error;
                _worst = name(index);
            }

            if (!(error <= _tolerance) && ++listed <= ListedOfAKind)
            {
                _failures.Add(string.Format(CultureInfo.InvariantCulture, "{0}: expected {1:R}, computed {2:R}", name(index), expected[index], actual[index]));
            }
        }

        if (listed > ListedOfAKind)
        {
            _failures.Add(string.Format(CultureInfo.InvariantCulture, "and {0} more of this kind", listed - ListedOfAKind));
        }
    }

    public SelfTestReport Report(string parameters) =>
        new SelfTestReport(_checked, _skipped, _tolerance, _worstError, _worst, _failures, parameters);
}
