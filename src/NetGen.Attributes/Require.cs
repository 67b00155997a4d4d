using System;
using System.ComponentModel;

namespace NetGen;

/// <summary>
/// The argument checks of generated code. Each names the parameter, what was expected and what was given, and runs before
/// anything is written.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Require
{
    /// <summary>Checks the length of a span.</summary>
    /// <param name="actual">The length given.</param>
    /// <param name="expected">The length expected.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Length(int actual, int expected, string name)
    {
        if (actual != expected)
        {
            ThrowLength(actual, expected, name);
        }
    }

    /// <summary>Checks that a span holds whole samples, at least one, and counts them.</summary>
    /// <param name="actual">The length given.</param>
    /// <param name="sampleLength">Values in one sample.</param>
    /// <param name="name">The parameter.</param>
    /// <returns>The number of samples.</returns>
    /// <exception cref="ArgumentException">The length is 0 or not a multiple of <paramref name="sampleLength"/>.</exception>
    public static int Samples(int actual, int sampleLength, string name)
    {
        int samples = actual / sampleLength;
        if (samples == 0 || samples * sampleLength != actual)
        {
            ThrowSamples(actual, sampleLength, name);
        }

        return samples;
    }

    /// <summary>Checks that a span holds one sample for each sample of the batch.</summary>
    /// <param name="actual">The length given.</param>
    /// <param name="samples">Samples in the batch.</param>
    /// <param name="sampleLength">Values in one sample.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">The length is not <paramref name="samples"/> × <paramref name="sampleLength"/>.</exception>
    public static void BatchLength(int actual, int samples, int sampleLength, string name)
    {
        if (actual != (long)samples * sampleLength)
        {
            ThrowBatchLength(actual, samples, sampleLength, name);
        }
    }

    /// <summary>Checks the index of a class.</summary>
    /// <param name="label">The index given.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative or not below <paramref name="classes"/>.</exception>
    public static void Label(int label, int classes, string name) => Index(label, classes, name);

    /// <summary>Checks the index of an output.</summary>
    /// <param name="output">The index given.</param>
    /// <param name="count">The number of outputs.</param>
    /// <param name="loss">Its loss.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative or not below <paramref name="count"/>.</exception>
    public static Loss LossOf(int output, int count, Loss loss)
    {
        Index(output, count, nameof(output));
        return loss;
    }

    /// <summary>Checks that a buffer was made for the network.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="buffer">The buffer given.</param>
    /// <param name="expected">The layout of the network.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentNullException"><paramref name="buffer"/> is null.</exception>
    /// <exception cref="ArgumentException">The buffer has the layout of another network.</exception>
    public static void Buffer<T>(ParameterBuffer<T> buffer, ParameterLayout expected, string name)
        where T : unmanaged
    {
        if (buffer is null)
        {
            throw new ArgumentNullException(name);
        }

        if (!ReferenceEquals(buffer.Layout, expected))
        {
            ThrowLayout(buffer.Layout, expected, name);
        }
    }

    /// <summary>Finds the outputs of a hidden layer in a trace.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="trace">What Forward kept.</param>
    /// <param name="traceLength">The number of values in it.</param>
    /// <param name="layout">The layout of the network.</param>
    /// <param name="layer">The index of the layer.</param>
    /// <returns>A part of the trace.</returns>
    /// <exception cref="ArgumentException">The trace has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer, or it is the last one.</exception>
    public static ReadOnlySpan<T> Activations<T>(ReadOnlySpan<T> trace, int traceLength, ParameterLayout layout, int layer)
        where T : unmanaged
    {
        Length(trace.Length, traceLength, nameof(trace));
        LayerLayout[] layers = layout.LayerArray;
        if ((uint)layer >= (uint)(layers.Length - 1))
        {
            ThrowHidden(layer, layers.Length - 1);
        }

        if (layers[layer].TraceOffset < 0)
        {
            ThrowNotKept(layer);
        }

        return trace.Slice(layers[layer].TraceOffset, layers[layer].Units);
    }

    internal static void Index(int index, int count, string name)
    {
        if ((uint)index >= (uint)count)
        {
            throw new ArgumentOutOfRangeException(name, index, $"Expected an index from 0 to {count - 1}, given {index}.");
        }
    }

    private static void ThrowNotKept(int layer) =>
        throw new ArgumentException($"Backward does not need the outputs of layer {layer}, so that a trace does not hold them.", nameof(layer));

    private static void ThrowLength(int actual, int expected, string name) =>
        throw new ArgumentException($"Expected {Values(expected)}, given {actual}.", name);

    private static void ThrowSamples(int actual, int sampleLength, string name) =>
        throw new ArgumentException($"Expected one or more samples of {Values(sampleLength)} each, given {Values(actual)}.", name);

    private static void ThrowBatchLength(int actual, int samples, int sampleLength, string name) =>
        throw new ArgumentException(
            $"Expected {(long)samples * sampleLength} values ({samples} samples of {sampleLength}), given {actual}.", name);

    private static void ThrowHidden(int layer, int last) =>
        throw new ArgumentOutOfRangeException(
            nameof(layer),
            layer,
            (last == 0 ? "This network has no hidden layer" : $"Expected a hidden layer, from 0 to {last - 1}") + $", given {layer}. "
            + "The outputs of the last layer are what Forward writes to its output.");

    private static void ThrowLayout(ParameterLayout actual, ParameterLayout expected, string name) =>
        throw new ArgumentException(
            $"Expected a buffer made for this network ({expected.ParameterCount} parameters), given one made for another network "
            + $"({actual.ParameterCount} parameters). Create it with CreateGradient() of the same network class.",
            name);

    private static string Values(int count) => count == 1 ? "1 value" : $"{count} values";
}
