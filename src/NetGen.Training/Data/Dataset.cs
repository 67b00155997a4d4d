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

        return new MemoryDataset<T>(inputs, targets, default, count, inputCount, outputCount);
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

        return new MemoryDataset<T>(inputs, default, labels, count, inputCount, outputCount);
    }

    internal static (int InputCount, int OutputCount) Sizes<T>(INetwork<T> network)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(network);
        ParameterLayout layout = network.Parameters.Layout;
        return (layout.InputCount, layout.OutputCount);
    }
}
