using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.Runtime;

/// <content>Vectors of 512 bits.</content>
public static partial class Vectors
{
    /// <summary>Element <paramref name="i"/> of memory in every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadAll512(ref float x, int i) => Vector512.AsSingle(Vector512.Create(Unsafe.As<float, int>(ref Unsafe.Add(ref x, i))));

    /// <summary>x where x &lt; y, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Least(Vector512<float> x, Vector512<float> y) =>
        Avx512F.IsSupported ? Avx512F.Min(x, y) : Vector512.ConditionalSelect(Vector512.LessThan(x, y), x, y);

    /// <summary>x where x &gt; y, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Largest(Vector512<float> x, Vector512<float> y) =>
        Avx512F.IsSupported ? Avx512F.Max(x, y) : Vector512.ConditionalSelect(Vector512.GreaterThan(x, y), x, y);

    /// <summary>−x·y + z, rounded once; for hardware that has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> NegativeMultiplyAdd(Vector512<float> x, Vector512<float> y, Vector512<float> z) => Avx512F.FusedMultiplyAddNegated(x, y, z);

    /// <summary>The vector with 0 in place of −0: −0 + 0 is 0, and every other number stays what it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> WithoutMinusZero(Vector512<float> v)
    {
        return v + Vector512<float>.Zero;
    }

    /// <summary>Element <paramref name="i"/> in every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Spread(Vector512<float> v, int i) => Vector512.Shuffle(v, Vector512.Create((int)i));

    /// <summary>The first <paramref name="n"/> elements, and zeros after them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> KeepFirst(Vector512<float> v, int n) =>
        Vector512.ConditionalSelect(
            Vector512.LessThan(Vector512.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f, 12f, 13f, 14f, 15f), Vector512.Create((float)n)),
            v, Vector512<float>.Zero);

    /// <summary>Two vectors as the halves of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Join(Vector256<float> low, Vector256<float> high) => Vector512.Create(low, high);

    /// <summary>The sum of the two halves of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Halve(Vector512<float> v) => Vector512.GetLower(v) + Vector512.GetUpper(v);

    /// <summary>In every 128 bits the elements of the lower halves of two vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ZipLow(Vector512<float> a, Vector512<float> b) =>
        Avx512F.IsSupported ? Avx512F.UnpackLow(a, b)
            : Vector512.Create(ZipLow(Vector512.GetLower(a), Vector512.GetLower(b)), ZipLow(Vector512.GetUpper(a), Vector512.GetUpper(b)));

    /// <summary>In every 128 bits the elements of the upper halves of two vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ZipHigh(Vector512<float> a, Vector512<float> b) =>
        Avx512F.IsSupported ? Avx512F.UnpackHigh(a, b)
            : Vector512.Create(ZipHigh(Vector512.GetLower(a), Vector512.GetLower(b)), ZipHigh(Vector512.GetUpper(a), Vector512.GetUpper(b)));

    /// <summary>In every 128 bits the lower halves of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LowHalves(Vector512<float> a, Vector512<float> b) =>
        Avx512F.IsSupported ? Avx512F.Shuffle(a, b, 0x44)
            : Vector512.Create(LowHalves(Vector512.GetLower(a), Vector512.GetLower(b)), LowHalves(Vector512.GetUpper(a), Vector512.GetUpper(b)));

    /// <summary>In every 128 bits the upper halves of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> HighHalves(Vector512<float> a, Vector512<float> b) =>
        Avx512F.IsSupported ? Avx512F.Shuffle(a, b, 0xEE)
            : Vector512.Create(HighHalves(Vector512.GetLower(a), Vector512.GetLower(b)), HighHalves(Vector512.GetUpper(a), Vector512.GetUpper(b)));

    /// <summary>In every 128 bits the sums of the elements of four vectors, each (v0 + v2) + (v1 + v3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sums(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        var ab = Avx512F.UnpackLow(a, b) + Avx512F.UnpackHigh(a, b);
        var cd = Avx512F.UnpackLow(c, d) + Avx512F.UnpackHigh(c, d);
        return Avx512F.Shuffle(ab, cd, 0x44) + Avx512F.Shuffle(ab, cd, 0xEE);
    }

    /// <summary>The halves of four vectors added, and the halves of that, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FoldFour(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        var ab = Avx512F.Shuffle4x128(a, b, 0x44) + Avx512F.Shuffle4x128(a, b, 0xEE);
        var cd = Avx512F.Shuffle4x128(c, d, 0x44) + Avx512F.Shuffle4x128(c, d, 0xEE);
        return Avx512F.Shuffle4x128(ab, cd, 0x88) + Avx512F.Shuffle4x128(ab, cd, 0xDD);
    }

    /// <summary>Four rows of four elements with the columns as rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Transpose(Vector512<float> rows)
    {
        return Vector512.Shuffle(rows, Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
    }

    /// <summary>
    /// The elements of rows in memory, <paramref name="step"/> elements apart, each in a vector of its own: one row for each element of a vector.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadSquares512(ref float x, int step, out Vector512<float> a, out Vector512<float> b, out Vector512<float> c, out Vector512<float> d)
    {
        var aRow = Join(
            Join(Vector128.LoadUnsafe(ref x), Vector128.LoadUnsafe(ref x, (nuint)(4 * step))),
            Join(Vector128.LoadUnsafe(ref x, (nuint)(8 * step)), Vector128.LoadUnsafe(ref x, (nuint)(12 * step))));
        var bRow = Join(
            Join(Vector128.LoadUnsafe(ref x, (nuint)step), Vector128.LoadUnsafe(ref x, (nuint)(5 * step))),
            Join(Vector128.LoadUnsafe(ref x, (nuint)(9 * step)), Vector128.LoadUnsafe(ref x, (nuint)(13 * step))));
        var cRow = Join(
            Join(Vector128.LoadUnsafe(ref x, (nuint)(2 * step)), Vector128.LoadUnsafe(ref x, (nuint)(6 * step))),
            Join(Vector128.LoadUnsafe(ref x, (nuint)(10 * step)), Vector128.LoadUnsafe(ref x, (nuint)(14 * step))));
        var dRow = Join(
            Join(Vector128.LoadUnsafe(ref x, (nuint)(3 * step)), Vector128.LoadUnsafe(ref x, (nuint)(7 * step))),
            Join(Vector128.LoadUnsafe(ref x, (nuint)(11 * step)), Vector128.LoadUnsafe(ref x, (nuint)(15 * step))));
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
    public static void StoreSquares(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, ref float x, int step)
    {
        var abLow = ZipLow(a, b);
        var cdLow = ZipLow(c, d);
        var aRow = LowHalves(abLow, cdLow);
        var bRow = HighHalves(abLow, cdLow);
        var abHigh = ZipHigh(a, b);
        var cdHigh = ZipHigh(c, d);
        var cRow = LowHalves(abHigh, cdHigh);
        var dRow = HighHalves(abHigh, cdHigh);
        Vector128.StoreUnsafe(Vector256.GetLower(Vector512.GetLower(aRow)), ref x);
        Vector128.StoreUnsafe(Vector256.GetLower(Vector512.GetLower(bRow)), ref x, (nuint)step);
        Vector128.StoreUnsafe(Vector256.GetLower(Vector512.GetLower(cRow)), ref x, (nuint)(2 * step));
        Vector128.StoreUnsafe(Vector256.GetLower(Vector512.GetLower(dRow)), ref x, (nuint)(3 * step));
        Vector128.StoreUnsafe(Vector256.GetUpper(Vector512.GetLower(aRow)), ref x, (nuint)(4 * step));
        Vector128.StoreUnsafe(Vector256.GetUpper(Vector512.GetLower(bRow)), ref x, (nuint)(5 * step));
        Vector128.StoreUnsafe(Vector256.GetUpper(Vector512.GetLower(cRow)), ref x, (nuint)(6 * step));
        Vector128.StoreUnsafe(Vector256.GetUpper(Vector512.GetLower(dRow)), ref x, (nuint)(7 * step));
        Vector128.StoreUnsafe(Vector256.GetLower(Vector512.GetUpper(aRow)), ref x, (nuint)(8 * step));
        Vector128.StoreUnsafe(Vector256.GetLower(Vector512.GetUpper(bRow)), ref x, (nuint)(9 * step));
        Vector128.StoreUnsafe(Vector256.GetLower(Vector512.GetUpper(cRow)), ref x, (nuint)(10 * step));
        Vector128.StoreUnsafe(Vector256.GetLower(Vector512.GetUpper(dRow)), ref x, (nuint)(11 * step));
        Vector128.StoreUnsafe(Vector256.GetUpper(Vector512.GetUpper(aRow)), ref x, (nuint)(12 * step));
        Vector128.StoreUnsafe(Vector256.GetUpper(Vector512.GetUpper(bRow)), ref x, (nuint)(13 * step));
        Vector128.StoreUnsafe(Vector256.GetUpper(Vector512.GetUpper(cRow)), ref x, (nuint)(14 * step));
        Vector128.StoreUnsafe(Vector256.GetUpper(Vector512.GetUpper(dRow)), ref x, (nuint)(15 * step));
    }

    /// <summary>Element <paramref name="i"/> of memory in every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LoadAll512(ref double x, int i) => Vector512.AsDouble(Vector512.Create(Unsafe.As<double, long>(ref Unsafe.Add(ref x, i))));

    /// <summary>x where x &lt; y, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Least(Vector512<double> x, Vector512<double> y) =>
        Avx512F.IsSupported ? Avx512F.Min(x, y) : Vector512.ConditionalSelect(Vector512.LessThan(x, y), x, y);

    /// <summary>x where x &gt; y, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Largest(Vector512<double> x, Vector512<double> y) =>
        Avx512F.IsSupported ? Avx512F.Max(x, y) : Vector512.ConditionalSelect(Vector512.GreaterThan(x, y), x, y);

    /// <summary>−x·y + z, rounded once; for hardware that has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> NegativeMultiplyAdd(Vector512<double> x, Vector512<double> y, Vector512<double> z) =>
        Avx512F.FusedMultiplyAddNegated(x, y, z);

    /// <summary>The vector with 0 in place of −0: −0 + 0 is 0, and every other number stays what it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> WithoutMinusZero(Vector512<double> v)
    {
        return v + Vector512<double>.Zero;
    }

    /// <summary>Element <paramref name="i"/> in every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Spread(Vector512<double> v, int i) => Vector512.Shuffle(v, Vector512.Create((long)i));

    /// <summary>The first <paramref name="n"/> elements, and zeros after them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> KeepFirst(Vector512<double> v, int n) =>
        Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Create(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0), Vector512.Create((double)n)),
            v, Vector512<double>.Zero);

    /// <summary>Two vectors as the halves of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Join(Vector256<double> low, Vector256<double> high) => Vector512.Create(low, high);

    /// <summary>The sum of the two halves of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Halve(Vector512<double> v) => Vector512.GetLower(v) + Vector512.GetUpper(v);

    /// <summary>In every 128 bits the elements of the lower halves of two vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ZipLow(Vector512<double> a, Vector512<double> b) =>
        Avx512F.IsSupported ? Avx512F.UnpackLow(a, b)
            : Vector512.Create(ZipLow(Vector512.GetLower(a), Vector512.GetLower(b)), ZipLow(Vector512.GetUpper(a), Vector512.GetUpper(b)));

    /// <summary>In every 128 bits the elements of the upper halves of two vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ZipHigh(Vector512<double> a, Vector512<double> b) =>
        Avx512F.IsSupported ? Avx512F.UnpackHigh(a, b)
            : Vector512.Create(ZipHigh(Vector512.GetLower(a), Vector512.GetLower(b)), ZipHigh(Vector512.GetUpper(a), Vector512.GetUpper(b)));

    /// <summary>
    /// The elements of rows in memory, <paramref name="step"/> elements apart, each in a vector of its own: one row for each element of a vector.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadSquares512(ref double x, int step, out Vector512<double> a, out Vector512<double> b)
    {
        var aRow = Join(
            Join(Vector128.LoadUnsafe(ref x), Vector128.LoadUnsafe(ref x, (nuint)(2 * step))),
            Join(Vector128.LoadUnsafe(ref x, (nuint)(4 * step)), Vector128.LoadUnsafe(ref x, (nuint)(6 * step))));
        var bRow = Join(
            Join(Vector128.LoadUnsafe(ref x, (nuint)step), Vector128.LoadUnsafe(ref x, (nuint)(3 * step))),
            Join(Vector128.LoadUnsafe(ref x, (nuint)(5 * step)), Vector128.LoadUnsafe(ref x, (nuint)(7 * step))));
        a = ZipLow(aRow, bRow);
        b = ZipHigh(aRow, bRow);
    }

    /// <summary>Vectors as the elements of rows in memory, <paramref name="step"/> elements apart: one row for each element of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSquares(Vector512<double> a, Vector512<double> b, ref double x, int step)
    {
        var aRow = ZipLow(a, b);
        var bRow = ZipHigh(a, b);
        Vector128.StoreUnsafe(Vector256.GetLower(Vector512.GetLower(aRow)), ref x);
        Vector128.StoreUnsafe(Vector256.GetLower(Vector512.GetLower(bRow)), ref x, (nuint)step);
        Vector128.StoreUnsafe(Vector256.GetUpper(Vector512.GetLower(aRow)), ref x, (nuint)(2 * step));
        Vector128.StoreUnsafe(Vector256.GetUpper(Vector512.GetLower(bRow)), ref x, (nuint)(3 * step));
        Vector128.StoreUnsafe(Vector256.GetLower(Vector512.GetUpper(aRow)), ref x, (nuint)(4 * step));
        Vector128.StoreUnsafe(Vector256.GetLower(Vector512.GetUpper(bRow)), ref x, (nuint)(5 * step));
        Vector128.StoreUnsafe(Vector256.GetUpper(Vector512.GetUpper(aRow)), ref x, (nuint)(6 * step));
        Vector128.StoreUnsafe(Vector256.GetUpper(Vector512.GetUpper(bRow)), ref x, (nuint)(7 * step));
    }
}
