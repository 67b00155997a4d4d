using System;
using System.Collections.Generic;
#if NET
using System.Numerics;
#endif
using System.Runtime.CompilerServices;

namespace NetGen.Training;

/// <summary>
/// Gradient descent, with momentum and Nesterov's variant of it: PyTorch's <c>SGD</c>. With momentum μ, dampening τ and weight decay λ:
/// <c>g ← g + λθ</c>; <c>v ← g</c> in the first step and <c>v ← μv + (1 − τ)g</c> later; <c>θ ← θ − ηv</c>, or <c>θ ← θ − η(g + μv)</c>
/// with Nesterov. Without momentum, <c>θ ← θ − ηg</c>.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Sgd<T> : Optimizer<T>
    where T : unmanaged
{
    /// <summary>Creates the optimizer of a network's parameters.</summary>
    /// <param name="parameters">θ, the network's <c>Parameters</c>.</param>
    /// <param name="learningRate">η, from 0 to 10¹⁸.</param>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    /// <param name="dampening">τ, from 0 to below 1.</param>
    /// <param name="weightDecay">λ, from 0 to 10¹⁸.</param>
    /// <param name="nesterov">Whether to use Nesterov's momentum, which needs a momentum and no dampening.</param>
    /// <exception cref="ArgumentNullException"><paramref name="parameters"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="ArgumentException">Nesterov without momentum or with dampening.</exception>
    public Sgd(
        ParameterBuffer<T> parameters, double learningRate, double momentum = 0, double dampening = 0, double weightDecay = 0, bool nesterov = false)
        : base(parameters, learningRate, weightDecay, momentum == 0 ? [] : ["momentum_buffer"])
    {
        Momentum = Check.Decay(momentum, nameof(momentum));
        Dampening = Check.Decay(dampening, nameof(dampening));
        Nesterov = nesterov;
        if (nesterov && (momentum == 0 || dampening != 0))
        {
            throw new ArgumentException(
                $"Nesterov needs a momentum above 0 and a dampening of 0, given {momentum} and {dampening}.", nameof(nesterov));
        }
    }

    /// <summary>μ.</summary>
    public double Momentum { get; }

    /// <summary>τ.</summary>
    public double Dampening { get; }

    /// <summary>Whether the momentum is Nesterov's.</summary>
    public bool Nesterov { get; }

    internal override string Name => "sgd";

    internal override IEnumerable<(string Name, string Value)> Settings =>
        [.. base.Settings, ("momentum", Text(Momentum)), ("dampening", Text(Dampening)), ("nesterov", Text(Nesterov))];

    private protected override Precautions Precautions => new(Precautions.Period(Momentum), Threshold<T>.TinySize);

    private protected override void Move(Update update, ParameterBuffer<T> gradient, Range range)
    {
        var rate = new Vector<T>(Number<T>.From(update.LearningRate));
        var decay = new Vector<T>(Number<T>.From(update.WeightDecay));
        var decaying = Threshold<T>.OfParameters(update.WeightDecay);
        if (Momentum == 0)
        {
            UpdateLoop<T>.Run(new Plain(rate, decay, decaying), update, Parameters, gradient, StateArray, range);
            return;
        }

        bool isFirst = update.Step == 1;
        var rule = new WithMomentum(
            rate,
            decay,
            new Vector<T>(Number<T>.From(isFirst ? 0 : Momentum)),
            new Vector<T>(Number<T>.From(isFirst ? 1 : 1 - Dampening)),
            new Vector<T>(Number<T>.From(Nesterov ? Momentum : 1)),
            new Vector<T>(Number<T>.From(Nesterov ? 1 : 0)),
            decaying);
        UpdateLoop<T>.Run(rule, update, Parameters, gradient, StateArray, range);
    }

    private readonly struct Plain(Vector<T> rate, Vector<T> decay, Threshold<T> decaying) : IUpdateRule<T>
    {
        public int StateCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Update<TCare>(Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second, ref Vector<T> third)
            where TCare : struct, ICare =>
            decaying.ToZero<TCare>(parameter - rate * (gradient + decay * parameter));
    }

    /// <summary>θ − η · (own · g + weight · v): v alone, or Nesterov's g + μv.</summary>
    private readonly struct WithMomentum(
        Vector<T> rate, Vector<T> decay, Vector<T> keep, Vector<T> take, Vector<T> weight, Vector<T> own, Threshold<T> decaying) : IUpdateRule<T>
    {
        private readonly Threshold<T> _tiny = Threshold<T>.Tiny;

        public int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Update<TCare>(Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second, ref Vector<T> third)
            where TCare : struct, ICare
        {
            Vector<T> g = gradient + decay * parameter;
            first = _tiny.ToZero<TCare>(keep * first + take * g);
            return decaying.ToZero<TCare>(parameter - rate * (own * g + weight * first));
        }
    }
}
