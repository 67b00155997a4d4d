using System;

namespace NetGen.Training;

/// <summary>
/// Samples that a <see cref="Trainer{T}"/> asks for, batch by batch. Implement it for data that does not fit into memory or is computed
/// when needed; <see cref="Dataset"/> makes one of arrays.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public interface IDataset<T>
    where T : unmanaged
{
    /// <summary>Number of samples, 1 or more.</summary>
    int Count { get; }

    /// <summary>Values of one sample's input.</summary>
    int InputCount { get; }

    /// <summary>Values of one sample's target.</summary>
    int TargetCount { get; }

    /// <summary>
    /// Writes samples one after another. A trainer calls it from the thread that it was called on, and refuses targets that its network's loss is not
    /// defined for.
    /// </summary>
    /// <param name="samples">Which samples, in this order, each from 0 to <see cref="Count"/> − 1.</param>
    /// <param name="inputs">Receives the inputs, <see cref="InputCount"/> values for each sample.</param>
    /// <param name="targets">Receives the targets, <see cref="TargetCount"/> values for each sample.</param>
    void Read(ReadOnlySpan<int> samples, Span<T> inputs, Span<T> targets);
}
