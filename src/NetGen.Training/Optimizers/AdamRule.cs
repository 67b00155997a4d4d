#if NET
using System.Numerics;
#endif
using System.Runtime.CompilerServices;

namespace NetGen.Training;

/// <summary>
/// The common step of <see cref="Adam{T}"/> and <see cref="AdamW{T}"/>. <c>shrink</c> is 1 − ηλ with decoupled weight decay and else 1;
/// <c>decay</c> is λ without it and else 0; the corrections are 1 − β₁ᵗ and 1 − β₂ᵗ.
/// </summary>
internal readonly struct AdamRule<T> : IUpdateRule<T>
    where T : unmanaged
{
    private readonly Vector<T> _shrink;
    private readonly Vector<T> _decay;
    private readonly Vector<T> _keepMean;
    private readonly Vector<T> _takeMean;
    private readonly Vector<T> _keepSquare;
    private readonly Vector<T> _takeSquare;
    private readonly Vector<T> _stepSize;
    private readonly Vector<T> _rootFactor;
    private readonly Vector<T> _epsilon;
    private readonly Threshold<T> _tiny;
    private readonly Threshold<T> _decaying;
    private readonly Threshold<T> _squares;
    private readonly Threshold<T> _roots;

    public AdamRule(double learningRate, double beta1, double beta2, double epsilon, double shrink, double decay, double correction1, double correction2)
    {
        _shrink = Of(shrink);
        _decay = Of(decay);
        _keepMean = Of(beta1);
        _takeMean = Of(1 - beta1);
        _keepSquare = Of(beta2);
        _takeSquare = Of(1 - beta2);
        _stepSize = Of(learningRate / correction1);

        // One multiplication for each element in place of a division.
        _rootFactor = Of(1 / System.Math.Sqrt(correction2));
        _epsilon = Of(epsilon);
        _tiny = Threshold<T>.Tiny;
        _decaying = shrink == 1 ? Threshold<T>.OfParameters(decay) : Threshold<T>.Tiny;
        _squares = Threshold<T>.OfSquares(epsilon);
        _roots = Threshold<T>.OfRoots(epsilon);
    }

    public int StateCount => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update<TCare>(Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second, ref Vector<T> third)
        where TCare : struct, ICare
    {
        Advance<TCare>(ref parameter, gradient, ref first, ref second);
        return Move<TCare>(parameter, first, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance<TCare>(ref Vector<T> parameter, Vector<T> gradient, ref Vector<T> mean, ref Vector<T> square)
        where TCare : struct, ICare
    {
        Vector<T> g = gradient + _decay * parameter;
        parameter *= _shrink;
        mean = _tiny.ToZero<TCare>(_keepMean * mean + _takeMean * g);
        Vector<T> root = _roots.ToZero<TCare>(g);
        square = _squares.ToZero<TCare>(_keepSquare * square + _takeSquare * root * root);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Move<TCare>(Vector<T> parameter, Vector<T> mean, Vector<T> square)
        where TCare : struct, ICare =>
        _decaying.ToZero<TCare>(parameter - _stepSize * mean / (Vector.SquareRoot(square) * _rootFactor + _epsilon));

    private static Vector<T> Of(double value) => new(Number<T>.From(value));
}

/// <summary>AMSGrad: the largest v so far takes the place of v.</summary>
internal readonly struct AmsGradRule<T>(AdamRule<T> adam) : IUpdateRule<T>
    where T : unmanaged
{
    private readonly AdamRule<T> _adam = adam;

    public int StateCount => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update<TCare>(Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second, ref Vector<T> third)
        where TCare : struct, ICare
    {
        _adam.Advance<TCare>(ref parameter, gradient, ref first, ref second);
        third = Vector.Max(third, second);
        return _adam.Move<TCare>(parameter, first, third);
    }
}
