using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Small operations on vectors and memory that generated kernels call, a line each and inlined. Nothing is checked: the members of a network check the caller's
/// spans before. A sum over elements has the order that its comment says, which is part of the bits of every result.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Vectors
{
    /// <summary>The first place from x on that starts a cache line of 64 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Align(ref float x)
    {
        nint address = Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref x);
        return ref Unsafe.AddByteOffset(ref x, -address & 63);
    }

    /// <summary>The first place from x on that starts a cache line of 64 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref double Align(ref double x)
    {
        nint address = Unsafe.ByteOffset(ref Unsafe.NullRef<double>(), ref x);
        return ref Unsafe.AddByteOffset(ref x, -address & 63);
    }
}
