using System;
#if NET
using System.Numerics;
using System.Runtime.CompilerServices;
#endif
using System.Runtime.InteropServices;

namespace NetGen.Training;

/// <summary>
/// The elements of a buffer, as many at a time as a vector holds. What is read and written must lie inside; it is not checked.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly ref struct Elements<T>
    where T : unmanaged
{
#if NET
    private readonly ref T _origin;

    public Elements(Span<T> elements)
    {
        _origin = ref MemoryMarshal.GetReference(elements);
    }

    /// <summary>The vector whose first element has an index.</summary>
    public Vector<T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.As<T, Vector<T>>(ref Unsafe.Add(ref _origin, index));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => Unsafe.As<T, Vector<T>>(ref Unsafe.Add(ref _origin, index)) = value;
    }

    /// <summary>Fewer elements than a vector holds, and zeros.</summary>
    public Vector<T> Load(int index, int count)
    {
        Vector<T> vector = default;
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _origin, index), count).CopyTo(InMemory(ref vector));
        return vector;
    }

    /// <summary>Writes fewer elements than a vector holds.</summary>
    public void Store(Vector<T> vector, int index, int count) =>
        InMemory(ref vector)[..count].CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _origin, index), count));

    private static Span<T> InMemory(ref Vector<T> vector) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<Vector<T>, T>(ref vector), Vector<T>.Count);
#else
    private readonly Span<float> _singles;
    private readonly Span<double> _doubles;

    public Elements(Span<T> elements)
    {
        // One of the two is all elements.
        _singles = Number<T>.IsSingle ? MemoryMarshal.Cast<T, float>(elements) : default;
        _doubles = Number<T>.IsSingle ? default : MemoryMarshal.Cast<T, double>(elements);
    }

    /// <summary>The vector whose first, and only, element has an index.</summary>
    public Vector<T> this[int index]
    {
        get => new(_singles.Length > 0 ? _singles[index] : _doubles[index]);

        set
        {
            if (_singles.Length > 0)
            {
                _singles[index] = (float)value.Value;
            }
            else
            {
                _doubles[index] = value.Value;
            }
        }
    }
#endif
}
