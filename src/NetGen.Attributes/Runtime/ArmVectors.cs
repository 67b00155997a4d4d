using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace NetGen.Runtime;

/// <summary>
/// The instructions of Arm, apart from those who choose them: the JIT loads each class that a method names, also in a branch that it leaves out, and these have
/// thousands of members. On other hardware the first call of a network would wait for them.
/// </summary>
internal static class ArmVectors
{
    /// <summary>Whether the hardware has them.</summary>
    public static bool AreSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => AdvSimd.Arm64.IsSupported;
    }

    /// <summary>x·y + z, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> z) => AdvSimd.FusedMultiplyAdd(z, x, y);

    /// <summary>x·y + z, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> MultiplyAdd(Vector128<double> x, Vector128<double> y, Vector128<double> z) => AdvSimd.Arm64.FusedMultiplyAdd(z, x, y);

    /// <summary>−x·y + z, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> NegativeMultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> z) => AdvSimd.FusedMultiplySubtract(z, x, y);

    /// <summary>−x·y + z, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> NegativeMultiplyAdd(Vector128<double> x, Vector128<double> y, Vector128<double> z) =>
        AdvSimd.Arm64.FusedMultiplySubtract(z, x, y);

    /// <summary>The elements of the lower halves of two vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ZipLow(Vector128<float> a, Vector128<float> b) => AdvSimd.Arm64.ZipLow(a, b);

    /// <summary>The elements of the lower halves of two vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ZipLow(Vector128<double> a, Vector128<double> b) => AdvSimd.Arm64.ZipLow(a, b);

    /// <summary>The elements of the upper halves of two vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ZipHigh(Vector128<float> a, Vector128<float> b) => AdvSimd.Arm64.ZipHigh(a, b);

    /// <summary>The elements of the upper halves of two vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ZipHigh(Vector128<double> a, Vector128<double> b) => AdvSimd.Arm64.ZipHigh(a, b);

    /// <summary>The sums of the elements of four vectors, each (v0 + v2) + (v1 + v3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        var ab = AdvSimd.Arm64.ZipLow(a, b) + AdvSimd.Arm64.ZipHigh(a, b);
        var cd = AdvSimd.Arm64.ZipLow(c, d) + AdvSimd.Arm64.ZipHigh(c, d);
        return Vector128.Create(Vector128.GetLower(ab), Vector128.GetLower(cd)) + Vector128.Create(Vector128.GetUpper(ab), Vector128.GetUpper(cd));
    }

    /// <summary>The sums of the elements of two vectors, each v0 + v1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Sums(Vector128<double> a, Vector128<double> b) => AdvSimd.Arm64.ZipLow(a, b) + AdvSimd.Arm64.ZipHigh(a, b);
}
