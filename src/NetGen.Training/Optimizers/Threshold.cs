#if NET
using System.Numerics;
#else
using System;
#endif
using System.Runtime.CompilerServices;

namespace NetGen.Training;

/// <summary>
/// Numbers that an optimizer takes as 0, lest they become subnormal: a decaying number stays among those for ever (0.9 × 4 units of the last place
/// rounds to 4), and processors take up to a hundred times as long over them. It is asked before an operation whose result could be subnormal, for
/// such an operation is slow even if its result is thrown away.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct Threshold<T>
    where T : unmanaged
{
    /// <summary>Below this ε the root of a tiny mean square is not nothing beside it.</summary>
    private const double SmallestEpsilon = 1e-12;

    /// <summary>For gradients, means, momenta and decaying parameters: far enough above the smallest normal number for a product with a rate.</summary>
    public static readonly Threshold<T> Tiny = new(TinySize);

    private static readonly Threshold<T> TinySquare = new(Number<T>.IsSingle ? 1e-35 : 1e-300);
    private static readonly Threshold<T> TinyRoot = new(TinyRootSize);

#if NET
    private readonly Vector<T> _limit;

    private Threshold(double limit)
    {
        _limit = new(Number<T>.From(limit));
    }

    /// <summary>Puts +0 in the place of what is smaller in size.</summary>
    /// <param name="x">Any numbers; NaN stays.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> ToZero<TCare>(Vector<T> x)
        where TCare : struct, ICare
    {
        if (!default(TCare).IsOn)
        {
            return x;
        }

        // The bits of numbers without their sign are in the order of the numbers, and to compare integers a subnormal number is like any other.
        if (Number<T>.IsSingle)
        {
            Vector<int> size = Vector.AsVectorInt32(x) & new Vector<int>(int.MaxValue);
            return Vector.AndNot(x, Vector.As<int, T>(Vector.LessThan(size, Vector.AsVectorInt32(_limit))));
        }
        else
        {
            Vector<long> size = Vector.AsVectorInt64(x) & new Vector<long>(long.MaxValue);
            return Vector.AndNot(x, Vector.As<long, T>(Vector.LessThan(size, Vector.AsVectorInt64(_limit))));
        }
    }
#else
    private readonly double _limit;

    private Threshold(double limit)
    {
        _limit = Number<T>.ToDouble(Number<T>.From(limit));
    }

    /// <summary>Puts +0 in the place of what is smaller in size.</summary>
    /// <param name="x">Any number; NaN stays.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> ToZero<TCare>(Vector<T> x)
        where TCare : struct, ICare => default(TCare).IsOn && Math.Abs(x.Value) < _limit ? default : x;
#endif

    /// <summary>The limit of <see cref="Tiny"/>.</summary>
    public static double TinySize => Number<T>.IsSingle ? 1e-30 : 1e-290;

    private static double TinyRootSize => Number<T>.IsSingle ? 1e-16 : 1e-145;

    /// <summary>For parameters: without weight decay they do not decay, and all stay as they are.</summary>
    /// <param name="weightDecay">λ.</param>
    public static Threshold<T> OfParameters(double weightDecay) => weightDecay > 0 ? Tiny : default;

    /// <summary>For means and sums of squares, of which the root is nothing beside ε then; with a smaller ε all stay as they are.</summary>
    /// <param name="epsilon">ε.</param>
    public static Threshold<T> OfSquares(double epsilon) => epsilon >= SmallestEpsilon ? TinySquare : default;

    /// <summary>For numbers that are squared, as <see cref="OfSquares"/>: (1 − β) times the square is no subnormal number either.</summary>
    /// <param name="epsilon">ε.</param>
    public static Threshold<T> OfRoots(double epsilon) => epsilon >= SmallestEpsilon ? TinyRoot : default;

    /// <summary>For means that are squared and nothing else.</summary>
    /// <param name="epsilon">ε.</param>
    public static Threshold<T> OfSquaredMeans(double epsilon) => epsilon >= SmallestEpsilon ? TinyRoot : Tiny;

    /// <summary>The smallest gradient that can be squared without care.</summary>
    /// <param name="epsilon">ε.</param>
    public static double SmallestSquared(double epsilon) => epsilon >= SmallestEpsilon ? TinyRootSize : TinySize;
}
