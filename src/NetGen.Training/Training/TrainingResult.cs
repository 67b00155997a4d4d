using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs are done.</summary>
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
