using System.Runtime.CompilerServices;

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

    /// <summary>The nearest number of type T.</summary>
    public static T From(double value)
    {
        if (IsSingle)
        {
            float single = (float)value;
            return Unsafe.As<float, T>(ref single);
        }

        return Unsafe.As<double, T>(ref value);
    }

    public static double ToDouble(T value) => IsSingle ? Unsafe.As<T, float>(ref value) : Unsafe.As<T, double>(ref value);

    public static bool IsFinite(T value) => double.IsFinite(ToDouble(value));
}
