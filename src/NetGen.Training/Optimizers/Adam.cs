using System;
using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>
/// Adam (D. P. Kingma, J. Ba, "Adam: A method for stochastic optimization", ICLR 2015) as PyTorch has it:
/// <c>g ← g + λθ</c>, <c>m ← β₁m + (1 − β₁)g</c>, <c>v ← β₂v + (1 − β₂)g²</c>,
/// <c>θ ← θ − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε)</c>. With AMSGrad (S. J. Reddi, S. Kale, S. Kumar, ICLR 2018) the largest v so far takes
/// the place of v.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public class Adam<T> : Optimizer<T>
    where T : unmanaged
{
    private readonly bool _isDecoupled;
    private readonly DecayPowers _powers1;
    private readonly DecayPowers _powers2;
    private double _correction1;
    private double _correction2;

    /// <summary>Creates the optimizer of a network's parameters.</summary>
    /// <param name="parameters">θ, the network's <c>Parameters</c>.</param>
    /// <param name="learningRate">η, from 0 to 10¹⁸.</param>
    /// <param name="beta1">β₁, from 0 to below 1.</param>
    /// <param name="beta2">β₂, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="weightDecay">λ, from 0 to 10¹⁸.</param>
    /// <param name="amsgrad">Whether to use AMSGrad.</param>
    /// <exception cref="ArgumentNullException"><paramref name="parameters"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public Adam(
        ParameterBuffer<T> parameters,
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 0,
        bool amsgrad = false)
        : this(parameters, learningRate, beta1, beta2, epsilon, weightDecay, amsgrad, isDecoupled: false)
    {
    }

    private protected Adam(
        ParameterBuffer<T> parameters, double learningRate, double beta1, double beta2, double epsilon, double weightDecay, bool amsgrad, bool isDecoupled)
        : base(parameters, learningRate, weightDecay, amsgrad ? ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"] : ["exp_avg", "exp_avg_sq"])
    {
        Beta1 = Check.Decay(beta1, nameof(beta1));
        Beta2 = Check.Decay(beta2, nameof(beta2));
        Epsilon = Check.Epsilon<T>(epsilon, nameof(epsilon));
        AmsGrad = amsgrad;
        _powers1 = new DecayPowers(Beta1);
        _powers2 = new DecayPowers(Beta2);
        _isDecoupled = isDecoupled;
    }

    /// <summary>β₁.</summary>
    public double Beta1 { get; }

    /// <summary>β₂.</summary>
    public double Beta2 { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>Whether the largest v so far takes the place of v.</summary>
    public bool AmsGrad { get; }

    internal override string Name => "adam";

    internal override IEnumerable<(string Name, string Value)> Settings =>
        [.. base.Settings, ("beta1", Text(Beta1)), ("beta2", Text(Beta2)), ("eps", Text(Epsilon)), ("amsgrad", Text(AmsGrad))];

    // With weight decay, what is squared does not come from the gradient alone, unless the decay is decoupled.
    private protected override Precautions Precautions => LargestWeightDecay > 0 && !_isDecoupled
        ? Precautions.Always
        : new(Precautions.Period(Beta1, Beta2), Threshold<T>.SmallestSquared(Epsilon));

    private protected override void Begin(Update update)
    {
        _correction1 = 1 - _powers1.At(update.Step);
        _correction2 = 1 - _powers2.At(update.Step);
    }

    private protected override void Move(Update update, ParameterBuffer<T> gradient, Range range)
    {
        double shrink = _isDecoupled ? 1 - update.LearningRate * update.WeightDecay : 1;
        double decay = _isDecoupled ? 0 : update.WeightDecay;
        var rule = new AdamRule<T>(update.LearningRate, Beta1, Beta2, Epsilon, shrink, decay, _correction1, _correction2);
        if (AmsGrad)
        {
            UpdateLoop<T>.Run(new AmsGradRule<T>(rule), update, Parameters, gradient, StateArray, range);
        }
        else
        {
            UpdateLoop<T>.Run(rule, update, Parameters, gradient, StateArray, range);
        }
    }
}
