using System;
using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NetGen.Runtime;

/// <summary>Takes the parameters of a network from the text of its class, where they are so many that a compiler would be slow with numbers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelWeights
{
    /// <summary>Copies parameters that are written as text: the base 64 of their bytes, the lowest byte of each first.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="text">The text, in which white space means nothing.</param>
    /// <param name="buffer">Receives the parameters.</param>
    public static void Copy<T>(string text, ParameterBuffer<T> buffer)
        where T : unmanaged
    {
        byte[] bytes = Convert.FromBase64String(text);
        var values = new T[buffer.Layout.ParameterCount];
        Span<float> singles = typeof(T) == typeof(float) ? MemoryMarshal.Cast<T, float>(values.AsSpan()) : default;
        Span<double> doubles = typeof(T) == typeof(double) ? MemoryMarshal.Cast<T, double>(values.AsSpan()) : default;
        for (int index = 0; index < singles.Length; index++)
        {
            singles[index] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(sizeof(float) * index)));
        }

        for (int index = 0; index < doubles.Length; index++)
        {
            doubles[index] = BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(sizeof(double) * index)));
        }

        buffer.CopyFrom(values);
    }
}
