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

    /// <summary>
    /// The schedule and its settings in a few words, at most 100 characters, such as <c>step stepSize=30 gamma=0.1</c>. A trainer saves it, and a
    /// file with another text is refused. Override it if your schedule has settings; unless overridden, all schedules of your own count as the same.
    /// </summary>
    public virtual string Description => "custom";

    private sealed class ConstantSchedule : LearningRateSchedule
    {
        public override double Factor(long step) => 1;

        public override string Description => "constant";
    }
}
