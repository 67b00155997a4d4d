using System;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NetGen.Runtime;

/// <summary>Takes the parameters of a network from the text of its class, where they are written in a form that compilers are fast with.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelWeights
{
    /// <summary>Copies parameters that are written as words of 64 bits.</summary>
    /// <typeparam name="T"><see cref="float"/>, of which a word has two, the first in the low half, or <see cref="double"/>.</typeparam>
    /// <param name="words">The words.</param>
    /// <param name="buffer">Receives the parameters.</param>
    public static void Copy<T>(ReadOnlySpan<ulong> words, ParameterBuffer<T> buffer)
        where T : unmanaged
    {
        var values = new T[buffer.Layout.ParameterCount];
        Span<float> singles = typeof(T) == typeof(float) ? MemoryMarshal.Cast<T, float>(values.AsSpan()) : default;
        Span<double> doubles = typeof(T) == typeof(double) ? MemoryMarshal.Cast<T, double>(values.AsSpan()) : default;
        for (int index = 0; index < singles.Length; index++)
        {
            singles[index] = BitConverter.Int32BitsToSingle((int)(words[index / 2] >> (32 * (index % 2))));
        }

        for (int index = 0; index < doubles.Length; index++)
        {
            doubles[index] = BitConverter.Int64BitsToDouble((long)words[index]);
        }

        buffer.CopyFrom(values);
    }

    /// <summary>Copies parameters that are written as text: the base 64 of their bytes, the lowest byte of each first.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="text">The text, in which white space means nothing.</param>
    /// <param name="buffer">Receives the parameters.</param>
    public static void Copy<T>(string text, ParameterBuffer<T> buffer)
        where T : unmanaged
    {
        byte[] bytes = Convert.FromBase64String(text);
        var words = new ulong[(bytes.Length + sizeof(ulong) - 1) / sizeof(ulong)];
        for (int index = 0; index < bytes.Length; index++)
        {
            words[index / sizeof(ulong)] |= (ulong)bytes[index] << (8 * (index % sizeof(ulong)));
        }

        Copy<T>(words, buffer);
    }
}
