using System;
using System.Text;

namespace NetGen.Training;

/// <summary>The loss of each output of a network.</summary>
internal static class Losses
{
    public static Loss[] Of<T>(INetwork<T> network)
        where T : unmanaged
    {
        var losses = new Loss[Dataset.Sizes(network).OutputCount];
        if (network is ITrainable<T> trainable)
        {
            for (int output = 0; output < losses.Length; output++)
            {
                losses[output] = trainable.LossOf(output);
            }
        }

        return losses;
    }

    /// <summary>The losses in words: one for all outputs, or the outputs from which on each holds, such as <c>Huber,4:SquaredError</c>.</summary>
    public static string Describe(ReadOnlySpan<Loss> losses)
    {
        var text = new StringBuilder(losses[0].ToString());
        for (int output = 1; output < losses.Length; output++)
        {
            if (losses[output] != losses[output - 1])
            {
                text.Append(',').Append(output.ToString(CheckpointNames.Culture)).Append(':').Append(losses[output].ToString());
            }
        }

        return text.ToString();
    }
}
