using System;

namespace NetGen.Training;

/// <summary>Makes datasets of arrays that belong to the caller. Nothing is copied before a batch needs it.</summary>
public static class Dataset
{
    /// <summary>Samples with a target of several values each.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network that the samples are for; it says how long an input and a target are.</param>
    /// <param name="inputs">The inputs, one after another.</param>
    /// <param name="targets">The targets, one after another.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit the network or each other, there is no sample, or a target is none that the network's loss is defined for.
    /// </exception>
    public static IDataset<T> Create<T>(INetwork<T> network, ReadOnlyMemory<T> inputs, ReadOnlyMemory<T> targets)
        where T : unmanaged => Create(network, inputs, targets, weights: default);

    /// <summary>
    /// Samples with a target of several values each, and terms: the loss of a batch of m samples is <c>(1/m) Σ w L</c>. For networks that were declared with
    /// <see cref="NetworkAttribute.BatchTerms"/>.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network that the samples are for; it says how long an input and a target are.</param>
    /// <param name="inputs">The inputs, one after another.</param>
    /// <param name="targets">The targets, one after another; 0 for what is not allowed.</param>
    /// <param name="weights">w, a finite number for each sample, also a negative one; empty for 1 everywhere.</param>
    /// <param name="allowed">
    /// For each output of each sample whether it is possible, one sample after another; empty where all are. Only outputs with a categorical loss may have some that are not, and each sample has one
    /// of each distribution that is. Where such outputs of several heads with the same loss stand one after another, each of these is looked at when a batch is read.
    /// </param>
    /// <returns>The dataset.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit the network or each other, there is no sample, a target is none that the network's loss is defined for, or a weight or what is allowed is wrong; the message has the sample
    /// and the value.
    /// </exception>
    public static IDataset<T> Create<T>(
        INetwork<T> network, ReadOnlyMemory<T> inputs, ReadOnlyMemory<T> targets, ReadOnlyMemory<T> weights = default, ReadOnlyMemory<bool> allowed = default)
        where T : unmanaged
    {
        (int inputCount, int outputCount) = Sizes(network);
        int count = Require.Samples(inputs.Length, inputCount, nameof(inputs));
        Require.BatchLength(targets.Length, count, outputCount, nameof(targets));
        var domain = new TargetDomain<T>(network);
        if (domain.FirstOutside(targets.Span) is >= 0 and int wrong)
        {
            throw new ArgumentException(domain.Message(wrong / outputCount, wrong % outputCount, targets.Span[wrong]), nameof(targets));
        }

        CheckTerms(network, weights.Span, allowed.Span, targets.Span, labels: default, count);
        return new MemoryDataset<T>(inputs, targets, default, weights, allowed, count, inputCount, outputCount);
    }

    /// <summary>Samples with a class each, given as its index.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network that the samples are for; it says how long an input is and how many classes there are.</param>
    /// <param name="inputs">The inputs, one after another.</param>
    /// <param name="labels">The index of each sample's class.</param>
    /// <returns>The dataset, whose targets are 1 for the class and 0 for all others.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit the network or each other, there is no sample, a label is not the index of an output, or the network has a
    /// single output.
    /// </exception>
    public static IDataset<T> Create<T>(INetwork<T> network, ReadOnlyMemory<T> inputs, ReadOnlyMemory<int> labels)
        where T : unmanaged => Create(network, inputs, labels, weights: default);

    /// <summary>
    /// Samples with a class each, given as its index, and terms: the loss of a batch of m samples is <c>(1/m) Σ w L</c>. For networks that were declared with
    /// <see cref="NetworkAttribute.BatchTerms"/>.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network that the samples are for; it says how long an input is and how many classes there are.</param>
    /// <param name="inputs">The inputs, one after another.</param>
    /// <param name="labels">The index of each sample's class, one that is allowed.</param>
    /// <param name="weights">w, a finite number for each sample, also a negative one, such as those of <see cref="WeightsOfClasses"/>; empty for 1 everywhere.</param>
    /// <param name="allowed">
    /// For each class of each sample whether it is possible, one sample after another; empty where all are. Only classes of a categorical loss may be impossible.
    /// </param>
    /// <returns>The dataset, whose targets are 1 for the class and 0 for all others.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit the network or each other, there is no sample, a label is not the index of an output, the network has a single output, or a weight or what is allowed is wrong; the message
    /// has the sample and the value.
    /// </exception>
    public static IDataset<T> Create<T>(
        INetwork<T> network, ReadOnlyMemory<T> inputs, ReadOnlyMemory<int> labels, ReadOnlyMemory<T> weights = default, ReadOnlyMemory<bool> allowed = default)
        where T : unmanaged
    {
        (int inputCount, int outputCount) = Sizes(network);
        if (outputCount == 1)
        {
            throw new ArgumentException("A network with one output has no classes to index. Pass targets of 0 and 1 as numbers.", nameof(labels));
        }

        int count = Require.Samples(inputs.Length, inputCount, nameof(inputs));
        Require.BatchLength(labels.Length, count, 1, nameof(labels));
        foreach (int label in labels.Span)
        {
            Require.Label(label, outputCount, nameof(labels));
        }

        CheckTerms(network, weights.Span, allowed.Span, targets: default, labels.Span, count);
        return new MemoryDataset<T>(inputs, default, labels, weights, allowed, count, inputCount, outputCount);
    }

    /// <summary>
    /// Gives each sample the weight of its class. What a batch divides by stays the number of its samples, so with weights whose mean over all samples is 1 the loss keeps its size; PyTorch's
    /// <c>CrossEntropyLoss(weight)</c> divides by the sum of the batch's weights instead.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="labels">The index of each sample's class.</param>
    /// <param name="ofClasses">The weight of each class.</param>
    /// <returns>The weight of each sample, for <c>Create</c>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not the index of a class.</exception>
    public static T[] WeightsOfClasses<T>(int[] labels, params T[] ofClasses)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(ofClasses);
        return Array.ConvertAll(labels, label =>
        {
            Require.Label(label, ofClasses.Length, nameof(labels));
            return ofClasses[label];
        });
    }

    internal static (int InputCount, int OutputCount) Sizes<T>(INetwork<T> network)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(network);
        ParameterLayout layout = network.Parameters.Layout;
        return (layout.InputCount, layout.OutputCount);
    }
    /// <exception cref="ArgumentException">Weights or what is allowed are too many, too few, or wrong.</exception>
    private static void CheckTerms<T>(
        INetwork<T> network, ReadOnlySpan<T> weights, ReadOnlySpan<bool> allowed, ReadOnlySpan<T> targets, ReadOnlySpan<int> labels, int count)
        where T : unmanaged
    {
        int outputCount = Sizes(network).OutputCount;
        if (weights.Length > 0)
        {
            Require.BatchLength(weights.Length, count, 1, nameof(weights));
        }

        if (allowed.Length > 0)
        {
            Require.BatchLength(allowed.Length, count, outputCount, nameof(allowed));
        }

        var domain = new TermsDomain<T>(network);
        for (int sample = 0; sample < count && weights.Length + allowed.Length > 0; sample++)
        {
            ReadOnlySpan<T> weight = weights.Length > 0 ? weights.Slice(sample, 1) : default;
            ReadOnlySpan<T> target = labels.IsEmpty ? targets.Slice(sample * outputCount, outputCount) : default;
            ReadOnlySpan<bool> ofSample = allowed.Length > 0 ? allowed.Slice(sample * outputCount, outputCount) : default;
            if (domain.Mistake(weight, ofSample, target, labels.IsEmpty ? -1 : labels[sample]) is { } mistake)
            {
                bool isWeight = weight.Length > 0 && !Number<T>.IsFinite(weight[0]);
                throw new ArgumentException($"Sample {sample}: {mistake}", isWeight ? nameof(weights) : nameof(allowed));
            }
        }
    }
}
