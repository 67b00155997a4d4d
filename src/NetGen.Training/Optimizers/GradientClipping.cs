using System;
#if NET
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

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
        if (double.IsNaN(norm))
        {
            // Every parameter becomes NaN, as in PyTorch, and the padding stays zero.
            gradient.AddScaled(gradient, norm);
            return norm;
        }

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
    internal static bool IsFinite<T>(this ParameterBuffer<T> buffer)
        where T : unmanaged => Sizes.Of(buffer).AreFinite;

#if NET
    [MethodImpl(HotCode.ByItself)]
    private static double SumOfSquares<T>(Span<T> elements)
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
            sum0 += Squares(ref origin, i);
            sum1 += Squares(ref origin, i + Lanes / 4);
            sum2 += Squares(ref origin, i + Lanes / 2);
            sum3 += Squares(ref origin, i + 3 * Lanes / 4);
        }

        if (i < elements.Length)
        {
            Span<T> rest = stackalloc T[Lanes];
            rest.Clear();
            elements[i..].CopyTo(rest);
            ref T last = ref MemoryMarshal.GetReference(rest);
            sum0 += Squares(ref last, 0);
            sum1 += Squares(ref last, Lanes / 4);
            sum2 += Squares(ref last, Lanes / 2);
            sum3 += Squares(ref last, 3 * Lanes / 4);
        }

        Vector256<double> sum = (sum0 + sum1) + (sum2 + sum3);
        return (sum.GetElement(0) + sum.GetElement(1)) + (sum.GetElement(2) + sum.GetElement(3));
    }

    /// <summary>The squares of four elements, in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Squares<T>(ref T origin, int index)
        where T : unmanaged
    {
        ref T first = ref Unsafe.Add(ref origin, index);
        Vector256<double> elements = Number<T>.IsSingle
            ? Vector256.WidenLower(Vector128.LoadUnsafe(ref Unsafe.As<T, float>(ref first)).ToVector256Unsafe())
            : Vector256.LoadUnsafe(ref Unsafe.As<T, double>(ref first));
        return elements * elements;
    }
#else
    private static double SumOfSquares<T>(Span<T> elements)
        where T : unmanaged
    {
        Span<double> sums = stackalloc double[Lanes];
        sums.Clear();
        var vectors = new Elements<T>(elements);
        for (int i = 0; i < elements.Length; i++)
        {
            double element = vectors[i].Value;
            sums[i % Lanes] += element * element;
        }

        // As the vectors are added: by quarters, then two by two.
        const int Quarter = Lanes / 4;
        for (int lane = 0; lane < Quarter; lane++)
        {
            sums[lane] = (sums[lane] + sums[lane + Quarter]) + (sums[lane + 2 * Quarter] + sums[lane + 3 * Quarter]);
        }

        return (sums[0] + sums[1]) + (sums[2] + sums[3]);
    }
#endif

    private static void ClipElements<T>(ParameterBuffer<T> gradient, Clip clip)
        where T : unmanaged =>
        UpdateLoop<T>.Run(default(Replace<T>), Update.Of(clip), gradient, gradient, [], ..);

    /// <summary>The clipped gradient takes the place of the gradient.</summary>
    private readonly struct Replace<T> : IUpdateRule<T>
        where T : unmanaged
    {
        public int StateCount => 0;

        public Vector<T> Update<TCare>(Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second, ref Vector<T> third)
            where TCare : struct, ICare => gradient;
    }
}
