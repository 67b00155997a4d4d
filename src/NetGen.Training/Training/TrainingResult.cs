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
public sealed record TrainingResult(StopReason Reason, IReadOnlyList<TrainingProgress> Epochs);
