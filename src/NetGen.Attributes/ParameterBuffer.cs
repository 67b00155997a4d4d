using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
#if NET
using System.Numerics;
using System.Runtime.CompilerServices;
#endif

namespace NetGen;

/// <summary>
/// The parameters of a network, or something of the same shape such as a gradient or an optimizer's state. The elements are stored
/// as the generated code wants them, aligned and padded with zeros; <see cref="CopyTo"/> and CopyFrom give and take them in canonical
/// order, and elementwise work may run over all elements, padding included.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Reading from several threads at a time is safe; writing while others read is not.</remarks>
public sealed class ParameterBuffer<T>
    where T : unmanaged
{
    /// <summary>Bytes of a cache line: the alignment of the first element where the runtime can pin an array.</summary>
    private const int Alignment = 64;

    private readonly T[] _elements;
    private readonly int _first;

    /// <summary>Creates a buffer of zeros.</summary>
    /// <param name="layout">The layout of the network, its <c>Layout</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layout"/> is null.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public ParameterBuffer(ParameterLayout layout)
    {
        Layout = layout ?? throw new ArgumentNullException(nameof(layout));
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            throw new NotSupportedException($"Parameters are float or double, given {typeof(T)}.");
        }

#if NET
        // One cache line more before (to align) and after (so that vector code may read past the last element).
        int size = Unsafe.SizeOf<T>();
        _elements = GC.AllocateArray<T>(layout.Length + 2 * Alignment / size, pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(_elements, 0);
        _first = (int)(-address & (Alignment - 1)) / size;
#else
        _elements = new T[layout.Length + Alignment / sizeof(float)];
        _first = 0;
#endif
    }

    /// <summary>Where each parameter lies.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>Number of elements, padding included.</summary>
    public int Length => Layout.Length;

    /// <summary>The first element, for generated code; the others follow it.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
#if NET
    public ref T Origin => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_elements), _first);
#else
    public ref T Origin => ref _elements[_first];
#endif

    /// <summary>The weight from an input to a unit.</summary>
    /// <param name="layer">Index of the layer, from 0.</param>
    /// <param name="unit">Index of the unit, from 0.</param>
    /// <param name="input">Index of the layer's input, from 0.</param>
    /// <returns>A reference, so that the weight can also be set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside the network.</exception>
    public ref T Weight(int layer, int unit, int input)
    {
        Require.Index(layer, Layout.Layers.Count, nameof(layer));
        return ref _elements[_first + Layout.Layers[layer].WeightElement(unit, input)];
    }

    /// <summary>The bias of a unit.</summary>
    /// <param name="layer">Index of the layer, from 0.</param>
    /// <param name="unit">Index of the unit, from 0.</param>
    /// <returns>A reference, so that the bias can also be set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside the network.</exception>
    /// <exception cref="InvalidOperationException">The layer has no bias.</exception>
    public ref T Bias(int layer, int unit)
    {
        Require.Index(layer, Layout.Layers.Count, nameof(layer));
        return ref _elements[_first + Layout.Layers[layer].BiasElement(unit)];
    }

    /// <summary>Writes the parameters in canonical order: per layer the weights <c>[unit][input]</c>, then the biases.</summary>
    /// <param name="destination">Receives exactly <see cref="ParameterLayout.ParameterCount"/> values.</param>
    /// <exception cref="ArgumentException">The destination has another length; nothing has been written.</exception>
    public void CopyTo(Span<T> destination)
    {
        Require.Length(destination.Length, Layout.ParameterCount, nameof(destination));
        int next = 0;
        foreach (ParameterBlock block in Layout.BlockArray)
        {
            for (int parameter = 0; parameter < block.Count; parameter++)
            {
                destination[next++] = _elements[_first + block.ElementOf(parameter)];
            }
        }
    }

    /// <summary>Reads the parameters in canonical order: per layer the weights <c>[unit][input]</c>, then the biases.</summary>
    /// <param name="source">Exactly <see cref="ParameterLayout.ParameterCount"/> values.</param>
    /// <exception cref="ArgumentException">The source has another length; nothing has been written.</exception>
    public void CopyFrom(ReadOnlySpan<T> source)
    {
        Require.Length(source.Length, Layout.ParameterCount, nameof(source));

        // Read through a span: some builds of Mono lack the indexer of ReadOnlySpan.
        Span<T> values = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(source), source.Length);
        int next = 0;
        foreach (ParameterBlock block in Layout.BlockArray)
        {
            for (int parameter = 0; parameter < block.Count; parameter++)
            {
                _elements[_first + block.ElementOf(parameter)] = values[next++];
            }
        }

        ClearPadding();
    }

    /// <summary>Copies all elements of a buffer of the same network.</summary>
    /// <param name="source">The buffer to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    /// <exception cref="ArgumentException">The buffer belongs to another network; nothing has been written.</exception>
    public void CopyFrom(ParameterBuffer<T> source)
    {
        Require.Buffer(source, Layout, nameof(source));
        Array.Copy(source._elements, source._first, _elements, _first, Length);
    }

    /// <summary>
    /// Copies a layer, or all layers that share the beginning of a name, to another network that has such layers too: a trunk, to train other heads on it. Statistics and what is frozen are copied too. The
    /// networks may store their parameters in other ways and have other number types; a double becomes the nearest float.
    /// </summary>
    /// <typeparam name="TOther"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="destination">The parameters of the other network, whose other layers stay as they are.</param>
    /// <param name="layer">What both networks call it: <c>layers</c> is the whole trunk, <c>layers.0</c> its first layer; see <see cref="ParameterLayout.BlocksOf"/>.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// No layer is called so, or the layers of that name do not have the same parameters in both networks, by names and shapes; the message has them. Nothing has been written.
    /// </exception>
    public void CopyTo<TOther>(ParameterBuffer<TOther> destination, string layer)
        where TOther : unmanaged
    {
        if (destination is null)
        {
            throw new ArgumentNullException(nameof(destination));
        }

        foreach ((ParameterBlock from, ParameterBlock to) in Layout.Pair(destination.Layout, layer))
        {
            for (int parameter = 0; parameter < from.Count; parameter++)
            {
                destination._elements[destination._first + to.ElementOf(parameter)] =
                    ParameterBuffer<TOther>.FromDouble(ToDouble(_elements[_first + from.ElementOf(parameter)]));
            }
        }
    }

    /// <summary>Sets all elements to zero.</summary>
    public void Clear() => Array.Clear(_elements, _first, Length);

    /// <summary>
    /// Sets the weights to the initial values of a seed, uniform in ±<see cref="ParameterBlock.InitialBound"/> and the same on every
    /// platform, and the biases to zero. The numbers are drawn in canonical order; blocks whose initial values are all the same take none.
    /// </summary>
    /// <param name="seed">Any number; each gives its own values.</param>
    public void Initialize(ulong seed)
    {
        Clear();
        var random = new SplitMix64(seed);
        foreach (ParameterBlock block in Layout.BlockArray)
        {
            for (int parameter = 0; parameter < block.Count && (block.InitialBound != 0 || block.InitialValue != 0); parameter++)
            {
                _elements[_first + block.ElementOf(parameter)] =
                    FromDouble(block.InitialBound != 0 ? random.NextSigned() * block.InitialBound : block.InitialValue);
            }
        }
    }

    /// <summary>Adds <c>factor · other</c> to every element, as plain gradient descent does with <c>factor = −η</c>.</summary>
    /// <param name="other">A buffer of the same network.</param>
    /// <param name="factor">The factor, which is rounded to the number type.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    /// <exception cref="ArgumentException">The buffer belongs to another network; nothing has been written.</exception>
    public void AddScaled(ParameterBuffer<T> other, double factor)
    {
        Require.Buffer(other, Layout, nameof(other));
        Span<T> sum = AsSpan();
        Span<T> term = other.AsSpan();
#if NET
        // One multiplication and one addition per element, in lanes or alone: the bits do not depend on the vector width.
        T rounded = FromDouble(factor);
        var factors = new Vector<T>(rounded);
        int i = 0;
        for (; i <= sum.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            (new Vector<T>(sum[i..]) + (new Vector<T>(term[i..]) * factors)).CopyTo(sum[i..]);
        }

        for (; i < sum.Length; i++)
        {
            sum[i] = MultiplyAdd(term[i], rounded, sum[i]);
        }
#else
        if (typeof(T) == typeof(float))
        {
            AddScaled(MemoryMarshal.Cast<T, float>(sum), MemoryMarshal.Cast<T, float>(term), (float)factor);
        }
        else
        {
            AddScaled(MemoryMarshal.Cast<T, double>(sum), MemoryMarshal.Cast<T, double>(term), factor);
        }
#endif
        double used = typeof(T) == typeof(float) ? (float)factor : factor;
        if (used - used != 0)
        {
            // 0 times infinity or NaN is NaN.
            ClearPadding();
        }
    }

    /// <summary>All elements, padding included, for elementwise work. Padding must stay zero.</summary>
    /// <returns><see cref="Length"/> elements in storage order.</returns>
    public Span<T> AsSpan() => MemoryMarshal.CreateSpan(ref Origin, Length);

    /// <summary>Sets what holds no parameter to zero.</summary>
    private void ClearPadding()
    {
        foreach ((int start, int length) in Layout.Padding)
        {
            Array.Clear(_elements, _first + start, length);
        }
    }

    private static double ToDouble(T value) => typeof(T) == typeof(float) ? (float)(object)value : (double)(object)value;

    private static T FromDouble(double value) => typeof(T) == typeof(float) ? (T)(object)(float)value : (T)(object)value;

#if NET
    private static T MultiplyAdd(T x, T y, T z) => typeof(T) == typeof(float)
        ? (T)(object)(((float)(object)x * (float)(object)y) + (float)(object)z)
        : (T)(object)(((double)(object)x * (double)(object)y) + (double)(object)z);
#else
    /// <summary>Each operation is rounded by a cast: a runtime may compute in double, and then the bits would differ.</summary>
    private static void AddScaled(Span<float> sum, Span<float> term, float factor)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = (float)(sum[i] + (float)(term[i] * factor));
        }
    }

    private static void AddScaled(Span<double> sum, Span<double> term, double factor)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += term[i] * factor;
        }
    }
#endif
}
