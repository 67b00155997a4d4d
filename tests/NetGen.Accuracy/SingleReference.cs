using System;
using NetGen.TestKit;

namespace NetGen.Accuracy;

/// <summary>
/// The functions in double arithmetic, right to 10^-13 or better: exact as seen from single precision, where a unit in the last place is
/// at least 6·10^-8 of the value.
/// </summary>
internal static class SingleReference
{
    private const double TwoOverRootPi = 1.1283791670955126;

    // Below this argument e^x - 1 cancels too many digits, and seven terms of its series suffice.
    private const double SeriesLimit = 0.01;

    // From here on erfc(x) is below the normal range, and from its negative down erf(x) is -1.
    private const double ErfcLimit = 9.3;
    private const double Negligible = 1e-17;
    private static readonly double[] ErfRatios = CreateErfRatios();

    public static Exact Get(string name)
    {
        Func<double, double> argument = LibraryFunctions.Argument(name);
        return name switch
        {
            "Erf" => x => (Math.Abs(x) < ErfcLimit ? Erf(x) : double.IsNaN(x) ? x : Math.Sign(x), 0),
            "Erfc" => x => (Normal(Erfc(x)), 0),
            "Exp" => x => (Normal(Math.Exp(x)), 0),
            "Expm1" => x => (Expm1(x), 0),
            "Log" => x => (Math.Log(x), 0),
            "Log1p" => x => (Log1P(x), 0),
            "LogFromOne" => x => (Math.Log(argument(x)), 0),
            "Sigmoid" => x => (Normal(Sigmoid(x)), 0),
            "Softplus" => x => (Normal(Math.Max(x, 0) + SoftplusTail(x)), 0),
            "SoftplusTail" => x => (Normal(SoftplusTail(x)), 0),
            "Tanh" => x => (Math.Tanh(x), 0),
            "Sin" => x => (Math.Sin(argument(x)), 0),
            "Cos" => x => (Math.Cos(argument(x)), 0),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no reference for this function."),
        };
    }

    /// <summary>What tends to 0 is 0 below the normal range.</summary>
    private static double Normal(double value) => (float)value < 1.17549435e-38f ? 0 : value;

    private static double Expm1(double x) => Math.Abs(x) < SeriesLimit
        ? x * (1 + (x / 2 * (1 + (x / 3 * (1 + (x / 4 * (1 + (x / 5 * (1 + (x / 6 * (1 + (x / 7))))))))))))
        : Math.Exp(x) - 1;

    private static double Log1P(double x)
    {
        // The quotient repairs what 1 + x lost by rounding. Where nothing but 1 is left of 1 + x, or x is infinite, so is the result.
        double sum = 1 + x;
        return sum == 1 || double.IsPositiveInfinity(x) ? x : Math.Log(sum) * (x / (sum - 1));
    }

    private static double Sigmoid(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    private static double SoftplusTail(double x) => Log1P(Math.Exp(-Math.Abs(x)));

    // 1 - erf x while that keeps its digits, then the continued fraction e^(-x²) / √π / (x + ½ / (x + 1 / (x + 1½ / (x + …)))).
    private static double Erfc(double x)
    {
        if (!(Math.Abs(x) < ErfcLimit))
        {
            return double.IsNaN(x) ? x : 1 - Math.Sign(x);
        }

        if (x < 2)
        {
            return 1 - Erf(x);
        }

        double fraction = x;
        for (int n = 60; n >= 1; n--)
        {
            fraction = x + (0.5 * n / fraction);
        }

        return 0.5 * TwoOverRootPi * Math.Exp(-x * x) / fraction;
    }

    // 2/√π e^(-x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!: all terms have one sign, so nothing cancels.
    private static double Erf(double x)
    {
        double square = x * x;
        double term = x;
        double sum = x;
        for (int n = 1; Math.Abs(term) > Negligible * Math.Abs(sum); n++)
        {
            term *= square * ErfRatios[n];
            sum += term;
        }

        return TwoOverRootPi * Math.Exp(-square) * sum;
    }

    private static double[] CreateErfRatios()
    {
        double[] ratios = new double[256];
        for (int n = 0; n < ratios.Length; n++)
        {
            ratios[n] = 2.0 / ((2 * n) + 1);
        }

        return ratios;
    }
}
