using System;

namespace NetGen.Training;

/// <summary>Creates a <see cref="Trainer{T}"/> whose number type the network tells.</summary>
public static class Trainer
{
    /// <summary>Creates a trainer.</summary>
    /// <typeparam name="T">float or double, which the network tells.</typeparam>
    /// <param name="network">The network, with its initial parameters.</param>
    /// <param name="optimizer">The optimizer of its parameters.</param>
    /// <param name="data">The samples, for instance from <see cref="Dataset"/>; also an <see cref="IWeightedDataset{T}"/> for a network with <see cref="NetworkAttribute.BatchTerms"/>.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">An argument is null or does not fit; the message says how.</exception>
    public static Trainer<T> Create<T>(ITrainable<T> network, Optimizer<T> optimizer, IDataset<T> data, TrainerOptions<T>? options = null)
        where T : unmanaged => new(network, optimizer, data, options);
}
