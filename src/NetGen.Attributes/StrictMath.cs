using NetGen.Runtime;

namespace NetGen;

/// <summary>
/// Elementary functions with the same bits on every machine: additions, multiplications, divisions and operations on bits in one order, each rounded by itself, so that a
/// simulation that computes with them stays in step everywhere. They are the functions of generated networks. Their bits never change: better ones would be a new class.
/// NaN stays NaN. Errors are in units in the last place, measured over all floats and a sample of doubles; <c>docs/numerics.md</c> has the tables.
/// </summary>
public static partial class StrictMath
{
    /// <summary>eˣ, at most 1 ulp from the exact value; 0 where the value would be below the normal range, infinity where it would be above.</summary>
    /// <param name="x">The argument.</param>
    public static float Exp(float x) => Strict1.Exp(x);

    /// <summary>eˣ, at most 1 ulp from the exact value; 0 where the value would be below the normal range, infinity where it would be above.</summary>
    /// <param name="x">The argument.</param>
    public static double Exp(double x) => Strict1.Exp(x);

    /// <summary>eˣ − 1, accurate for small x, at most 2 ulp from the exact value.</summary>
    /// <param name="x">The argument.</param>
    public static float Expm1(float x) => Strict1.Expm1(x);

    /// <summary>eˣ − 1, accurate for small x, at most 2 ulp from the exact value.</summary>
    /// <param name="x">The argument.</param>
    public static double Expm1(double x) => Strict1.Expm1(x);

    /// <summary>ln x, at most 1 ulp from the exact value; negative infinity for 0, NaN below.</summary>
    /// <param name="x">The argument.</param>
    public static float Log(float x) => Strict1.Log(x);

    /// <summary>ln x, at most 1 ulp from the exact value; negative infinity for 0, NaN below.</summary>
    /// <param name="x">The argument.</param>
    public static double Log(double x) => Strict1.Log(x);

    /// <summary>ln (1 + x), accurate for small x, at most 1 ulp from the exact value; negative infinity for −1, NaN below.</summary>
    /// <param name="x">The argument.</param>
    public static float Log1p(float x) => Strict1.Log1p(x);

    /// <summary>ln (1 + x), accurate for small x, at most 1 ulp from the exact value; negative infinity for −1, NaN below.</summary>
    /// <param name="x">The argument.</param>
    public static double Log1p(double x) => Strict1.Log1p(x);

    /// <summary>σ(x) = 1 / (1 + e⁻ˣ), at most 2.5 ulp from the exact value; 0 where the value would be below the normal range.</summary>
    /// <param name="x">The argument.</param>
    public static float Sigmoid(float x) => Strict1.Sigmoid(x);

    /// <summary>σ(x) = 1 / (1 + e⁻ˣ), at most 2.5 ulp from the exact value; 0 where the value would be below the normal range.</summary>
    /// <param name="x">The argument.</param>
    public static double Sigmoid(double x) => Strict1.Sigmoid(x);

    /// <summary>ln (1 + eˣ), at most 2 ulp, 2.5 in double precision from the exact value; 0 where the value would be below the normal range.</summary>
    /// <param name="x">The argument.</param>
    public static float Softplus(float x) => Strict1.Softplus(x);

    /// <summary>ln (1 + eˣ), at most 2 ulp, 2.5 in double precision from the exact value; 0 where the value would be below the normal range.</summary>
    /// <param name="x">The argument.</param>
    public static double Softplus(double x) => Strict1.Softplus(x);

    /// <summary>tanh x, at most 2 ulp from the exact value.</summary>
    /// <param name="x">The argument.</param>
    public static float Tanh(float x) => Strict1.Tanh(x);

    /// <summary>tanh x, at most 2 ulp from the exact value.</summary>
    /// <param name="x">The argument.</param>
    public static double Tanh(double x) => Strict1.Tanh(x);

    /// <summary>erf x = 2/√π ∫₀ˣ e^(−t²) dt, at most 2 ulp from the exact value.</summary>
    /// <param name="x">The argument.</param>
    public static float Erf(float x) => Strict1.Erf(x);

    /// <summary>erf x = 2/√π ∫₀ˣ e^(−t²) dt, at most 2 ulp from the exact value.</summary>
    /// <param name="x">The argument.</param>
    public static double Erf(double x) => Strict1.Erf(x);

    /// <summary>erfc x = 1 − erf x, at most 7.1 ulp from the exact value; 0 where the value would be below the normal range.</summary>
    /// <param name="x">The argument.</param>
    public static float Erfc(float x) => Strict1.Erfc(x);

    /// <summary>erfc x = 1 − erf x, at most 6.3 ulp from the exact value at two million numbers; 0 where the value would be below the normal range.</summary>
    /// <param name="x">The argument.</param>
    public static double Erfc(double x) => Strict1.Erfc(x);

    /// <summary>
    /// sin x, at most 2 ulp from the exact value for |x| ≤ 2²⁰. Beyond, up to 2²², it is right for a number within half a unit in the last place of x, and from there on it is
    /// the value at ±2²²; NaN for ±∞.
    /// </summary>
    /// <param name="x">The argument, in radians.</param>
    public static float Sin(float x) => Strict1.Sin(x);

    /// <summary>
    /// sin x, at most 2 ulp from the exact value for |x| ≤ 2²⁰. Beyond, up to 2⁵⁰, it is right for a number within half a unit in the last place of x, and from there on it is
    /// the value at ±2⁵⁰; NaN for ±∞.
    /// </summary>
    /// <param name="x">The argument, in radians.</param>
    public static double Sin(double x) => Strict1.Sin(x);

    /// <summary>
    /// cos x, at most 2 ulp from the exact value for |x| ≤ 2²⁰. Beyond, up to 2²², it is right for a number within half a unit in the last place of x, and from there on it is
    /// the value at ±2²²; NaN for ±∞.
    /// </summary>
    /// <param name="x">The argument, in radians.</param>
    public static float Cos(float x) => Strict1.Cos(x);

    /// <summary>
    /// cos x, at most 2 ulp from the exact value for |x| ≤ 2²⁰. Beyond, up to 2⁵⁰, it is right for a number within half a unit in the last place of x, and from there on it is
    /// the value at ±2⁵⁰; NaN for ±∞.
    /// </summary>
    /// <param name="x">The argument, in radians.</param>
    public static double Cos(double x) => Strict1.Cos(x);
}
