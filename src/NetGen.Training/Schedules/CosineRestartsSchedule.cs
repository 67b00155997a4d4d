using System;

namespace NetGen.Training;

/// <summary>
/// Half a cosine wave that starts again and again (I. Loshchilov, F. Hutter, "SGDR: Stochastic gradient descent with warm restarts", ICLR 2017,
/// equation 5). The first cycle has n steps, every further one g times as many as the one before; with the last factor f, step t of a cycle of
/// c steps has the factor <c>f + (1 − f) · ½ (1 + cos(π t / c))</c>. This is PyTorch's <c>CosineAnnealingWarmRestarts</c>, stepped once for every
/// update.
/// </summary>
public sealed class CosineRestartsSchedule : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="steps">n: steps (updates, not epochs) of the first cycle, 1 or more.</param>
    /// <param name="growth">g: how many times as long every cycle is as the one before, 1 or more.</param>
    /// <param name="minimumFactor">f, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public CosineRestartsSchedule(long steps, int growth = 1, double minimumFactor = 0)
    {
        Steps = Check.AtLeast(1, steps, nameof(steps));
        Growth = Check.AtLeast(1, growth, nameof(growth));
        MinimumFactor = minimumFactor is >= 0 and <= 1
            ? minimumFactor
            : throw new ArgumentOutOfRangeException(nameof(minimumFactor), minimumFactor, $"Expected a number from 0 to 1, given {minimumFactor}.");
    }

    /// <summary>n: steps of the first cycle.</summary>
    public long Steps { get; }

    /// <summary>g: how many times as long every cycle is as the one before.</summary>
    public int Growth { get; }

    /// <summary>f: the factor at the end of a cycle.</summary>
    public double MinimumFactor { get; }

    /// <inheritdoc/>
    public override string Description =>
        FormattableString.Invariant($"restarts steps={Steps} growth={Growth} minimumFactor={MinimumFactor:R}");

    /// <inheritdoc/>
    public override double Factor(long step)
    {
        long cycle = Steps;
        long within = step;
        if (Growth == 1)
        {
            within %= cycle;
        }

        while (within >= cycle)
        {
            within -= cycle;

            // A cycle that long never ends.
            cycle = cycle <= long.MaxValue / Growth ? cycle * Growth : long.MaxValue;
        }

        return MinimumFactor + (1 - MinimumFactor) * (0.5 * (1 + DeterministicMath.CosineOfHalfTurns((double)within / cycle)));
    }
}
