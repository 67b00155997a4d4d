using System;

namespace NetGen;

/// <summary>
/// What a batch has beside inputs and targets: a weight for each sample, and which classes are possible. The loss of a batch is <c>(1/m) Σ w L</c>, and its gradients are those of this. For networks with
/// <see cref="NetworkAttribute.BatchTerms"/>.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct BatchTerms<T>
    where T : unmanaged
{
    /// <summary>Creates terms.</summary>
    /// <param name="weights">w, finite numbers, one for each sample; also negative ones, as for the advantages of REINFORCE. Empty for 1 everywhere, which gives the same bits.</param>
    /// <param name="allowed">
    /// For each output of each sample whether it is possible, m · <c>OutputCount</c> values. What is not has probability 0 and gradient 0. Only outputs with a categorical loss may have some that are
    /// not; each sample has one that is. Empty where all are.
    /// </param>
    public BatchTerms(ReadOnlySpan<T> weights = default, ReadOnlySpan<bool> allowed = default)
    {
        Weights = weights;
        Allowed = allowed;
    }

    /// <summary>w, one for each sample, or empty for 1 everywhere.</summary>
    public ReadOnlySpan<T> Weights { get; }

    /// <summary>For each output of each sample whether it is possible, or empty where all are.</summary>
    public ReadOnlySpan<bool> Allowed { get; }
}
