using System;

namespace NetGen.Training;

/// <summary>A number that says how good the output for one sample is; its mean over all samples is reported beside the loss.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="output">a, the output of the network.</param>
/// <param name="target">y, the target.</param>
/// <returns>A number; more is better.</returns>
public delegate double Metric<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
    where T : unmanaged;

/// <summary>Metrics for <see cref="TrainerOptions{T}.Metric"/>.</summary>
public static class Metrics
{
    /// <summary>1 if the largest output and the largest target have the same index, else 0. The first of several equal ones counts.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="output">a.</param>
    /// <param name="target">y.</param>
    /// <returns>0 or 1; the mean is the share of samples that are classified right.</returns>
    public static double Accuracy<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
        where T : unmanaged => IndexOfLargest(output) == IndexOfLargest(target) ? 1 : 0;

    /// <summary>The share of outputs that are on the same side of ½ as their targets: for sigmoid outputs. ½ itself counts as above.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="output">a.</param>
    /// <param name="target">y.</param>
    /// <returns>0 to 1.</returns>
    public static double BinaryAccuracy<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
        where T : unmanaged
    {
        int right = 0;
        for (int i = 0; i < output.Length; i++)
        {
            right += Number<T>.ToDouble(output[i]) >= 0.5 == Number<T>.ToDouble(target[i]) >= 0.5 ? 1 : 0;
        }

        return (double)right / output.Length;
    }

    private static int IndexOfLargest<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (Number<T>.ToDouble(values[i]) > Number<T>.ToDouble(values[largest]))
            {
                largest = i;
            }
        }

        return largest;
    }
}
