using System;

namespace NetGen.Training;

/// <summary>
/// A linear warm-up followed by half a cosine wave (I. Loshchilov, F. Hutter, "SGDR: Stochastic gradient descent with warm restarts", ICLR
/// 2017, without restarts). With w warm-up steps of n in all and the last factor f, step t has the factor
/// <c>(t + 1) / (w + 1)</c> for <c>t &lt; w</c>, then <c>f + (1 − f) · ½ (1 + cos(π (t − w) / (n − w)))</c>, and f from step n on. Without
/// warm-up this is PyTorch's <c>CosineAnnealingLR</c> up to its last step.
/// </summary>
public sealed class CosineSchedule : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="steps">n: steps (updates, not epochs) until the factor reaches its minimum, warm-up included.</param>
    /// <param name="warmupSteps">w: steps in which the factor rises to 1; below <paramref name="steps"/>.</param>
    /// <param name="minimumFactor">f, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public CosineSchedule(long steps, long warmupSteps = 0, double minimumFactor = 0)
    {
        Steps = Check.AtLeast(1, steps, nameof(steps));
        WarmupSteps = Check.AtLeast(0, warmupSteps, nameof(warmupSteps));
        if (warmupSteps >= steps)
        {
            throw new ArgumentOutOfRangeException(
                nameof(warmupSteps), warmupSteps, $"Expected fewer warm-up steps than the {steps} steps in all, given {warmupSteps}.");
        }

        MinimumFactor = minimumFactor is >= 0 and <= 1
            ? minimumFactor
            : throw new ArgumentOutOfRangeException(nameof(minimumFactor), minimumFactor, $"Expected a number from 0 to 1, given {minimumFactor}.");
    }

    /// <summary>n: steps until the factor reaches its minimum.</summary>
    public long Steps { get; }

    /// <summary>w: steps of warm-up.</summary>
    public long WarmupSteps { get; }

    /// <summary>f: the last factor.</summary>
    public double MinimumFactor { get; }

    /// <inheritdoc/>
    public override string Description =>
        FormattableString.Invariant($"cosine steps={Steps} warmupSteps={WarmupSteps} minimumFactor={MinimumFactor:R}");

    /// <inheritdoc/>
    public override double Factor(long step)
    {
        if (step < WarmupSteps)
        {
            return (step + 1.0) / (WarmupSteps + 1.0);
        }

        if (step >= Steps)
        {
            return MinimumFactor;
        }

        double progress = (double)(step - WarmupSteps) / (Steps - WarmupSteps);
        return MinimumFactor + (1 - MinimumFactor) * (0.5 * (1 + DeterministicMath.CosineOfHalfTurns(progress)));
    }
}
