using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen.Training;

/// <summary>Norms and limits of gradients, for training loops of your own; an <see cref="Optimizer{T}"/> can also clip by itself.</summary>
public static class GradientClipping
{
    /// <summary>Lanes of the sum of squares: element i is added to lane i mod 16, whatever the hardware.</summary>
    private const int Lanes = 16;

    /// <summary>The Euclidean norm <c>‖g‖ = √(Σ g²)</c> over all parameters, summed in double in an order that does not depend on the hardware.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="gradient">g.</param>
    /// <returns>The norm; infinite or NaN if an element is.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="gradient"/> is null.</exception>
    public static double Norm<T>(this ParameterBuffer<T> gradient)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(gradient);
        return Math.Sqrt(SumOfSquares(gradient.AsSpan()));
    }

    /// <summary>Scales a gradient down to a norm, by <c>maximum / (‖g‖ + 10⁻⁶)</c> if that is below 1: PyTorch's <c>clip_grad_norm_</c>.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="gradient">g.</param>
    /// <param name="maximum">The largest norm, a finite number above 0.</param>
    /// <returns>The norm before.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="gradient"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximum"/> is not a finite number above 0.</exception>
    public static double ClipNorm<T>(this ParameterBuffer<T> gradient, double maximum)
        where T : unmanaged
    {
        Check.FiniteAndPositive(maximum, nameof(maximum));
        double norm = gradient.Norm();
        ClipElements(gradient, new Clip(Scale(norm, maximum), double.PositiveInfinity));
        return norm;
    }

    /// <summary>Cuts every element of a gradient off at ±maximum: PyTorch's <c>clip_grad_value_</c>.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="gradient">g.</param>
    /// <param name="maximum">The largest magnitude, a finite number above 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="gradient"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximum"/> is not a finite number above 0.</exception>
    public static void ClipValue<T>(this ParameterBuffer<T> gradient, double maximum)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ClipElements(gradient, new Clip(1, Check.FiniteAndPositive(maximum, nameof(maximum))));
    }

    /// <summary>The factor that brings a norm down to a maximum.</summary>
    internal static double Scale(double norm, double maximum) => Math.Min(1, maximum / (norm + 1e-6));

    /// <summary>Whether no element is NaN or infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool IsFinite<T>(this ParameterBuffer<T> buffer)
        where T : unmanaged
    {
        // x − x is 0 for a number and NaN for anything else. Four sums, so that an addition need not wait for the one before.
        Span<T> elements = buffer.AsSpan();
        ref T origin = ref MemoryMarshal.GetReference(elements);
        Vector<T> sum0 = Vector<T>.Zero;
        Vector<T> sum1 = Vector<T>.Zero;
        Vector<T> sum2 = Vector<T>.Zero;
        Vector<T> sum3 = Vector<T>.Zero;
        int i = 0;
        for (; i <= elements.Length - 4 * Vector<T>.Count; i += 4 * Vector<T>.Count)
        {
            ref Vector<T> block = ref Unsafe.As<T, Vector<T>>(ref Unsafe.Add(ref origin, i));
            sum0 += block - block;
            sum1 += Unsafe.Add(ref block, 1) - Unsafe.Add(ref block, 1);
            sum2 += Unsafe.Add(ref block, 2) - Unsafe.Add(ref block, 2);
            sum3 += Unsafe.Add(ref block, 3) - Unsafe.Add(ref block, 3);
        }

        bool isFinite = Vector.EqualsAll((sum0 + sum1) + (sum2 + sum3), Vector<T>.Zero);
        for (; i < elements.Length; i++)
        {
            isFinite &= Number<T>.IsFinite(elements[i]);
        }

        return isFinite;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfSquares<T>(ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        // Four vectors of four: on hardware with narrower or wider ones the lanes are the same.
        Vector256<double> sum0 = Vector256<double>.Zero;
        Vector256<double> sum1 = Vector256<double>.Zero;
        Vector256<double> sum2 = Vector256<double>.Zero;
        Vector256<double> sum3 = Vector256<double>.Zero;
        ref T origin = ref MemoryMarshal.GetReference(elements);
        int i = 0;
        for (; i <= elements.Length - Lanes; i += Lanes)
        {
            AddSquares(ref Unsafe.Add(ref origin, i), ref sum0, ref sum1);
            AddSquares(ref Unsafe.Add(ref origin, i + Lanes / 2), ref sum2, ref sum3);
        }

        if (i < elements.Length)
        {
            Span<T> rest = stackalloc T[Lanes];
            rest.Clear();
            elements[i..].CopyTo(rest);
            AddSquares(ref MemoryMarshal.GetReference(rest), ref sum0, ref sum1);
            AddSquares(ref rest[Lanes / 2], ref sum2, ref sum3);
        }

        Vector256<double> sum = (sum0 + sum1) + (sum2 + sum3);
        return (sum.GetElement(0) + sum.GetElement(1)) + (sum.GetElement(2) + sum.GetElement(3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSquares<T>(ref T origin, ref Vector256<double> sum0, ref Vector256<double> sum1)
        where T : unmanaged
    {
        (Vector256<double> first, Vector256<double> second) = Widen(ref origin);
        sum0 += first * first;
        sum1 += second * second;
    }

    /// <summary>Eight elements in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> First, Vector256<double> Second) Widen<T>(ref T origin)
        where T : unmanaged =>
        Number<T>.IsSingle
            ? Vector256.Widen(Vector256.LoadUnsafe(ref Unsafe.As<T, float>(ref origin)))
            : (Vector256.LoadUnsafe(ref Unsafe.As<T, double>(ref origin)), Vector256.LoadUnsafe(ref Unsafe.As<T, double>(ref origin), 4));

    private static void ClipElements<T>(ParameterBuffer<T> gradient, Clip clip)
        where T : unmanaged =>
        UpdateLoop<T>.Run(default(Replace<T>), clip, gradient, gradient, [], ..);

    /// <summary>The clipped gradient takes the place of the gradient.</summary>
    private readonly struct Replace<T> : IUpdateRule<T>
        where T : unmanaged
    {
        public int StateCount => 0;

        public Vector<T> Update(Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second, ref Vector<T> third) => gradient;
    }
}
