using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>How a <see cref="Trainer{T}"/> trains.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed record TrainerOptions<T>
    where T : unmanaged
{
    /// <summary>Samples of a batch, 1 or more. The last batch of an epoch may be smaller.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Whether every epoch takes the samples in an order of its own.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Decides about the orders; the same seed gives the same orders on every platform.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// The orders of the caller's: epoch e takes the samples <c>Order[e % Order.Count]</c>, with e from 0. Takes the place of
    /// <see cref="Shuffle"/> and <see cref="Seed"/>.
    /// </summary>
    public IReadOnlyList<int[]>? Order { get; init; }

    /// <summary>The share of the samples that is set apart for validation, 0 to below 1: chosen at random, or the last ones without <see cref="Shuffle"/>.</summary>
    public double ValidationSplit { get; init; }

    /// <summary>Other samples for validation. Excludes <see cref="ValidationSplit"/>.</summary>
    public IDataset<T>? ValidationData { get; init; }

    /// <summary>When to end early; never, unless set. Needs samples for validation.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>What is reported beside the loss of the validation. Unless set: <see cref="Metrics.Accuracy"/> for data with labels, else nothing. Samples count as one each, whatever they weigh.</summary>
    public Metric<T>? Metric { get; init; }

    /// <summary>Threads that compute gradients, the calling one included, 1 or more. The results do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Parts of a batch whose gradients are computed apart and then added in order, so no more than so many threads are of use. The last bits
    /// of the results depend on it. 0: one for every 64 samples of a full batch, at least 1 and at most 16.
    /// </summary>
    public int Shards { get; init; }
}
