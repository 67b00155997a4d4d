using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.Runtime;

/// <content>Vectors of 256 bits.</content>
public static partial class Vectors
{
    /// <summary>Element <paramref name="i"/> of memory in every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadAll256(ref float x, int i) => Vector256.AsSingle(Vector256.Create(Unsafe.As<float, int>(ref Unsafe.Add(ref x, i))));

    /// <summary>x where x &lt; y, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Least(Vector256<float> x, Vector256<float> y) =>
        Avx.IsSupported ? Avx.Min(x, y) : Vector256.ConditionalSelect(Vector256.LessThan(x, y), x, y);

    /// <summary>x where x &gt; y, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Largest(Vector256<float> x, Vector256<float> y) =>
        Avx.IsSupported ? Avx.Max(x, y) : Vector256.ConditionalSelect(Vector256.GreaterThan(x, y), x, y);

    /// <summary>−x·y + z, rounded once; for hardware that has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> NegativeMultiplyAdd(Vector256<float> x, Vector256<float> y, Vector256<float> z) => Fma.MultiplyAddNegated(x, y, z);

    /// <summary>The vector with 0 in place of −0: −0 + 0 is 0, and every other number stays what it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> WithoutMinusZero(Vector256<float> v)
    {
        return v + Vector256<float>.Zero;
    }

    /// <summary>Element <paramref name="i"/> in every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Spread(Vector256<float> v, int i) => Vector256.Shuffle(v, Vector256.Create((int)i));

    /// <summary>The first <paramref name="n"/> elements, and zeros after them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> KeepFirst(Vector256<float> v, int n) =>
        Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f), Vector256.Create((float)n)), v, Vector256<float>.Zero);

    /// <summary>Two vectors as the halves of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Join(Vector128<float> low, Vector128<float> high) => Vector256.Create(low, high);

    /// <summary>The sum of the two halves of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Halve(Vector256<float> v) => Vector256.GetLower(v) + Vector256.GetUpper(v);

    /// <summary>In every 128 bits the elements of the lower halves of two vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ZipLow(Vector256<float> a, Vector256<float> b) =>
        Avx.IsSupported ? Avx.UnpackLow(a, b)
            : Vector256.Create(ZipLow(Vector256.GetLower(a), Vector256.GetLower(b)), ZipLow(Vector256.GetUpper(a), Vector256.GetUpper(b)));

    /// <summary>In every 128 bits the elements of the upper halves of two vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ZipHigh(Vector256<float> a, Vector256<float> b) =>
        Avx.IsSupported ? Avx.UnpackHigh(a, b)
            : Vector256.Create(ZipHigh(Vector256.GetLower(a), Vector256.GetLower(b)), ZipHigh(Vector256.GetUpper(a), Vector256.GetUpper(b)));

    /// <summary>In every 128 bits the lower halves of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LowHalves(Vector256<float> a, Vector256<float> b) =>
        Avx.IsSupported ? Avx.Shuffle(a, b, 0x44)
            : Vector256.Create(LowHalves(Vector256.GetLower(a), Vector256.GetLower(b)), LowHalves(Vector256.GetUpper(a), Vector256.GetUpper(b)));

    /// <summary>In every 128 bits the upper halves of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> HighHalves(Vector256<float> a, Vector256<float> b) =>
        Avx.IsSupported ? Avx.Shuffle(a, b, 0xEE)
            : Vector256.Create(HighHalves(Vector256.GetLower(a), Vector256.GetLower(b)), HighHalves(Vector256.GetUpper(a), Vector256.GetUpper(b)));

    /// <summary>
    /// The elements of rows in memory, <paramref name="step"/> elements apart, each in a vector of its own: one row for each element of a vector.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadSquares256(ref float x, int step, out Vector256<float> a, out Vector256<float> b, out Vector256<float> c, out Vector256<float> d)
    {
        var aRow = Join(Vector128.LoadUnsafe(ref x), Vector128.LoadUnsafe(ref x, (nuint)(4 * step)));
        var bRow = Join(Vector128.LoadUnsafe(ref x, (nuint)step), Vector128.LoadUnsafe(ref x, (nuint)(5 * step)));
        var cRow = Join(Vector128.LoadUnsafe(ref x, (nuint)(2 * step)), Vector128.LoadUnsafe(ref x, (nuint)(6 * step)));
        var dRow = Join(Vector128.LoadUnsafe(ref x, (nuint)(3 * step)), Vector128.LoadUnsafe(ref x, (nuint)(7 * step)));
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
    public static void StoreSquares(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, ref float x, int step)
    {
        var abLow = ZipLow(a, b);
        var cdLow = ZipLow(c, d);
        var aRow = LowHalves(abLow, cdLow);
        var bRow = HighHalves(abLow, cdLow);
        var abHigh = ZipHigh(a, b);
        var cdHigh = ZipHigh(c, d);
        var cRow = LowHalves(abHigh, cdHigh);
        var dRow = HighHalves(abHigh, cdHigh);
        Vector128.StoreUnsafe(Vector256.GetLower(aRow), ref x);
        Vector128.StoreUnsafe(Vector256.GetLower(bRow), ref x, (nuint)step);
        Vector128.StoreUnsafe(Vector256.GetLower(cRow), ref x, (nuint)(2 * step));
        Vector128.StoreUnsafe(Vector256.GetLower(dRow), ref x, (nuint)(3 * step));
        Vector128.StoreUnsafe(Vector256.GetUpper(aRow), ref x, (nuint)(4 * step));
        Vector128.StoreUnsafe(Vector256.GetUpper(bRow), ref x, (nuint)(5 * step));
        Vector128.StoreUnsafe(Vector256.GetUpper(cRow), ref x, (nuint)(6 * step));
        Vector128.StoreUnsafe(Vector256.GetUpper(dRow), ref x, (nuint)(7 * step));
    }

    /// <summary>Element <paramref name="i"/> of memory in every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> LoadAll256(ref double x, int i) => Vector256.AsDouble(Vector256.Create(Unsafe.As<double, long>(ref Unsafe.Add(ref x, i))));

    /// <summary>x where x &lt; y, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Least(Vector256<double> x, Vector256<double> y) =>
        Avx.IsSupported ? Avx.Min(x, y) : Vector256.ConditionalSelect(Vector256.LessThan(x, y), x, y);

    /// <summary>x where x &gt; y, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Largest(Vector256<double> x, Vector256<double> y) =>
        Avx.IsSupported ? Avx.Max(x, y) : Vector256.ConditionalSelect(Vector256.GreaterThan(x, y), x, y);

    /// <summary>−x·y + z, rounded once; for hardware that has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> NegativeMultiplyAdd(Vector256<double> x, Vector256<double> y, Vector256<double> z) => Fma.MultiplyAddNegated(x, y, z);

    /// <summary>The vector with 0 in place of −0: −0 + 0 is 0, and every other number stays what it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> WithoutMinusZero(Vector256<double> v)
    {
        return v + Vector256<double>.Zero;
    }

    /// <summary>Element <paramref name="i"/> in every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Spread(Vector256<double> v, int i) => Vector256.Shuffle(v, Vector256.Create((long)i));

    /// <summary>The first <paramref name="n"/> elements, and zeros after them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> KeepFirst(Vector256<double> v, int n) =>
        Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Create(0.0, 1.0, 2.0, 3.0), Vector256.Create((double)n)), v, Vector256<double>.Zero);

    /// <summary>Two vectors as the halves of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Join(Vector128<double> low, Vector128<double> high) => Vector256.Create(low, high);

    /// <summary>The sum of the two halves of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Halve(Vector256<double> v) => Vector256.GetLower(v) + Vector256.GetUpper(v);

    /// <summary>In every 128 bits the elements of the lower halves of two vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ZipLow(Vector256<double> a, Vector256<double> b) =>
        Avx.IsSupported ? Avx.UnpackLow(a, b)
            : Vector256.Create(ZipLow(Vector256.GetLower(a), Vector256.GetLower(b)), ZipLow(Vector256.GetUpper(a), Vector256.GetUpper(b)));

    /// <summary>In every 128 bits the elements of the upper halves of two vectors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ZipHigh(Vector256<double> a, Vector256<double> b) =>
        Avx.IsSupported ? Avx.UnpackHigh(a, b)
            : Vector256.Create(ZipHigh(Vector256.GetLower(a), Vector256.GetLower(b)), ZipHigh(Vector256.GetUpper(a), Vector256.GetUpper(b)));

    /// <summary>
    /// The elements of rows in memory, <paramref name="step"/> elements apart, each in a vector of its own: one row for each element of a vector.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadSquares256(ref double x, int step, out Vector256<double> a, out Vector256<double> b)
    {
        var aRow = Join(Vector128.LoadUnsafe(ref x), Vector128.LoadUnsafe(ref x, (nuint)(2 * step)));
        var bRow = Join(Vector128.LoadUnsafe(ref x, (nuint)step), Vector128.LoadUnsafe(ref x, (nuint)(3 * step)));
        a = ZipLow(aRow, bRow);
        b = ZipHigh(aRow, bRow);
    }

    /// <summary>Vectors as the elements of rows in memory, <paramref name="step"/> elements apart: one row for each element of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSquares(Vector256<double> a, Vector256<double> b, ref double x, int step)
    {
        var aRow = ZipLow(a, b);
        var bRow = ZipHigh(a, b);
        Vector128.StoreUnsafe(Vector256.GetLower(aRow), ref x);
        Vector128.StoreUnsafe(Vector256.GetLower(bRow), ref x, (nuint)step);
        Vector128.StoreUnsafe(Vector256.GetUpper(aRow), ref x, (nuint)(2 * step));
        Vector128.StoreUnsafe(Vector256.GetUpper(bRow), ref x, (nuint)(3 * step));
    }
}
