using System;

namespace NetGen;

/// <summary>
/// What computes outputs: a network, or a model that was trained elsewhere (<see cref="ModelAttribute"/>). <c>x</c> is the input, <c>a</c> the output. A sample has as many values as the
/// constant <c>InputCount</c> of the class, an output has <c>OutputCount</c>. Many threads may share it as long as none of them changes its parameters.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IPredictor<T>
    where T : unmanaged
{
    /// <summary>Computes the output: a = f(W·x + b), layer after layer.</summary>
    /// <param name="input">x, one sample: <c>InputCount</c> values.</param>
    /// <param name="output">Receives a, <c>OutputCount</c> values; may overlap <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">A span has another length; the message says which was expected. Nothing has been written.</exception>
    void Forward(ReadOnlySpan<T> input, Span<T> output);

    /// <summary>Computes the outputs of a batch, of each sample as Forward does.</summary>
    /// <param name="inputs">The m samples, at least one, one after another: m · <c>InputCount</c> values.</param>
    /// <param name="outputs">Receives their outputs, one after another: m · <c>OutputCount</c> values. It overlaps nothing.</param>
    /// <exception cref="ArgumentException">A span has another length; the message says which was expected. Nothing has been written.</exception>
    void ForwardBatch(ReadOnlySpan<T> inputs, Span<T> outputs);

    /// <summary>Copies the parameters, in the order of the layers, as files have them.</summary>
    /// <param name="values">Receives <c>ParameterCount</c> values.</param>
    /// <exception cref="ArgumentException">The span has another length; the message says which was expected.</exception>
    void CopyParametersTo(Span<T> values);
}
