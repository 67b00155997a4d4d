using System;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.Measuring;

/// <summary>Floats on a cache line, at an address that native code may be given.</summary>
internal sealed unsafe class AlignedMemory : IDisposable
{
    private const int Alignment = 64;
    private float* _first;

    public AlignedMemory(int length)
    {
        Length = length;

        // Vector code may read past the last float.
        _first = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float) + 2 * Alignment, Alignment);
        NativeMemory.Clear(_first, (nuint)length * sizeof(float) + 2 * Alignment);
    }

    ~AlignedMemory() => Dispose();

    public int Length { get; }

    public float* Pointer => _first;

    public Span<float> Span => new(_first, Length);

    public void Dispose()
    {
        NativeMemory.AlignedFree(_first);
        _first = null;
        GC.SuppressFinalize(this);
    }
}
