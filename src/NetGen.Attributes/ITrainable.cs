using System;

namespace NetGen;

/// <summary>A generated network that was declared with a loss <c>L</c>, for targets <c>y</c>. The formula of L is in the remarks of the generated class.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface ITrainable<T> : INetwork<T>
    where T : unmanaged
{
    /// <summary>The loss that an output has a part in, and so what its targets may be.</summary>
    /// <param name="output">The index of the output, from 0.</param>
    /// <returns>The loss as it was declared.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    Loss LossOf(int output);

    /// <summary>Adds dL/dθ of one sample to a gradient.</summary>
    /// <param name="input">x, one sample: <c>InputCount</c> values.</param>
    /// <param name="target">y, <c>OutputCount</c> values; <see cref="LossOf(int)"/> says which are possible.</param>
    /// <param name="gradient">dL/dθ is added to it; a buffer of the network's layout, such as that of <see cref="INetwork{T}.CreateGradient"/>.</param>
    /// <returns>L, the loss of the sample.</returns>
    /// <exception cref="ArgumentException">A span or the buffer does not fit; the message says what was expected. Nothing has been written.</exception>
    T Backward(ReadOnlySpan<T> input, ReadOnlySpan<T> target, ParameterBuffer<T> gradient);

    /// <summary>Adds dL/dθ of one sample to a gradient and gives dL/dx.</summary>
    /// <param name="input">x, one sample: <c>InputCount</c> values.</param>
    /// <param name="target">y, <c>OutputCount</c> values; <see cref="LossOf(int)"/> says which are possible.</param>
    /// <param name="gradient">dL/dθ is added to it; a buffer of the network's layout, such as that of <see cref="INetwork{T}.CreateGradient"/>.</param>
    /// <param name="inputGradient">Receives dL/dx, <c>InputCount</c> values; overlaps nothing.</param>
    /// <returns>L, the loss of the sample.</returns>
    /// <exception cref="ArgumentException">A span or the buffer does not fit; the message says what was expected. Nothing has been written.</exception>
    T Backward(ReadOnlySpan<T> input, ReadOnlySpan<T> target, ParameterBuffer<T> gradient, Span<T> inputGradient);

    /// <summary>Adds the mean dL/dθ of a batch to a gradient.</summary>
    /// <param name="inputs">The m samples, at least one, one after another: m · <c>InputCount</c> values.</param>
    /// <param name="targets">Their targets, one after another: m · <c>OutputCount</c> values.</param>
    /// <param name="gradient">(1/m) Σ dL/dθ is added to it; a buffer of the network's layout, such as that of <see cref="INetwork{T}.CreateGradient"/>.</param>
    /// <returns>(1/m) Σ L, the mean loss of the batch.</returns>
    /// <exception cref="ArgumentException">A span or the buffer does not fit; the message says what was expected. Nothing has been written.</exception>
    T BackwardBatch(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ParameterBuffer<T> gradient);

    /// <summary>Adds the mean dL/dθ of a batch to a gradient and gives dL/dx of every sample.</summary>
    /// <param name="inputs">The m samples, at least one, one after another: m · <c>InputCount</c> values.</param>
    /// <param name="targets">Their targets, one after another: m · <c>OutputCount</c> values.</param>
    /// <param name="gradient">(1/m) Σ dL/dθ is added to it; a buffer of the network's layout, such as that of <see cref="INetwork{T}.CreateGradient"/>.</param>
    /// <param name="inputGradients">Receives dL/dx of every sample, without 1/m: m · <c>InputCount</c> values. It overlaps nothing.</param>
    /// <returns>(1/m) Σ L, the mean loss of the batch.</returns>
    /// <exception cref="ArgumentException">A span or the buffer does not fit; the message says what was expected. Nothing has been written.</exception>
    T BackwardBatch(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ParameterBuffer<T> gradient, Span<T> inputGradients);

    /// <summary>One step of online gradient descent, θ ← θ − η dL/dθ.</summary>
    /// <param name="input">x, one sample: <c>InputCount</c> values.</param>
    /// <param name="target">y, <c>OutputCount</c> values; <see cref="LossOf(int)"/> says which are possible.</param>
    /// <param name="learningRate">η. The method of the generated class takes a double, which a network of single precision rounds.</param>
    /// <returns>L, the loss of the sample before the step.</returns>
    /// <exception cref="ArgumentException">A span has another length; the message says which was expected. Nothing has been written.</exception>
    T SgdStep(ReadOnlySpan<T> input, ReadOnlySpan<T> target, T learningRate);

    /// <summary>One step of online gradient descent, θ ← θ − η dL/dθ, that also gives dL/dx for the parameters before the step.</summary>
    /// <param name="input">x, one sample: <c>InputCount</c> values.</param>
    /// <param name="target">y, <c>OutputCount</c> values; <see cref="LossOf(int)"/> says which are possible.</param>
    /// <param name="learningRate">η. The method of the generated class takes a double, which a network of single precision rounds.</param>
    /// <param name="inputGradient">Receives dL/dx, <c>InputCount</c> values; overlaps nothing.</param>
    /// <returns>L, the loss of the sample before the step.</returns>
    /// <exception cref="ArgumentException">A span has another length; the message says which was expected. Nothing has been written.</exception>
    T SgdStep(ReadOnlySpan<T> input, ReadOnlySpan<T> target, T learningRate, Span<T> inputGradient);
}

/// <summary>A generated network whose targets may also be given as the index of a class.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IClassifier<T> : ITrainable<T>
    where T : unmanaged
{
    /// <summary>Adds dL/dθ of one sample to a gradient.</summary>
    /// <param name="input">x, one sample: <c>InputCount</c> values.</param>
    /// <param name="label">The index of the sample's class, from 0 to <c>OutputCount</c> − 1. It stands for a target that is 1 there and 0 elsewhere.</param>
    /// <param name="gradient">dL/dθ is added to it; a buffer of the network's layout, such as that of <see cref="INetwork{T}.CreateGradient"/>.</param>
    /// <returns>L, the loss of the sample.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says what was expected. Nothing has been written.</exception>
    T Backward(ReadOnlySpan<T> input, int label, ParameterBuffer<T> gradient);

    /// <summary>Adds the mean dL/dθ of a batch to a gradient.</summary>
    /// <param name="inputs">The m samples, at least one, one after another: m · <c>InputCount</c> values.</param>
    /// <param name="labels">The index of each sample's class, from 0 to <c>OutputCount</c> − 1: m values.</param>
    /// <param name="gradient">(1/m) Σ dL/dθ is added to it; a buffer of the network's layout, such as that of <see cref="INetwork{T}.CreateGradient"/>.</param>
    /// <returns>(1/m) Σ L, the mean loss of the batch.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says what was expected. Nothing has been written.</exception>
    T BackwardBatch(ReadOnlySpan<T> inputs, ReadOnlySpan<int> labels, ParameterBuffer<T> gradient);

    /// <summary>One step of online gradient descent, θ ← θ − η dL/dθ.</summary>
    /// <param name="input">x, one sample: <c>InputCount</c> values.</param>
    /// <param name="label">The index of the sample's class, from 0 to <c>OutputCount</c> − 1. It stands for a target that is 1 there and 0 elsewhere.</param>
    /// <param name="learningRate">η. The method of the generated class takes a double, which a network of single precision rounds.</param>
    /// <returns>L, the loss of the sample before the step.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says what was expected. Nothing has been written.</exception>
    T SgdStep(ReadOnlySpan<T> input, int label, T learningRate);
}
