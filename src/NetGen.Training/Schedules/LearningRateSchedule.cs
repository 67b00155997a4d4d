namespace NetGen.Training;

/// <summary>
/// How the learning rate changes while training: a factor on <see cref="Optimizer{T}.LearningRate"/> for each step. Derive from it for a
/// schedule of your own; a factor may depend on the step alone, so that training can be resumed.
/// </summary>
public abstract class LearningRateSchedule
{
    /// <summary>The factor 1 at every step.</summary>
    public static LearningRateSchedule Constant { get; } = new ConstantSchedule();

    /// <summary>The factor of a step.</summary>
    /// <param name="step">The number of steps taken before this one, from 0.</param>
    /// <returns>A finite factor of 0 or more.</returns>
    public abstract double Factor(long step);

    private sealed class ConstantSchedule : LearningRateSchedule
    {
        public override double Factor(long step) => 1;
    }
}
