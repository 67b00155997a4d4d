#if NET
using System.Runtime.CompilerServices;
#else
using System.Runtime.InteropServices;
#endif
using NetGen.Models.Safetensors;

namespace NetGen.Training;

/// <summary>
/// Converts between double and the number type of a network, float or double. Reinterpreting instead of casting through object
/// allocates nothing in unoptimised code either.
/// </summary>
/// <typeparam name="T">float or double; <see cref="ParameterBuffer{T}"/> refuses everything else.</typeparam>
internal static class Number<T>
    where T : unmanaged
{
    public static bool IsSingle => typeof(T) == typeof(float);

    /// <summary>What a file calls it.</summary>
    public static TensorType Type => IsSingle ? TensorType.Single : TensorType.Double;

    /// <summary>The nearest number of type T.</summary>
    public static T From(double value)
    {
        if (IsSingle)
        {
            float single = (float)value;
            return As<float, T>(ref single);
        }

        return As<double, T>(ref value);
    }

    public static double ToDouble(T value) => IsSingle ? As<T, float>(ref value) : As<T, double>(ref value);

    public static bool IsFinite(T value) => double.IsFinite(ToDouble(value));

#if NET
    private static ref TTo As<TFrom, TTo>(ref TFrom value) => ref Unsafe.As<TFrom, TTo>(ref value);
#else
    private static ref TTo As<TFrom, TTo>(ref TFrom value)
        where TFrom : struct
        where TTo : struct => ref MemoryMarshal.Cast<TFrom, TTo>(MemoryMarshal.CreateSpan(ref value, 1))[0];
#endif
}
