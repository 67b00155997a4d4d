using System;

namespace NetGen;

/// <summary>
/// What every generated network can do, for code that works with any of them. <c>x</c> is the input, <c>a</c> the output,
/// <c>θ</c> the parameters. A sample has as many values as the network has inputs, its constant <c>InputCount</c>; an output has <c>OutputCount</c>.
/// A network may be shared by many threads as long as none of them changes its parameters.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface INetwork<T> : IPredictor<T>
    where T : unmanaged
{
    /// <summary>
    /// The parameters θ; their <see cref="ParameterBuffer{T}.Layout"/> gives the shapes. They are zero until they are initialised or copied from elsewhere.
    /// </summary>
    ParameterBuffer<T> Parameters { get; }

    /// <summary>Number of values that <see cref="Forward(ReadOnlySpan{T}, Span{T}, Span{T})"/> keeps for Backward.</summary>
    int TraceLength { get; }

    /// <summary>Creates a buffer of zeros in the shape of the parameters, for Backward to add to.</summary>
    /// <returns>A buffer that belongs to the caller.</returns>
    ParameterBuffer<T> CreateGradient();

    /// <summary>Sets the weights to the initial values of a seed, uniform in a range that suits each layer, and the biases to 0.</summary>
    /// <param name="seed">Any number; each gives its own values, the same on every platform.</param>
    void Initialize(ulong seed);

    /// <inheritdoc cref="IPredictor{T}.Forward"/>
    new void Forward(ReadOnlySpan<T> input, Span<T> output);

    /// <summary>Computes the output, a = f(W·x + b) layer after layer, and keeps what Backward needs.</summary>
    /// <param name="input">x, one sample: <c>InputCount</c> values.</param>
    /// <param name="output">Receives a, <c>OutputCount</c> values; may overlap <paramref name="input"/>.</param>
    /// <param name="trace">Receives <see cref="TraceLength"/> values; overlaps nothing.</param>
    /// <exception cref="ArgumentException">A span has another length; the message says which was expected. Nothing has been written.</exception>
    void Forward(ReadOnlySpan<T> input, Span<T> output, Span<T> trace);

    /// <summary>The outputs of a hidden layer, in the order of its units: a part of the trace, not a copy.</summary>
    /// <param name="trace">What Forward kept of one sample, <see cref="TraceLength"/> values.</param>
    /// <param name="layer">
    /// The index of the layer in <see cref="ParameterLayout.Layers"/>, from 0. The last one is not hidden: its outputs are what Forward writes.
    /// </param>
    /// <returns>As many values as the layer has units, after its activation.</returns>
    /// <exception cref="ArgumentException">The trace has another length; the message says which was expected.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer, or it is the last one.</exception>
    ReadOnlySpan<T> Activations(ReadOnlySpan<T> trace, int layer);

    /// <inheritdoc cref="IPredictor{T}.ForwardBatch"/>
    new void ForwardBatch(ReadOnlySpan<T> inputs, Span<T> outputs);

    /// <summary>The vector-Jacobian product: from dL/da of the caller's loss L to dL/dθ, which is added to a gradient.</summary>
    /// <param name="input">x, the same as in Forward: <c>InputCount</c> values.</param>
    /// <param name="trace">What Forward kept, <see cref="TraceLength"/> values.</param>
    /// <param name="outputGradient">dL/da, <c>OutputCount</c> values.</param>
    /// <param name="gradient">dL/dθ is added to it; a buffer of the network's layout, such as that of <see cref="CreateGradient"/>.</param>
    /// <exception cref="ArgumentException">A span or the buffer does not fit; the message says what was expected. Nothing has been written.</exception>
    void Backward(ReadOnlySpan<T> input, ReadOnlySpan<T> trace, ReadOnlySpan<T> outputGradient, ParameterBuffer<T> gradient);

    /// <summary>The vector-Jacobian product: from dL/da of the caller's loss L to dL/dθ, which is added to a gradient, and to dL/dx.</summary>
    /// <param name="input">x, the same as in Forward: <c>InputCount</c> values.</param>
    /// <param name="trace">What Forward kept, <see cref="TraceLength"/> values.</param>
    /// <param name="outputGradient">dL/da, <c>OutputCount</c> values.</param>
    /// <param name="gradient">dL/dθ is added to it; a buffer of the network's layout, such as that of <see cref="CreateGradient"/>.</param>
    /// <param name="inputGradient">Receives dL/dx, <c>InputCount</c> values; overlaps nothing.</param>
    /// <exception cref="ArgumentException">A span or the buffer does not fit; the message says what was expected. Nothing has been written.</exception>
    void Backward(
        ReadOnlySpan<T> input, ReadOnlySpan<T> trace, ReadOnlySpan<T> outputGradient, ParameterBuffer<T> gradient, Span<T> inputGradient);

    void IPredictor<T>.Forward(ReadOnlySpan<T> input, Span<T> output) => Forward(input, output);

    void IPredictor<T>.ForwardBatch(ReadOnlySpan<T> inputs, Span<T> outputs) => ForwardBatch(inputs, outputs);

    void IPredictor<T>.CopyParametersTo(Span<T> values) => Parameters.CopyTo(values);
}

#if NET
/// <summary>What a generated network knows at compile time.</summary>
/// <typeparam name="TSelf">The network.</typeparam>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface INetwork<TSelf, T> : INetwork<T>
    where TSelf : INetwork<TSelf, T>
    where T : unmanaged
{
    /// <summary>Number of inputs.</summary>
    static abstract int InputCount { get; }

    /// <summary>Number of outputs.</summary>
    static abstract int OutputCount { get; }

    /// <summary>Number of parameters.</summary>
    static abstract int ParameterCount { get; }

    /// <summary>Where the parameters lie in a buffer, layer by layer.</summary>
    static abstract ParameterLayout Layout { get; }
}
#endif
