using System;

namespace NetGen.Training;

/// <summary>
/// Adam with decoupled weight decay (I. Loshchilov, F. Hutter, "Decoupled weight decay regularization", ICLR 2019) as PyTorch has it:
/// <c>θ ← θ(1 − ηλ)</c>, then a step of <see cref="Adam{T}"/> without weight decay.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class AdamW<T> : Adam<T>
    where T : unmanaged
{
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
    public AdamW(
        ParameterBuffer<T> parameters,
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 0.01,
        bool amsgrad = false)
        : base(parameters, learningRate, beta1, beta2, epsilon, weightDecay, amsgrad, isDecoupled: true)
    {
    }

    internal override string Name => "adamw";
}
