using System;
#if NET
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace NetGen;

/// <content>The same of many numbers, with vectors where the runtime has them. The bits are those of one number.</content>
public static partial class StrictMath
{
    /// <summary>eˣ of each number, as <see cref="Exp(float)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Exp(ReadOnlySpan<float> x, Span<float> result) => Apply(x, result, default(ExpOf));

    /// <summary>eˣ of each number, as <see cref="Exp(double)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Exp(ReadOnlySpan<double> x, Span<double> result) => Apply(x, result, default(ExpOf));

    /// <summary>eˣ − 1, accurate for small x of each number, as <see cref="Expm1(float)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Expm1(ReadOnlySpan<float> x, Span<float> result) => Apply(x, result, default(Expm1Of));

    /// <summary>eˣ − 1, accurate for small x of each number, as <see cref="Expm1(double)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Expm1(ReadOnlySpan<double> x, Span<double> result) => Apply(x, result, default(Expm1Of));

    /// <summary>ln x of each number, as <see cref="Log(float)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Log(ReadOnlySpan<float> x, Span<float> result) => Apply(x, result, default(LogOf));

    /// <summary>ln x of each number, as <see cref="Log(double)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Log(ReadOnlySpan<double> x, Span<double> result) => Apply(x, result, default(LogOf));

    /// <summary>ln (1 + x), accurate for small x, of each number, as <see cref="Log1p(float)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Log1p(ReadOnlySpan<float> x, Span<float> result) => Apply(x, result, default(Log1pOf));

    /// <summary>ln (1 + x), accurate for small x, of each number, as <see cref="Log1p(double)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Log1p(ReadOnlySpan<double> x, Span<double> result) => Apply(x, result, default(Log1pOf));

    /// <summary>σ(x) = 1 / (1 + e⁻ˣ) of each number, as <see cref="Sigmoid(float)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Sigmoid(ReadOnlySpan<float> x, Span<float> result) => Apply(x, result, default(SigmoidOf));

    /// <summary>σ(x) = 1 / (1 + e⁻ˣ) of each number, as <see cref="Sigmoid(double)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Sigmoid(ReadOnlySpan<double> x, Span<double> result) => Apply(x, result, default(SigmoidOf));

    /// <summary>ln (1 + eˣ) of each number, as <see cref="Softplus(float)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Softplus(ReadOnlySpan<float> x, Span<float> result) => Apply(x, result, default(SoftplusOf));

    /// <summary>ln (1 + eˣ) of each number, as <see cref="Softplus(double)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Softplus(ReadOnlySpan<double> x, Span<double> result) => Apply(x, result, default(SoftplusOf));

    /// <summary>tanh x of each number, as <see cref="Tanh(float)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Tanh(ReadOnlySpan<float> x, Span<float> result) => Apply(x, result, default(TanhOf));

    /// <summary>tanh x of each number, as <see cref="Tanh(double)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Tanh(ReadOnlySpan<double> x, Span<double> result) => Apply(x, result, default(TanhOf));

    /// <summary>erf x of each number, as <see cref="Erf(float)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Erf(ReadOnlySpan<float> x, Span<float> result) => Apply(x, result, default(ErfOf));

    /// <summary>erf x of each number, as <see cref="Erf(double)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Erf(ReadOnlySpan<double> x, Span<double> result) => Apply(x, result, default(ErfOf));

    /// <summary>erfc x = 1 − erf x of each number, as <see cref="Erfc(float)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Erfc(ReadOnlySpan<float> x, Span<float> result) => Apply(x, result, default(ErfcOf));

    /// <summary>erfc x = 1 − erf x of each number, as <see cref="Erfc(double)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Erfc(ReadOnlySpan<double> x, Span<double> result) => Apply(x, result, default(ErfcOf));

    /// <summary>sin x of each number, as <see cref="Sin(float)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Sin(ReadOnlySpan<float> x, Span<float> result) => Apply(x, result, default(SinOf));

    /// <summary>sin x of each number, as <see cref="Sin(double)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Sin(ReadOnlySpan<double> x, Span<double> result) => Apply(x, result, default(SinOf));

    /// <summary>cos x of each number, as <see cref="Cos(float)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Cos(ReadOnlySpan<float> x, Span<float> result) => Apply(x, result, default(CosOf));

    /// <summary>cos x of each number, as <see cref="Cos(double)"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">Receives the values, as many as there are arguments; may begin where <paramref name="x"/> begins, and overlaps it nowhere else.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is too short, or overlaps the arguments from elsewhere on. Nothing has been written.</exception>
    public static void Cos(ReadOnlySpan<double> x, Span<double> result) => Apply(x, result, default(CosOf));

    private static void Apply<TFunction>(ReadOnlySpan<float> x, Span<float> result, TFunction function)
        where TFunction : struct, IFunction
    {
        Check(x, result);
        int done = 0;
#if NET
        ref float from = ref MemoryMarshal.GetReference(x);
        ref float to = ref MemoryMarshal.GetReference(result);
        if (Vector512.IsHardwareAccelerated)
        {
            for (; done <= x.Length - Vector512<float>.Count; done += Vector512<float>.Count)
            {
                function.Of(Vector512.LoadUnsafe(ref from, (nuint)done)).StoreUnsafe(ref to, (nuint)done);
            }
        }

        if (Vector256.IsHardwareAccelerated)
        {
            for (; done <= x.Length - Vector256<float>.Count; done += Vector256<float>.Count)
            {
                function.Of(Vector256.LoadUnsafe(ref from, (nuint)done)).StoreUnsafe(ref to, (nuint)done);
            }
        }

        for (; done <= x.Length - Vector128<float>.Count; done += Vector128<float>.Count)
        {
            function.Of(Vector128.LoadUnsafe(ref from, (nuint)done)).StoreUnsafe(ref to, (nuint)done);
        }
#endif
        for (; done < x.Length; done++)
        {
            result[done] = function.Of(x[done]);
        }
    }

    private static void Apply<TFunction>(ReadOnlySpan<double> x, Span<double> result, TFunction function)
        where TFunction : struct, IFunction
    {
        Check(x, result);
        int done = 0;
#if NET
        ref double from = ref MemoryMarshal.GetReference(x);
        ref double to = ref MemoryMarshal.GetReference(result);
        if (Vector512.IsHardwareAccelerated)
        {
            for (; done <= x.Length - Vector512<double>.Count; done += Vector512<double>.Count)
            {
                function.Of(Vector512.LoadUnsafe(ref from, (nuint)done)).StoreUnsafe(ref to, (nuint)done);
            }
        }

        if (Vector256.IsHardwareAccelerated)
        {
            for (; done <= x.Length - Vector256<double>.Count; done += Vector256<double>.Count)
            {
                function.Of(Vector256.LoadUnsafe(ref from, (nuint)done)).StoreUnsafe(ref to, (nuint)done);
            }
        }

        for (; done <= x.Length - Vector128<double>.Count; done += Vector128<double>.Count)
        {
            function.Of(Vector128.LoadUnsafe(ref from, (nuint)done)).StoreUnsafe(ref to, (nuint)done);
        }
#endif
        for (; done < x.Length; done++)
        {
            result[done] = function.Of(x[done]);
        }
    }

    private static void Check<T>(ReadOnlySpan<T> x, Span<T> result)
    {
        if (result.Length < x.Length)
        {
            throw new ArgumentException($"There are {x.Length} arguments, and room for {result.Length} values.", nameof(result));
        }

        if (x.Overlaps(result, out int offset) && offset != 0)
        {
            throw new ArgumentException("The values overlap the arguments, and do not begin where they begin.", nameof(result));
        }
    }

    private interface IFunction
    {
        float Of(float x);

        double Of(double x);

#if NET
        Vector128<float> Of(Vector128<float> x);

        Vector256<float> Of(Vector256<float> x);

        Vector512<float> Of(Vector512<float> x);

        Vector128<double> Of(Vector128<double> x);

        Vector256<double> Of(Vector256<double> x);

        Vector512<double> Of(Vector512<double> x);
#endif
    }
}
