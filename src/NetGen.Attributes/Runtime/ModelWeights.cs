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
        if (typeof(T) == typeof(double) || BitConverter.IsLittleEndian)
        {
            buffer.CopyFrom(MemoryMarshal.Cast<ulong, T>(words).Slice(0, buffer.Layout.ParameterCount));
            return;
        }

        ulong[] swapped = words.ToArray();
        for (int index = 0; index < swapped.Length; index++)
        {
            swapped[index] = (swapped[index] << 32) | (swapped[index] >> 32);
        }

        buffer.CopyFrom(MemoryMarshal.Cast<ulong, T>(swapped).Slice(0, buffer.Layout.ParameterCount));
    }

    /// <summary>Copies parameters that are written as text: the base 64 of their bytes, the lowest byte of each first.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="text">The text, in which white space means nothing.</param>
    /// <param name="buffer">Receives the parameters.</param>
    public static void Copy<T>(string text, ParameterBuffer<T> buffer)
        where T : unmanaged
    {
        byte[] bytes = Convert.FromBase64String(text);
        if (!BitConverter.IsLittleEndian)
        {
            Span<byte> all = bytes;
            int size = bytes.Length / buffer.Layout.ParameterCount;
            for (int start = 0; start < bytes.Length; start += size)
            {
                all.Slice(start, size).Reverse();
            }
        }

        buffer.CopyFrom(MemoryMarshal.Cast<byte, T>(bytes));
    }
}
