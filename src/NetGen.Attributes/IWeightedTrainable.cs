using System;

namespace NetGen;

/// <summary>A generated network whose batches may have <see cref="BatchTerms{T}"/>: it was declared with <see cref="NetworkAttribute.BatchTerms"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IWeightedTrainable<T> : ITrainable<T>
    where T : unmanaged
{
    /// <summary>Adds the mean dL/dθ of a batch to a gradient, each sample with its weight.</summary>
    /// <param name="inputs">The m samples, at least one, one after another: m · <c>InputCount</c> values.</param>
    /// <param name="targets">Their targets, one after another: m · <c>OutputCount</c> values; 0 for what is not allowed.</param>
    /// <param name="gradient">(1/m) Σ w dL/dθ is added to it; a buffer of the network's layout, such as that of <see cref="INetwork{T}.CreateGradient"/>.</param>
    /// <param name="terms">Weights, and which classes are possible.</param>
    /// <returns>(1/m) Σ w L.</returns>
    /// <exception cref="ArgumentException">
    /// A span or the buffer does not fit, a weight is not finite, nothing of a sample is allowed, or a target is not 0 where that is not; the message says where. Nothing has been written.
    /// </exception>
    T BackwardBatch(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ParameterBuffer<T> gradient, in BatchTerms<T> terms);

    /// <summary>Adds the mean dL/dθ of a batch to a gradient, each sample with its weight, and gives dL/dx of every sample.</summary>
    /// <param name="inputs">The m samples, at least one, one after another: m · <c>InputCount</c> values.</param>
    /// <param name="targets">Their targets, one after another: m · <c>OutputCount</c> values; 0 for what is not allowed.</param>
    /// <param name="gradient">(1/m) Σ w dL/dθ is added to it; a buffer of the network's layout, such as that of <see cref="INetwork{T}.CreateGradient"/>.</param>
    /// <param name="inputGradients">Receives w dL/dx of every sample, without 1/m: m · <c>InputCount</c> values. It overlaps nothing.</param>
    /// <param name="terms">Weights, and which classes are possible.</param>
    /// <returns>(1/m) Σ w L.</returns>
    /// <exception cref="ArgumentException">
    /// A span or the buffer does not fit, a weight is not finite, nothing of a sample is allowed, or a target is not 0 where that is not; the message says where. Nothing has been written.
    /// </exception>
    T BackwardBatch(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ParameterBuffer<T> gradient, Span<T> inputGradients, in BatchTerms<T> terms);
}

/// <summary>Such a network whose targets may also be given as the index of a class.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IWeightedClassifier<T> : IWeightedTrainable<T>, IClassifier<T>
    where T : unmanaged
{
    /// <summary>Adds the mean dL/dθ of a batch to a gradient, each sample with its weight.</summary>
    /// <param name="inputs">The m samples, at least one, one after another: m · <c>InputCount</c> values.</param>
    /// <param name="labels">The index of each sample's class, from 0 to <c>OutputCount</c> − 1: m values, each of an output that is allowed.</param>
    /// <param name="gradient">(1/m) Σ w dL/dθ is added to it; a buffer of the network's layout, such as that of <see cref="INetwork{T}.CreateGradient"/>.</param>
    /// <param name="terms">Weights, and which classes are possible.</param>
    /// <returns>(1/m) Σ w L.</returns>
    /// <exception cref="ArgumentException">
    /// A span or the buffer does not fit, a weight is not finite, nothing of a sample is allowed, or a label is of what is not; the message says where. Nothing has been written.
    /// </exception>
    T BackwardBatch(ReadOnlySpan<T> inputs, ReadOnlySpan<int> labels, ParameterBuffer<T> gradient, in BatchTerms<T> terms);
}
