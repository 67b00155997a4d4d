using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.Runtime;

/// <content>Vectors of 128 bits.</content>
public static partial class Vectors
{
    /// <summary>Element <paramref name="i"/> of memory in every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadAll128(ref float x, int i) => Vector128.Create(Unsafe.Add(ref x, i));

    /// <summary>x where x &lt; y, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Least(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.Min(x, y) : Vector128.ConditionalSelect(Vector128.LessThan(x, y), x, y);

    /// <summary>x where x &gt; y, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Largest(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.Max(x, y) : Vector128.ConditionalSelect(Vector128.GreaterThan(x, y), x, y);

    /// <summary>x·y + z, rounded once; for hardware that has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> z) =>
        Fma.IsSupported ? Fma.MultiplyAdd(x, y, z) : ArmVectors.MultiplyAdd(x, y, z);

    /// <summary>−x·y + z, rounded once; for hardware that has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> NegativeMultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> z) =>
        Fma.IsSupported ? Fma.MultiplyAddNegated(x, y, z) : ArmVectors.NegativeMultiplyAdd(x, y, z);

    /// <summary>The vector with 0 in place of −0: −0 + 0 is 0, and every other number stays what it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> WithoutMinusZero(Vector128<float> v)
    {
        return v + Vector128<float>.Zero;
    }

    /// <summary>Element <paramref name="i"/> in every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Spread(Vector128<float> v, int i) => Vector128.Shuffle(v, Vector128.Create((int)i));

    /// <summary>The first <paramref name="n"/> elements, and zeros after them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> KeepFirst(Vector128<float> v, int n) =>
        Vector128.ConditionalSelect(Vector128.LessThan(Vector128.Create(0f, 1f, 2f, 3f), Vector128.Create((float)n)), v, Vector128<float>.Zero);

    /// <summary>In every 128 bits the elements of the lower halves of two vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ZipLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : ArmVectors.AreSupported ? ArmVectors.ZipLow(a, b) : Vector128.Create(a[0], b[0], a[1], b[1]);

    /// <summary>In every 128 bits the elements of the upper halves of two vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ZipHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : ArmVectors.AreSupported ? ArmVectors.ZipHigh(a, b) : Vector128.Create(a[2], b[2], a[3], b[3]);

    /// <summary>In every 128 bits the lower halves of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LowHalves(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.Shuffle(a, b, 0x44) : Vector128.Create(Vector128.GetLower(a), Vector128.GetLower(b));

    /// <summary>In every 128 bits the upper halves of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> HighHalves(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.Shuffle(a, b, 0xEE) : Vector128.Create(Vector128.GetUpper(a), Vector128.GetUpper(b));

    /// <summary>The sum of the elements, (v0 + v2) + (v1 + v3), and zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sum(Vector128<float> v)
    {
        if (Sse.IsSupported)
        {
            var halves = v + Sse.MoveHighToLow(v, v);
            return Sse.MoveScalar(Vector128<float>.Zero, halves + Sse.Shuffle(halves, halves, 1));
        }

        return Vector128.CreateScalar((v[0] + v[2]) + (v[1] + v[3]));
    }

    /// <summary>The sums of the elements of two vectors, each (v0 + v2) + (v1 + v3), and zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SumPair(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported)
        {
            var halves = Sse.UnpackLow(a, b) + Sse.UnpackHigh(a, b);
            return Sse.MoveLowToHigh(halves + Sse.MoveHighToLow(halves, halves), Vector128<float>.Zero);
        }

        return Vector128.Create((a[0] + a[2]) + (a[1] + a[3]), (b[0] + b[2]) + (b[1] + b[3]), 0f, 0f);
    }

    /// <summary>The sums of the elements of four vectors, each (v0 + v2) + (v1 + v3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        if (Sse.IsSupported)
        {
            var ab = Sse.UnpackLow(a, b) + Sse.UnpackHigh(a, b);
            var cd = Sse.UnpackLow(c, d) + Sse.UnpackHigh(c, d);
            return Sse.MoveLowToHigh(ab, cd) + Sse.MoveHighToLow(cd, ab);
        }

        if (ArmVectors.AreSupported)
        {
            return ArmVectors.Sums(a, b, c, d);
        }

        return Vector128.Create((a[0] + a[2]) + (a[1] + a[3]), (b[0] + b[2]) + (b[1] + b[3]), (c[0] + c[2]) + (c[1] + c[3]), (d[0] + d[2]) + (d[1] + d[3]));
    }

    /// <summary>
    /// The elements of rows in memory, <paramref name="step"/> elements apart, each in a vector of its own: one row for each element of a vector.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadSquares128(ref float x, int step, out Vector128<float> a, out Vector128<float> b, out Vector128<float> c, out Vector128<float> d)
    {
        var aRow = Vector128.LoadUnsafe(ref x);
        var bRow = Vector128.LoadUnsafe(ref x, (nuint)step);
        var cRow = Vector128.LoadUnsafe(ref x, (nuint)(2 * step));
        var dRow = Vector128.LoadUnsafe(ref x, (nuint)(3 * step));
        var abLow = ZipLow(aRow, bRow);
        var cdLow = ZipLow(cRow, dRow);
        a = LowHalves(abLow, cdLow);
        b = HighHalves(abLow, cdLow);
        var abHigh = ZipHigh(aRow, bRow);
        var cdHigh = ZipHigh(cRow, dRow);
        c = LowHalves(abHigh, cdHigh);
        d = HighHalves(abHigh, cdHigh);
    }

    /// <summary>Vectors as the elements of rows in memory, <paramref name="step"/> elements apart: one row for each element of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSquares(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d, ref float x, int step)
    {
        var abLow = ZipLow(a, b);
        var cdLow = ZipLow(c, d);
        var aRow = LowHalves(abLow, cdLow);
        var bRow = HighHalves(abLow, cdLow);
        var abHigh = ZipHigh(a, b);
        var cdHigh = ZipHigh(c, d);
        var cRow = LowHalves(abHigh, cdHigh);
        var dRow = HighHalves(abHigh, cdHigh);
        Vector128.StoreUnsafe(aRow, ref x);
        Vector128.StoreUnsafe(bRow, ref x, (nuint)step);
        Vector128.StoreUnsafe(cRow, ref x, (nuint)(2 * step));
        Vector128.StoreUnsafe(dRow, ref x, (nuint)(3 * step));
    }

    /// <summary>Element <paramref name="i"/> of memory in every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadAll128(ref double x, int i) => Vector128.Create(Unsafe.Add(ref x, i));

    /// <summary>x where x &lt; y, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Least(Vector128<double> x, Vector128<double> y) =>
        Sse2.IsSupported ? Sse2.Min(x, y) : Vector128.ConditionalSelect(Vector128.LessThan(x, y), x, y);

    /// <summary>x where x &gt; y, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Largest(Vector128<double> x, Vector128<double> y) =>
        Sse2.IsSupported ? Sse2.Max(x, y) : Vector128.ConditionalSelect(Vector128.GreaterThan(x, y), x, y);

    /// <summary>x·y + z, rounded once; for hardware that has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> MultiplyAdd(Vector128<double> x, Vector128<double> y, Vector128<double> z) =>
        Fma.IsSupported ? Fma.MultiplyAdd(x, y, z) : ArmVectors.MultiplyAdd(x, y, z);

    /// <summary>−x·y + z, rounded once; for hardware that has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> NegativeMultiplyAdd(Vector128<double> x, Vector128<double> y, Vector128<double> z) =>
        Fma.IsSupported ? Fma.MultiplyAddNegated(x, y, z) : ArmVectors.NegativeMultiplyAdd(x, y, z);

    /// <summary>The vector with 0 in place of −0: −0 + 0 is 0, and every other number stays what it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> WithoutMinusZero(Vector128<double> v)
    {
        return v + Vector128<double>.Zero;
    }

    /// <summary>Element <paramref name="i"/> in every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Spread(Vector128<double> v, int i) => Vector128.Shuffle(v, Vector128.Create((long)i));

    /// <summary>The first <paramref name="n"/> elements, and zeros after them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> KeepFirst(Vector128<double> v, int n) =>
        Vector128.ConditionalSelect(Vector128.LessThan(Vector128.Create(0.0, 1.0), Vector128.Create((double)n)), v, Vector128<double>.Zero);

    /// <summary>In every 128 bits the elements of the lower halves of two vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ZipLow(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) : ArmVectors.AreSupported ? ArmVectors.ZipLow(a, b) : Vector128.Create(a[0], b[0]);

    /// <summary>In every 128 bits the elements of the upper halves of two vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ZipHigh(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : ArmVectors.AreSupported ? ArmVectors.ZipHigh(a, b) : Vector128.Create(a[1], b[1]);

    /// <summary>The sums of the elements of two vectors, each v0 + v1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Sums(Vector128<double> a, Vector128<double> b)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.UnpackLow(a, b) + Sse2.UnpackHigh(a, b);
        }

        if (ArmVectors.AreSupported)
        {
            return ArmVectors.Sums(a, b);
        }

        return Vector128.Create(a[0] + a[1], b[0] + b[1]);
    }

    /// <summary>
    /// The elements of rows in memory, <paramref name="step"/> elements apart, each in a vector of its own: one row for each element of a vector.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadSquares128(ref double x, int step, out Vector128<double> a, out Vector128<double> b)
    {
        var aRow = Vector128.LoadUnsafe(ref x);
        var bRow = Vector128.LoadUnsafe(ref x, (nuint)step);
        a = ZipLow(aRow, bRow);
        b = ZipHigh(aRow, bRow);
    }

    /// <summary>Vectors as the elements of rows in memory, <paramref name="step"/> elements apart: one row for each element of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSquares(Vector128<double> a, Vector128<double> b, ref double x, int step)
    {
        var aRow = ZipLow(a, b);
        var bRow = ZipHigh(a, b);
        Vector128.StoreUnsafe(aRow, ref x);
        Vector128.StoreUnsafe(bRow, ref x, (nuint)step);
    }
}
