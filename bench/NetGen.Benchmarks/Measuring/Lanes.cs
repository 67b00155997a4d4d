using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Benchmarks.Measuring;

/// <summary>Loops that do nothing but multiply-adds, or roots and divisions, for any vector width.</summary>
internal static class Lanes
{
    /// <summary>Enough chains to hide the latency of a multiply-add, few enough for 16 registers.</summary>
    public const int Accumulators = 12;

    /// <summary>Enough for a unit that divides: its latency is a few times what it takes for one.</summary>
    private const int RootChains = 8;

    private static float _sink;

    /// <summary>Multiply-adds per nanosecond.</summary>
    public static double MultiplyAdds<TLane, TVector>(int iterations)
        where TLane : struct, ILane<TVector>
        where TVector : struct
    {
        long start = Stopwatch.GetTimestamp();
        _sink = RunMultiplyAdds<TLane, TVector>(iterations);
        return (double)iterations * Accumulators * TLane.Count / Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    /// <summary>Square roots with a division by each, per nanosecond: what Adam needs for a parameter.</summary>
    public static double Roots<TLane, TVector>(int iterations)
        where TLane : struct, ILane<TVector>
        where TVector : struct
    {
        long start = Stopwatch.GetTimestamp();
        _sink = RunRoots<TLane, TVector>(iterations);
        return (double)iterations * RootChains * TLane.Count / Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    /// <summary>Bytes per nanosecond.</summary>
    public static double Read<TLane, TVector>(Span<float> values, int passes)
        where TLane : struct, ILane<TVector>
        where TVector : struct
    {
        nint length = values.Length / (Accumulators * TLane.Count) * (Accumulators * TLane.Count);
        long start = Stopwatch.GetTimestamp();
        _sink = RunRead<TLane, TVector>(ref values[0], length, passes);
        return (double)passes * length * sizeof(float) / Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    // The loops contain no call, not even one to the clock: a vector that lives across a call lives in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float RunMultiplyAdds<TLane, TVector>(int iterations)
        where TLane : struct, ILane<TVector>
        where TVector : struct
    {
        TVector x = TLane.Create(0.5f), y = TLane.Create(1e-3f);
        TVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int n = 0; n < iterations; n++)
        {
            a = TLane.MultiplyAdd(a, x, y);
            b = TLane.MultiplyAdd(b, x, y);
            c = TLane.MultiplyAdd(c, x, y);
            d = TLane.MultiplyAdd(d, x, y);
            e = TLane.MultiplyAdd(e, x, y);
            f = TLane.MultiplyAdd(f, x, y);
            g = TLane.MultiplyAdd(g, x, y);
            h = TLane.MultiplyAdd(h, x, y);
            i = TLane.MultiplyAdd(i, x, y);
            j = TLane.MultiplyAdd(j, x, y);
            k = TLane.MultiplyAdd(k, x, y);
            l = TLane.MultiplyAdd(l, x, y);
        }

        return TLane.Sum(a, b, c, d) + TLane.Sum(e, f, g, h) + TLane.Sum(i, j, k, l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float RunRoots<TLane, TVector>(int iterations)
        where TLane : struct, ILane<TVector>
        where TVector : struct
    {
        TVector x = TLane.Create(1.5f), a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x;
        for (int n = 0; n < iterations; n++)
        {
            a = TLane.OverRoot(x, a);
            b = TLane.OverRoot(x, b);
            c = TLane.OverRoot(x, c);
            d = TLane.OverRoot(x, d);
            e = TLane.OverRoot(x, e);
            f = TLane.OverRoot(x, f);
            g = TLane.OverRoot(x, g);
            h = TLane.OverRoot(x, h);
        }

        return TLane.Sum(a, b, c, d) + TLane.Sum(e, f, g, h);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float RunRead<TLane, TVector>(ref float first, nint length, int passes)
        where TLane : struct, ILane<TVector>
        where TVector : struct
    {
        int step = Accumulators * TLane.Count;
        TVector x = TLane.Create(1e-9f);
        TVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int pass = 0; pass < passes; pass++)
        {
            for (nint n = 0; n < length; n += step)
            {
                ref float p = ref Unsafe.Add(ref first, n);
                a = TLane.MultiplyAdd(x, TLane.Load(ref p), a);
                b = TLane.MultiplyAdd(x, TLane.Load(ref Unsafe.Add(ref p, TLane.Count)), b);
                c = TLane.MultiplyAdd(x, TLane.Load(ref Unsafe.Add(ref p, 2 * TLane.Count)), c);
                d = TLane.MultiplyAdd(x, TLane.Load(ref Unsafe.Add(ref p, 3 * TLane.Count)), d);
                e = TLane.MultiplyAdd(x, TLane.Load(ref Unsafe.Add(ref p, 4 * TLane.Count)), e);
                f = TLane.MultiplyAdd(x, TLane.Load(ref Unsafe.Add(ref p, 5 * TLane.Count)), f);
                g = TLane.MultiplyAdd(x, TLane.Load(ref Unsafe.Add(ref p, 6 * TLane.Count)), g);
                h = TLane.MultiplyAdd(x, TLane.Load(ref Unsafe.Add(ref p, 7 * TLane.Count)), h);
                i = TLane.MultiplyAdd(x, TLane.Load(ref Unsafe.Add(ref p, 8 * TLane.Count)), i);
                j = TLane.MultiplyAdd(x, TLane.Load(ref Unsafe.Add(ref p, 9 * TLane.Count)), j);
                k = TLane.MultiplyAdd(x, TLane.Load(ref Unsafe.Add(ref p, 10 * TLane.Count)), k);
                l = TLane.MultiplyAdd(x, TLane.Load(ref Unsafe.Add(ref p, 11 * TLane.Count)), l);
            }
        }

        return TLane.Sum(a, b, c, d) + TLane.Sum(e, f, g, h) + TLane.Sum(i, j, k, l);
    }
}

/// <summary>A vector width.</summary>
internal interface ILane<TVector>
    where TVector : struct
{
    static abstract int Count { get; }

    static abstract TVector Create(float value);

    static abstract TVector Load(ref float first);

    /// <summary>x · y + z, fused where the hardware can.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);

    /// <summary>x / √y.</summary>
    static abstract TVector OverRoot(TVector x, TVector y);

    static abstract float Sum(TVector a, TVector b, TVector c, TVector d);
}

/// <summary>128 bits.</summary>
internal readonly struct Lane128 : ILane<Vector128<float>>
{
    public static int Count => Vector128<float>.Count;

    public static Vector128<float> Create(float value) => Vector128.Create(value);

    public static Vector128<float> Load(ref float first) => Vector128.LoadUnsafe(ref first);

    public static Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> z) => Vector128.MultiplyAddEstimate(x, y, z);

    public static Vector128<float> OverRoot(Vector128<float> x, Vector128<float> y) => x / Vector128.Sqrt(y);

    public static float Sum(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d) => Vector128.Sum(a + b + c + d);
}

/// <summary>256 bits.</summary>
internal readonly struct Lane256 : ILane<Vector256<float>>
{
    public static int Count => Vector256<float>.Count;

    public static Vector256<float> Create(float value) => Vector256.Create(value);

    public static Vector256<float> Load(ref float first) => Vector256.LoadUnsafe(ref first);

    public static Vector256<float> MultiplyAdd(Vector256<float> x, Vector256<float> y, Vector256<float> z) => Vector256.MultiplyAddEstimate(x, y, z);

    public static Vector256<float> OverRoot(Vector256<float> x, Vector256<float> y) => x / Vector256.Sqrt(y);

    public static float Sum(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d) => Vector256.Sum(a + b + c + d);
}

/// <summary>512 bits.</summary>
internal readonly struct Lane512 : ILane<Vector512<float>>
{
    public static int Count => Vector512<float>.Count;

    public static Vector512<float> Create(float value) => Vector512.Create(value);

    public static Vector512<float> Load(ref float first) => Vector512.LoadUnsafe(ref first);

    public static Vector512<float> MultiplyAdd(Vector512<float> x, Vector512<float> y, Vector512<float> z) => Vector512.MultiplyAddEstimate(x, y, z);

    public static Vector512<float> OverRoot(Vector512<float> x, Vector512<float> y) => x / Vector512.Sqrt(y);

    public static float Sum(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d) => Vector512.Sum(a + b + c + d);
}
