namespace NetGen.Training;

/// <summary>Multiplies the learning rate by γ every so many steps: <c>γ^⌊step / stepSize⌋</c>, as PyTorch's <c>StepLR</c>.</summary>
public sealed class StepSchedule : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="stepSize">Steps (updates, not epochs) between two changes, 1 or more.</param>
    /// <param name="gamma">γ, a finite number of 0 or more.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is outside its range.</exception>
    public StepSchedule(long stepSize, double gamma = 0.1)
    {
        StepSize = Check.AtLeast(1, stepSize, nameof(stepSize));
        Gamma = Check.FiniteAndNotNegative(gamma, nameof(gamma));
    }

    /// <summary>Steps between two changes.</summary>
    public long StepSize { get; }

    /// <summary>γ.</summary>
    public double Gamma { get; }

    /// <inheritdoc/>
    public override string Description => System.FormattableString.Invariant($"step stepSize={StepSize} gamma={Gamma:R}");

    /// <inheritdoc/>
    public override double Factor(long step) => DeterministicMath.Power(Gamma, step / StepSize);
}
