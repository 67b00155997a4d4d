using System;

namespace NetGen;

/// <summary>A generated network that was declared with a loss <c>L</c>, for targets <c>y</c>.</summary>
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
    /// <param name="input">x.</param>
    /// <param name="target">y.</param>
    /// <param name="gradient">dL/dθ is added to it.</param>
    /// <returns>The loss of the sample.</returns>
    /// <exception cref="ArgumentException">A span or the buffer does not fit; nothing has been written.</exception>
    T Backward(ReadOnlySpan<T> input, ReadOnlySpan<T> target, ParameterBuffer<T> gradient);

    /// <summary>Adds dL/dθ of one sample to a gradient and gives dL/dx.</summary>
    /// <param name="input">x.</param>
    /// <param name="target">y.</param>
    /// <param name="gradient">dL/dθ is added to it.</param>
    /// <param name="inputGradient">Receives dL/dx.</param>
    /// <returns>The loss of the sample.</returns>
    /// <exception cref="ArgumentException">A span or the buffer does not fit; nothing has been written.</exception>
    T Backward(ReadOnlySpan<T> input, ReadOnlySpan<T> target, ParameterBuffer<T> gradient, Span<T> inputGradient);

    /// <summary>Adds the mean dL/dθ of a batch to a gradient.</summary>
    /// <param name="inputs">The m samples, one after another.</param>
    /// <param name="targets">Their targets, one after another.</param>
    /// <param name="gradient">(1/m) Σ dL/dθ is added to it.</param>
    /// <returns>The mean loss of the batch.</returns>
    /// <exception cref="ArgumentException">A span or the buffer does not fit; nothing has been written.</exception>
    T BackwardBatch(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ParameterBuffer<T> gradient);

    /// <summary>Adds the mean dL/dθ of a batch to a gradient and gives dL/dx of every sample.</summary>
    /// <param name="inputs">The m samples, one after another.</param>
    /// <param name="targets">Their targets, one after another.</param>
    /// <param name="gradient">(1/m) Σ dL/dθ is added to it.</param>
    /// <param name="inputGradients">Receives dL/dx of every sample, without 1/m.</param>
    /// <returns>The mean loss of the batch.</returns>
    /// <exception cref="ArgumentException">A span or the buffer does not fit; nothing has been written.</exception>
    T BackwardBatch(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ParameterBuffer<T> gradient, Span<T> inputGradients);

    /// <summary>One step of online gradient descent, θ ← θ − η dL/dθ.</summary>
    /// <param name="input">x.</param>
    /// <param name="target">y.</param>
    /// <param name="learningRate">η.</param>
    /// <returns>The loss of the sample before the step.</returns>
    /// <exception cref="ArgumentException">A span has another length; nothing has been written.</exception>
    T SgdStep(ReadOnlySpan<T> input, ReadOnlySpan<T> target, T learningRate);

    /// <summary>One step of online gradient descent, θ ← θ − η dL/dθ, that also gives dL/dx for the parameters before the step.</summary>
    /// <param name="input">x.</param>
    /// <param name="target">y.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="inputGradient">Receives dL/dx.</param>
    /// <returns>The loss of the sample before the step.</returns>
    /// <exception cref="ArgumentException">A span has another length; nothing has been written.</exception>
    T SgdStep(ReadOnlySpan<T> input, ReadOnlySpan<T> target, T learningRate, Span<T> inputGradient);
}

/// <summary>A generated network whose targets may also be given as the index of a class.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IClassifier<T> : ITrainable<T>
    where T : unmanaged
{
    /// <summary>Adds dL/dθ of one sample to a gradient.</summary>
    /// <param name="input">x.</param>
    /// <param name="label">The index of the sample's class.</param>
    /// <param name="gradient">dL/dθ is added to it.</param>
    /// <returns>The loss of the sample.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; nothing has been written.</exception>
    T Backward(ReadOnlySpan<T> input, int label, ParameterBuffer<T> gradient);

    /// <summary>Adds the mean dL/dθ of a batch to a gradient.</summary>
    /// <param name="inputs">The m samples, one after another.</param>
    /// <param name="labels">The index of each sample's class.</param>
    /// <param name="gradient">(1/m) Σ dL/dθ is added to it.</param>
    /// <returns>The mean loss of the batch.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; nothing has been written.</exception>
    T BackwardBatch(ReadOnlySpan<T> inputs, ReadOnlySpan<int> labels, ParameterBuffer<T> gradient);

    /// <summary>One step of online gradient descent, θ ← θ − η dL/dθ.</summary>
    /// <param name="input">x.</param>
    /// <param name="label">The index of the sample's class.</param>
    /// <param name="learningRate">η.</param>
    /// <returns>The loss of the sample before the step.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; nothing has been written.</exception>
    T SgdStep(ReadOnlySpan<T> input, int label, T learningRate);
}
