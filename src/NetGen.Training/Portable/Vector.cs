using System;
using System.Runtime.CompilerServices;

namespace NetGen.Training;

/// <summary>
/// A vector of one element, in the place of the one of System.Numerics: that is slower than plain code on the Mono of Unity. Every operation
/// rounds to T by itself, also where the runtime computes with more digits than asked for. That it is computed in double does not show:
/// double has more than twice the digits of float, so that +, −, ×, ÷ and √ of two floats, rounded to double and then to float, are what one
/// rounding gives (S. A. Figueroa, "When is double rounding innocuous?", ACM SIGNUM Newsletter 30, 1995).
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct Vector<T>
    where T : unmanaged
{
    private static readonly bool IsSingle = Number<T>.IsSingle;

    public Vector(T value)
        : this(Number<T>.ToDouble(value))
    {
    }

    /// <param name="value">A value that is one of T.</param>
    internal Vector(double value)
    {
        Value = value;
    }

    public static int Count => 1;

    public static Vector<T> Zero => default;

    /// <summary>The element.</summary>
    internal double Value { get; }

    public static Vector<T> operator +(Vector<T> x, Vector<T> y) => Round(x.Value + y.Value);

    public static Vector<T> operator -(Vector<T> x, Vector<T> y) => Round(x.Value - y.Value);

    public static Vector<T> operator -(Vector<T> x) => new(-x.Value);

    public static Vector<T> operator *(Vector<T> x, Vector<T> y) => Round(x.Value * y.Value);

    public static Vector<T> operator /(Vector<T> x, Vector<T> y) => Round(x.Value / y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<T> Round(double value) => new(IsSingle ? (double)(float)value : value);
}

/// <summary>Functions of vectors.</summary>
internal static class Vector
{
    public static Vector<T> SquareRoot<T>(Vector<T> x)
        where T : unmanaged => Vector<T>.Round(Math.Sqrt(x.Value));

    // NaN in either operand is NaN, as the vectors of the hardware have it for the arguments that occur here.
    public static Vector<T> Max<T>(Vector<T> x, Vector<T> y)
        where T : unmanaged => new(Math.Max(x.Value, y.Value));

    public static Vector<T> Min<T>(Vector<T> x, Vector<T> y)
        where T : unmanaged => new(Math.Min(x.Value, y.Value));

    public static bool EqualsAll<T>(Vector<T> x, Vector<T> y)
        where T : unmanaged => x.Value == y.Value;
}
