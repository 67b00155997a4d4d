using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>
    /// All epochs are done, and the last step has left the parameters finite. Which loss they have shows in the validation or, without one, in the
    /// next batch.
    /// </summary>
    Completed,

    /// <summary>Early stopping ended it.</summary>
    EarlyStopped,

    /// <summary>It was cancelled, between two steps; it can go on from there.</summary>
    Canceled,
}

/// <summary>How a call of <see cref="Trainer{T}.Fit"/> went.</summary>
/// <param name="Reason">Why it ended.</param>
/// <param name="Epochs">The epochs that ended during the call.</param>
public sealed record TrainingResult(StopReason Reason, IReadOnlyList<TrainingProgress> Epochs)
{
    /// <summary>The last epoch of the call as <see cref="TrainingProgress.ToString"/> has it, and why the training ended.</summary>
    /// <returns>A line of text, the same in every culture.</returns>
    public override string ToString() => $"{(Epochs.Count > 0 ? Epochs[^1].ToString() : "no epoch")}  {Reason}";
}
