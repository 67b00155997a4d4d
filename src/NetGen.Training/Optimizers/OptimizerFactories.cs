using System;

namespace NetGen.Training;

/// <summary>Creates an <see cref="Sgd{T}"/> whose number type the network tells.</summary>
public static class Sgd
{
    /// <summary>Creates the optimizer of a network.</summary>
    /// <typeparam name="T">float or double, which the network tells.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="learningRate">η, from 0 to 10¹⁸.</param>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    /// <param name="dampening">τ, from 0 to below 1.</param>
    /// <param name="weightDecay">λ, from 0 to 10¹⁸.</param>
    /// <param name="nesterov">Whether to use Nesterov's momentum, which needs a momentum and no dampening.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> is null.</exception>
    /// <exception cref="ArgumentException">A number is outside its range, or the settings exclude each other.</exception>
    public static Sgd<T> For<T>(INetwork<T> network, double learningRate, double momentum = 0, double dampening = 0, double weightDecay = 0, bool nesterov = false)
        where T : unmanaged => new(Check.NotNull(network).Parameters, learningRate, momentum, dampening, weightDecay, nesterov);
}

/// <summary>Creates an <see cref="Adam{T}"/> whose number type the network tells.</summary>
public static class Adam
{
    /// <summary>Creates the optimizer of a network.</summary>
    /// <typeparam name="T">float or double, which the network tells.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="learningRate">η, from 0 to 10¹⁸.</param>
    /// <param name="beta1">β₁, from 0 to below 1.</param>
    /// <param name="beta2">β₂, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="weightDecay">λ, from 0 to 10¹⁸.</param>
    /// <param name="amsgrad">Whether to use AMSGrad.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> is null.</exception>
    /// <exception cref="ArgumentException">A number is outside its range, or the settings exclude each other.</exception>
    public static Adam<T> For<T>(INetwork<T> network, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, bool amsgrad = false)
        where T : unmanaged => new(Check.NotNull(network).Parameters, learningRate, beta1, beta2, epsilon, weightDecay, amsgrad);
}

/// <summary>Creates an <see cref="AdamW{T}"/> whose number type the network tells.</summary>
public static class AdamW
{
    /// <summary>Creates the optimizer of a network.</summary>
    /// <typeparam name="T">float or double, which the network tells.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="learningRate">η, from 0 to 10¹⁸.</param>
    /// <param name="beta1">β₁, from 0 to below 1.</param>
    /// <param name="beta2">β₂, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="weightDecay">λ, from 0 to 10¹⁸.</param>
    /// <param name="amsgrad">Whether to use AMSGrad.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> is null.</exception>
    /// <exception cref="ArgumentException">A number is outside its range, or the settings exclude each other.</exception>
    public static AdamW<T> For<T>(INetwork<T> network, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01, bool amsgrad = false)
        where T : unmanaged => new(Check.NotNull(network).Parameters, learningRate, beta1, beta2, epsilon, weightDecay, amsgrad);
}

/// <summary>Creates an <see cref="RmsProp{T}"/> whose number type the network tells.</summary>
public static class RmsProp
{
    /// <summary>Creates the optimizer of a network.</summary>
    /// <typeparam name="T">float or double, which the network tells.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="learningRate">η, from 0 to 10¹⁸.</param>
    /// <param name="alpha">α, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="weightDecay">λ, from 0 to 10¹⁸.</param>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    /// <param name="centered">Whether to use the variance in place of the mean square.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> is null.</exception>
    /// <exception cref="ArgumentException">A number is outside its range, or the settings exclude each other.</exception>
    public static RmsProp<T> For<T>(INetwork<T> network, double learningRate = 1e-2, double alpha = 0.99, double epsilon = 1e-8, double weightDecay = 0, double momentum = 0, bool centered = false)
        where T : unmanaged => new(Check.NotNull(network).Parameters, learningRate, alpha, epsilon, weightDecay, momentum, centered);
}

/// <summary>Creates an <see cref="Adagrad{T}"/> whose number type the network tells.</summary>
public static class Adagrad
{
    /// <summary>Creates the optimizer of a network.</summary>
    /// <typeparam name="T">float or double, which the network tells.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="learningRate">η, from 0 to 10¹⁸.</param>
    /// <param name="learningRateDecay">ρ, 0 or more.</param>
    /// <param name="weightDecay">λ, from 0 to 10¹⁸.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> is null.</exception>
    /// <exception cref="ArgumentException">A number is outside its range, or the settings exclude each other.</exception>
    public static Adagrad<T> For<T>(INetwork<T> network, double learningRate = 1e-2, double learningRateDecay = 0, double weightDecay = 0, double epsilon = 1e-10)
        where T : unmanaged => new(Check.NotNull(network).Parameters, learningRate, learningRateDecay, weightDecay, epsilon);
}
