using System;
using System.Collections.Generic;
#if NET
using System.Numerics;
#endif
using System.Runtime.CompilerServices;

namespace NetGen.Training;

/// <summary>
/// Adagrad (J. Duchi, E. Hazan, Y. Singer, "Adaptive subgradient methods for online learning and stochastic optimization", JMLR 12, 2011)
/// as PyTorch has it: <c>g ← g + λθ</c>, <c>s ← s + g²</c>, <c>θ ← θ − η/(1 + (t − 1)ρ) · g / (√s + ε)</c>.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Adagrad<T> : Optimizer<T>
    where T : unmanaged
{
    /// <summary>Creates the optimizer of a network's parameters.</summary>
    /// <param name="parameters">θ, the network's <c>Parameters</c>.</param>
    /// <param name="learningRate">η, from 0 to 10¹⁸.</param>
    /// <param name="learningRateDecay">ρ, 0 or more.</param>
    /// <param name="weightDecay">λ, from 0 to 10¹⁸.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="parameters"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public Adagrad(
        ParameterBuffer<T> parameters, double learningRate = 1e-2, double learningRateDecay = 0, double weightDecay = 0, double epsilon = 1e-10)
        : base(parameters, learningRate, weightDecay, "sum")
    {
        LearningRateDecay = Check.FiniteAndNotNegative(learningRateDecay, nameof(learningRateDecay));
        Epsilon = Check.Epsilon<T>(epsilon, nameof(epsilon));
    }

    /// <summary>ρ.</summary>
    public double LearningRateDecay { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    internal override string Name => "adagrad";

    internal override IEnumerable<(string Name, string Value)> Settings =>
        [.. base.Settings, ("lr_decay", Text(LearningRateDecay)), ("eps", Text(Epsilon))];

    // With weight decay, what is squared does not come from the gradient alone.
    private protected override Precautions Precautions => LargestWeightDecay > 0
        ? Precautions.Always
        : new(Precautions.LongestPeriod, Threshold<T>.SmallestSquared(Epsilon));

    private protected override void Move(Update update, ParameterBuffer<T> gradient, Range range)
    {
        double rate = update.LearningRate / (1 + (update.Step - 1) * LearningRateDecay);
        var rule = new Rule(
            new Vector<T>(Number<T>.From(rate)),
            new Vector<T>(Number<T>.From(update.WeightDecay)),
            new Vector<T>(Number<T>.From(Epsilon)),
            Threshold<T>.OfParameters(update.WeightDecay),
            Threshold<T>.OfRoots(Epsilon));
        UpdateLoop<T>.Run(rule, update, Parameters, gradient, StateArray, range);
    }

    private readonly struct Rule(Vector<T> rate, Vector<T> decay, Vector<T> epsilon, Threshold<T> decaying, Threshold<T> roots) : IUpdateRule<T>
    {
        public int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Update<TCare>(Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second, ref Vector<T> third)
            where TCare : struct, ICare
        {
            Vector<T> g = gradient + decay * parameter;
            Vector<T> root = roots.ToZero<TCare>(g);
            first += root * root;
            return decaying.ToZero<TCare>(parameter - rate * g / (Vector.SquareRoot(first) + epsilon));
        }
    }
}
