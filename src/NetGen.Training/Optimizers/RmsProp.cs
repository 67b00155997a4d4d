using System;
using System.Collections.Generic;
#if NET
using System.Numerics;
#endif
using System.Runtime.CompilerServices;

namespace NetGen.Training;

/// <summary>
/// RMSprop (G. Hinton, lecture 6e of "Neural networks for machine learning", 2012) as PyTorch has it: <c>g ← g + λθ</c>,
/// <c>v ← αv + (1 − α)g²</c>; centred: <c>ḡ ← αḡ + (1 − α)g</c> and <c>v − ḡ²</c>, which is 0 or more, in place of v;
/// <c>d = g / (√v + ε)</c>; with momentum: <c>b ← μb + d</c> and b in place of d; <c>θ ← θ − ηd</c>.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class RmsProp<T> : Optimizer<T>
    where T : unmanaged
{
    /// <summary>Creates the optimizer of a network's parameters.</summary>
    /// <param name="parameters">θ, the network's <c>Parameters</c>.</param>
    /// <param name="learningRate">η, from 0 to 10¹⁸.</param>
    /// <param name="alpha">α, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="weightDecay">λ, from 0 to 10¹⁸.</param>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    /// <param name="centered">Whether to use the variance in place of the mean square.</param>
    /// <exception cref="ArgumentNullException"><paramref name="parameters"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public RmsProp(
        ParameterBuffer<T> parameters,
        double learningRate = 1e-2,
        double alpha = 0.99,
        double epsilon = 1e-8,
        double weightDecay = 0,
        double momentum = 0,
        bool centered = false)
        : base(parameters, learningRate, weightDecay, StateNames(momentum, centered))
    {
        Alpha = Check.Decay(alpha, nameof(alpha));
        Epsilon = Check.Epsilon<T>(epsilon, nameof(epsilon));
        Momentum = Check.Decay(momentum, nameof(momentum));
        Centered = centered;
    }

    /// <summary>α.</summary>
    public double Alpha { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>μ.</summary>
    public double Momentum { get; }

    /// <summary>Whether the variance takes the place of the mean square.</summary>
    public bool Centered { get; }

    internal override string Name => "rmsprop";

    internal override IEnumerable<(string Name, string Value)> Settings =>
        [.. base.Settings, ("alpha", Text(Alpha)), ("eps", Text(Epsilon)), ("momentum", Text(Momentum)), ("centered", Text(Centered))];

    // With weight decay, what is squared does not come from the gradient alone.
    private protected override Precautions Precautions => LargestWeightDecay > 0
        ? Precautions.Always
        : new(Precautions.Period(Alpha, Momentum), Threshold<T>.SmallestSquared(Epsilon));

    private protected override void Move(Update update, ParameterBuffer<T> gradient, Range range)
    {
        var step = new Quotient(
            new Vector<T>(Number<T>.From(update.WeightDecay)),
            new Vector<T>(Number<T>.From(Alpha)),
            new Vector<T>(Number<T>.From(1 - Alpha)),
            new Vector<T>(Number<T>.From(Epsilon)),
            Threshold<T>.OfParameters(update.WeightDecay),
            Threshold<T>.OfSquares(Epsilon),
            Threshold<T>.OfRoots(Epsilon),
            Threshold<T>.OfSquaredMeans(Epsilon));
        var rate = new Vector<T>(Number<T>.From(update.LearningRate));
        var momentum = new Vector<T>(Number<T>.From(Momentum));
        switch (Centered, Momentum > 0)
        {
            case (false, false):
                UpdateLoop<T>.Run(new Plain(step, rate), update, Parameters, gradient, StateArray, range);
                break;
            case (false, true):
                UpdateLoop<T>.Run(new WithMomentum(step, rate, momentum), update, Parameters, gradient, StateArray, range);
                break;
            case (true, false):
                UpdateLoop<T>.Run(new CenteredPlain(step, rate), update, Parameters, gradient, StateArray, range);
                break;
            case (true, true):
                UpdateLoop<T>.Run(new CenteredWithMomentum(step, rate, momentum), update, Parameters, gradient, StateArray, range);
                break;
        }
    }

    private static string[] StateNames(double momentum, bool centered)
    {
        var names = new List<string> { "square_avg" };
        if (centered)
        {
            names.Add("grad_avg");
        }

        if (momentum > 0)
        {
            names.Add("momentum_buffer");
        }

        return [.. names];
    }

    /// <summary>d, which all variants have in common.</summary>
    private readonly struct Quotient(
        Vector<T> decay,
        Vector<T> keep,
        Vector<T> take,
        Vector<T> epsilon,
        Threshold<T> decaying,
        Threshold<T> squares,
        Threshold<T> roots,
        Threshold<T> means)
    {
        private readonly Threshold<T> _tiny = Threshold<T>.Tiny;

        /// <summary>μb + d.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Gather<TCare>(Vector<T> momentum, Vector<T> gathered, Vector<T> quotient)
            where TCare : struct, ICare => _tiny.ToZero<TCare>(momentum * gathered + quotient);

        /// <summary>θ − ηd.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Move<TCare>(Vector<T> parameter, Vector<T> rate, Vector<T> quotient)
            where TCare : struct, ICare => decaying.ToZero<TCare>(parameter - rate * quotient);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Of<TCare>(Vector<T> parameter, Vector<T> gradient, ref Vector<T> square)
            where TCare : struct, ICare
        {
            Vector<T> g = gradient + decay * parameter;
            Advance<TCare>(ref square, g);
            return g / (Vector.SquareRoot(square) + epsilon);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Of<TCare>(Vector<T> parameter, Vector<T> gradient, ref Vector<T> square, ref Vector<T> mean)
            where TCare : struct, ICare
        {
            Vector<T> g = gradient + decay * parameter;
            Advance<TCare>(ref square, g);
            mean = means.ToZero<TCare>(keep * mean + take * g);

            // Rounding can make the difference negative, whose root would be NaN.
            Vector<T> variance = Vector.Max(squares.ToZero<TCare>(square - mean * mean), Vector<T>.Zero);
            return g / (Vector.SquareRoot(variance) + epsilon);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Advance<TCare>(ref Vector<T> square, Vector<T> g)
            where TCare : struct, ICare
        {
            Vector<T> root = roots.ToZero<TCare>(g);
            square = squares.ToZero<TCare>(keep * square + take * root * root);
        }
    }

    private readonly struct Plain(Quotient step, Vector<T> rate) : IUpdateRule<T>
    {
        public int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Update<TCare>(Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second, ref Vector<T> third)
            where TCare : struct, ICare =>
            step.Move<TCare>(parameter, rate, step.Of<TCare>(parameter, gradient, ref first));
    }

    private readonly struct WithMomentum(Quotient step, Vector<T> rate, Vector<T> momentum) : IUpdateRule<T>
    {
        public int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Update<TCare>(Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second, ref Vector<T> third)
            where TCare : struct, ICare
        {
            second = step.Gather<TCare>(momentum, second, step.Of<TCare>(parameter, gradient, ref first));
            return step.Move<TCare>(parameter, rate, second);
        }
    }

    private readonly struct CenteredPlain(Quotient step, Vector<T> rate) : IUpdateRule<T>
    {
        public int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Update<TCare>(Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second, ref Vector<T> third)
            where TCare : struct, ICare =>
            step.Move<TCare>(parameter, rate, step.Of<TCare>(parameter, gradient, ref first, ref second));
    }

    private readonly struct CenteredWithMomentum(Quotient step, Vector<T> rate, Vector<T> momentum) : IUpdateRule<T>
    {
        public int StateCount => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Update<TCare>(Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second, ref Vector<T> third)
            where TCare : struct, ICare
        {
            third = step.Gather<TCare>(momentum, third, step.Of<TCare>(parameter, gradient, ref first, ref second));
            return step.Move<TCare>(parameter, rate, third);
        }
    }
}
