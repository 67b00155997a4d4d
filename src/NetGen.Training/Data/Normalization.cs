using System;

namespace NetGen.Training;

/// <summary>
/// Sets the statistics of layers that normalise by constants, <c>Normalize</c> and <c>Denormalize</c>, from data: mean and variance over all samples, <c>Σ (x − mean)² / n</c>, or the
/// square root of it. Training leaves them as they are, and checkpoints have them; <c>Initialize</c> sets them back to 0 and 1, so call it before. A value that is the same in every
/// sample gets the variance 1.
/// </summary>
public static class Normalization
{
    /// <summary>Samples that are read at a time.</summary>
    private const int Block = 256;

    /// <summary>Sets mean and variance of a layer <c>Normalize</c> that reads the inputs, as the first layer of a list does.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="data">Samples for it.</param>
    /// <exception cref="ArgumentException">The first layer is another, the samples are not for this network, or a value is not finite. Nothing has been written.</exception>
    public static void SetInputs<T>(INetwork<T> network, IDataset<T> data)
        where T : unmanaged
    {
        ParameterLayout layout = Check.NotNull(network).Parameters.Layout;
        Set(network, data, Find(layout, block => block.Layer == 0 && block.Count == layout.InputCount, "variance", "the first layer"), .., ofTargets: false);
    }

    /// <summary>Sets mean and variance of a layer <c>Normalize</c> that reads some of the inputs.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="data">Samples for it.</param>
    /// <param name="layer">The name of the layer, such as <c>layers.0</c>.</param>
    /// <param name="inputs">Which values of an input sample it reads, such as <c>Critic.StateInput</c>; <c>..</c> where the network has one input.</param>
    /// <exception cref="ArgumentException">There is no such layer, it reads another number of values, the samples are not for this network, or a value is not finite. Nothing has been written.</exception>
    public static void SetInputs<T>(INetwork<T> network, IDataset<T> data, string layer, Range inputs)
        where T : unmanaged =>
        Set(network, data, Find(Check.NotNull(network).Parameters.Layout, layer, "variance"), inputs, ofTargets: false);

    /// <summary>Sets mean and deviation of a layer <c>Denormalize</c> that is the only output, as the last layer of a list is.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="data">Samples for it.</param>
    /// <exception cref="ArgumentException">The last layer is another, the samples are not for this network, or a value is not finite. Nothing has been written.</exception>
    public static void SetOutputs<T>(INetwork<T> network, IDataset<T> data)
        where T : unmanaged
    {
        ParameterLayout layout = Check.NotNull(network).Parameters.Layout;
        Set(network, data, Find(layout, block => block.Layer == layout.Layers.Count - 1 && block.Count == layout.OutputCount, "deviation", "the last layer"), .., ofTargets: true);
    }

    /// <summary>Sets mean and deviation of a layer <c>Denormalize</c> that is one of the outputs.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="data">Samples for it.</param>
    /// <param name="layer">The name of the layer, such as <c>Value.1</c>.</param>
    /// <param name="outputs">Which values of an output sample it computes, such as <c>Critic.ValueOutput</c>; <c>..</c> where the network has one input and one output.</param>
    /// <exception cref="ArgumentException">There is no such layer, it computes another number of values, the samples are not for this network, or a value is not finite. Nothing has been written.</exception>
    public static void SetOutputs<T>(INetwork<T> network, IDataset<T> data, string layer, Range outputs)
        where T : unmanaged =>
        Set(network, data, Find(Check.NotNull(network).Parameters.Layout, layer, "deviation"), outputs, ofTargets: true);

    private static (ParameterBlock Mean, ParameterBlock Spread) Find(ParameterLayout layout, string layer, string spread)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return Find(layout, block => block.Name == $"{layer}.{spread}", spread, $"'{layer}'");
    }

    /// <summary>The block of variances or deviations that is meant, with that of the means, which is the one before it.</summary>
    private static (ParameterBlock Mean, ParameterBlock Spread) Find(ParameterLayout layout, Predicate<ParameterBlock> isMeant, string spread, string what)
    {
        for (int index = 1; index < layout.Blocks.Count; index++)
        {
            ParameterBlock block = layout.Blocks[index];
            if (block.Role == ParameterRole.Statistic && block.Name.EndsWith("." + spread, StringComparison.Ordinal) && isMeant(block))
            {
                return (layout.Blocks[index - 1], block);
            }
        }

        throw new ArgumentException($"Expected a network in which {what} has a mean and a {spread}.", "network");
    }

    private static void Set<T>(INetwork<T> network, IDataset<T> data, (ParameterBlock Mean, ParameterBlock Spread) blocks, Range values, bool ofTargets)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(data);
        (int inputCount, int outputCount) = Dataset.Sizes(network);
        if (data.InputCount != inputCount || data.TargetCount != outputCount)
        {
            throw new ArgumentException($"Expected samples of {inputCount} inputs and {outputCount} targets, given {data.InputCount} and {data.TargetCount}.", nameof(data));
        }

        int sampleLength = ofTargets ? outputCount : inputCount;
        (int start, int count) = values.GetOffsetAndLength(sampleLength);
        if (count != blocks.Mean.Count)
        {
            throw new ArgumentException($"Expected {blocks.Mean.Count} values of a sample, given {count}.", ofTargets ? "outputs" : "inputs");
        }

        double[] mean = Average(data, ofTargets, sampleLength, start, new double[count], power: 1);
        double[] variance = Average(data, ofTargets, sampleLength, start, mean, power: 2);
        Span<T> elements = network.Parameters.AsSpan();
        for (int value = 0; value < count; value++)
        {
            double spread = variance[value] == 0 ? 1 : ofTargets ? Math.Sqrt(variance[value]) : variance[value];
            if (!Number<T>.IsFinite(Number<T>.From(mean[value])) || !Number<T>.IsFinite(Number<T>.From(spread)))
            {
                throw new ArgumentException($"Expected finite values; those at {start + value} have the mean {mean[value]} and the variance {variance[value]}.", nameof(data));
            }

            variance[value] = spread;
        }

        for (int value = 0; value < count; value++)
        {
            elements[blocks.Mean.Element(value)] = Number<T>.From(mean[value]);
            elements[blocks.Spread.Element(value)] = Number<T>.From(variance[value]);
        }
    }

    /// <summary>The mean of (value − centre)^power over all samples, for each of some values.</summary>
    private static double[] Average<T>(IDataset<T> data, bool ofTargets, int sampleLength, int start, double[] centre, int power)
        where T : unmanaged
    {
        var sums = new double[centre.Length];
        var inputs = new T[Block * data.InputCount];
        var targets = new T[Block * data.TargetCount];
        var samples = new int[Block];
        for (int first = 0; first < data.Count; first += Block)
        {
            int count = Math.Min(Block, data.Count - first);
            for (int sample = 0; sample < count; sample++)
            {
                samples[sample] = first + sample;
            }

            data.Read(samples.AsSpan(0, count), inputs.AsSpan(0, count * data.InputCount), targets.AsSpan(0, count * data.TargetCount));
            ReadOnlySpan<T> read = ofTargets ? targets : inputs;
            for (int sample = 0; sample < count; sample++)
            {
                for (int value = 0; value < sums.Length; value++)
                {
                    double distance = Number<T>.ToDouble(read[sample * sampleLength + start + value]) - centre[value];
                    sums[value] += power == 1 ? distance : distance * distance;
                }
            }
        }

        return Array.ConvertAll(sums, sum => sum / data.Count);
    }
}
