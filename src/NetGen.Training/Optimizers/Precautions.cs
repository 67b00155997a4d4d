namespace NetGen.Training;

/// <summary>Whether a step looks at every number that could be too small. A type, so that the loop without it has no trace of it.</summary>
internal interface ICare
{
    /// <summary>A constant.</summary>
    bool IsOn { get; }
}

/// <summary>Numbers below a <see cref="Threshold{T}"/> become 0.</summary>
internal readonly struct WithCare : ICare
{
    public bool IsOn => true;
}

/// <summary>No number is so small.</summary>
internal readonly struct WithoutCare : ICare
{
    public bool IsOn => false;
}

/// <summary>
/// Which steps take care that nothing becomes subnormal. Such a step takes up to three times as long, and most need not be one: between two of them
/// nothing decays far. Which they are depends on settings, gradient and number of the step alone, and so do the bits.
/// </summary>
/// <param name="Every">A step with care comes after as many steps.</param>
/// <param name="SmallestGradient">A step whose gradient has an element between 0 and this is one too.</param>
internal readonly record struct Precautions(int Every, double SmallestGradient)
{
    public const int LongestPeriod = 32;

    /// <summary>A parameter that decays faster than by this share in a step cannot wait.</summary>
    private const double LargestDecay = 0.15;

    /// <summary>How much smaller a number may be at a step with care than at the one before.</summary>
    private const double LargestLoss = 3e-3;

    public static Precautions Always => new(1, 0);

    /// <summary>How many steps numbers may decay unseen.</summary>
    /// <param name="factor">What they are multiplied with in each step, from 0 to below 1; 0 keeps nothing.</param>
    /// <param name="other">The same of other numbers.</param>
    public static int Period(double factor, double other = 0)
    {
        double fastest = factor == 0 ? other : other == 0 ? factor : System.Math.Min(factor, other);
        int period = LongestPeriod;
        while (fastest > 0 && period > 1 && DeterministicMath.Power(fastest, period) < LargestLoss)
        {
            period /= 2;
        }

        return period;
    }

    /// <param name="stepCount">How many steps have been taken.</param>
    /// <param name="smallest">The smallest element of the gradient, clipped, that is not 0.</param>
    /// <param name="decay">ηλ.</param>
    public bool AreDue(long stepCount, double smallest, double decay) => stepCount % Every == 0 || smallest < SmallestGradient || decay > LargestDecay;
}
