using System;

namespace NetGen;

/// <summary>
/// The slope of a function by differences, in double precision, and how far a kink may disturb it.
/// </summary>
/// <remarks>
/// Central differences with steps h and h/2, <c>D(h) = (f(+h) − f(−h)) / 2h</c>, differ by h²/8 · f‴ where f is smooth. A kink at a distance d &lt; h/2 with a jump J of
/// the slope shifts <c>D(h/2)</c> by J/2 − J·d/h; it shows in <c>D(h) − D(h/2) = J·d/2h</c>, and, where d is small, in the second differences
/// <c>S(h) = (f(+h) − 2f(0) + f(−h)) / h</c>, whose <c>S(h) − 2S(h/2)</c> is J·(3d/h − 1) and without a kink nearly 0. One of the two is at least J/7.
/// The slope is <c>(4 D(h/2) − D(h)) / 3</c>, in which the terms with f‴ cancel: they are large for steep waves.
/// </remarks>
internal readonly struct FiniteDifference
{
    /// <summary>What 64 roundings of a function of size 1 do to its slope: the difference is divided by the step.</summary>
    public const double Uncertainty = 64 * 2.220446049250313e-16 / Step;

    private const double Step = 1.0 / 8192;

    private FiniteDifference(double slope, double disturbance)
    {
        Slope = slope;
        Disturbance = disturbance;
    }

    /// <summary>The slope.</summary>
    public double Slope { get; }

    /// <summary>At least half of what a kink may add to it.</summary>
    public double Disturbance { get; }

    /// <summary>Computes the slope of f in one of its variables.</summary>
    /// <param name="variables">The variables; the one that moves is put back.</param>
    /// <param name="index">The one that moves.</param>
    /// <param name="middle">The value of f as it is.</param>
    /// <param name="function">The function, which reads the variables.</param>
    public static FiniteDifference Of(double[] variables, int index, double middle, Func<double> function)
    {
        double at = variables[index];
        double step = Step * Math.Max(1, Math.Abs(at));
        double At(double offset)
        {
            variables[index] = at + offset;
            double value = function();
            variables[index] = at;
            return value;
        }

        double above = At(step);
        double below = At(-step);
        double halfAbove = At(step / 2);
        double halfBelow = At(-step / 2);
        double wide = (above - below) / (2 * step);
        double narrow = (halfAbove - halfBelow) / step;
        double bend = (above - (2 * middle) + below) / step;
        double halfBend = (halfAbove - (2 * middle) + halfBelow) / (step / 2);
        return new FiniteDifference(narrow + ((narrow - wide) / 3), Math.Max(Math.Abs(wide - narrow), Math.Abs(bend - (2 * halfBend))));
    }
}
