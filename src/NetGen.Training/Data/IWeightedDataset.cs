using System;

namespace NetGen.Training;

/// <summary>
/// Samples with terms: a weight for each, or which of a network's outputs are possible, or both. A trainer takes them for a network that was declared with
/// <see cref="NetworkAttribute.BatchTerms"/>, and the loss of a batch of m samples is <c>(1/m) Σ w L</c>. <see cref="Dataset"/> makes one of arrays.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public interface IWeightedDataset<T> : IDataset<T>
    where T : unmanaged
{
    /// <summary>Whether samples have weights; the same at every call. Without, each counts as 1.</summary>
    bool HasWeights { get; }

    /// <summary>Whether the samples say what is allowed; the same at every call. Without, all outputs are.</summary>
    bool HasAllowed { get; }

    /// <summary>
    /// Writes the terms of samples one after another. A trainer calls it after <see cref="IDataset{T}.Read"/>, with the same samples and from the same thread, and
    /// refuses weights that are not finite, samples of which nothing is allowed, and targets that are not 0 where nothing is.
    /// </summary>
    /// <param name="samples">Which samples, in this order, each from 0 to <see cref="IDataset{T}.Count"/> − 1.</param>
    /// <param name="weights">Receives w, one for each sample, also negative ones; empty without <see cref="HasWeights"/>.</param>
    /// <param name="allowed">
    /// Receives for each output of each sample whether it is possible, <see cref="IDataset{T}.TargetCount"/> values for each sample; empty without <see cref="HasAllowed"/>. Only outputs with a
    /// categorical loss may have some that are not.
    /// </param>
    void ReadTerms(ReadOnlySpan<int> samples, Span<T> weights, Span<bool> allowed);
}
