using System;

namespace NetGen.Training;

/// <summary>
/// A number that says how good the output for one sample is; its mean over all samples is reported beside the loss. With several threads it is
/// called on several at a time, and in any order: it must change nothing that others read. Each sample counts as one, whatever it weighs.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="output">a, the output of the network; −∞ where it is not allowed.</param>
/// <param name="target">y, the target.</param>
/// <returns>A number; more is better.</returns>
public delegate double Metric<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
    where T : unmanaged;

/// <summary>Metrics for <see cref="TrainerOptions{T}.Metric"/>.</summary>
public static class Metrics
{
    /// <summary>
    /// 1 if the largest output and the largest target have the same index, else 0. The first of several equal ones counts, and none where one is NaN.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="output">a.</param>
    /// <param name="target">y.</param>
    /// <returns>0 or 1; the mean is the share of samples that are classified right.</returns>
    /// <exception cref="ArgumentException">There is one output, which would always be the largest.</exception>
    public static double Accuracy<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
        where T : unmanaged => output.Length > 1
        ? IndexOfLargest(output) is { } answer && answer == IndexOfLargest(target) ? 1 : 0
        : throw new ArgumentException(
            $"{nameof(Accuracy)} compares several outputs, and this network has one, which would always be right. Use {nameof(Metrics)}.{nameof(BinaryAccuracy)}.",
            nameof(output));

    /// <summary>
    /// The share of outputs that are on the same side of ½ as their targets: for outputs that are probabilities, such as those of a sigmoid. ½ itself
    /// counts as above, NaN as neither. As the metric of a trainer it takes the border 0 for outputs that are logits, those of
    /// <see cref="Loss.BinaryCrossEntropyWithLogits"/>; who calls it for such outputs gives the border.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="output">a.</param>
    /// <param name="target">y.</param>
    /// <returns>0 to 1.</returns>
    public static double BinaryAccuracy<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
        where T : unmanaged => BinaryAccuracy(output, target, 0.5);

    /// <summary>The share of outputs that are on the same side of a border as their targets are of ½. The border itself counts as above, NaN as neither.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="output">a.</param>
    /// <param name="target">y.</param>
    /// <param name="border">½ for outputs that are probabilities, 0 for logits.</param>
    /// <returns>0 to 1.</returns>
    public static double BinaryAccuracy<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target, double border)
        where T : unmanaged
    {
        int right = 0;
        for (int i = 0; i < output.Length; i++)
        {
            double answer = Number<T>.ToDouble(output[i]);
            double wanted = Number<T>.ToDouble(target[i]);
            right += (answer >= border && wanted >= 0.5) || (answer < border && wanted < 0.5) ? 1 : 0;
        }

        return (double)right / output.Length;
    }

    /// <summary>The metric for a network: the border of <see cref="BinaryAccuracy{T}(ReadOnlySpan{T}, ReadOnlySpan{T})"/> is that of each output's loss.</summary>
    internal static Metric<T>? For<T>(Metric<T>? metric, Loss[] losses)
        where T : unmanaged
    {
        if (metric != (Metric<T>)BinaryAccuracy || !Array.Exists(losses, loss => loss == Loss.BinaryCrossEntropyWithLogits))
        {
            return metric;
        }

        double[] borders = Array.ConvertAll(losses, loss => loss == Loss.BinaryCrossEntropyWithLogits ? 0 : 0.5);
        return (output, target) =>
        {
            double right = 0;
            for (int i = 0; i < borders.Length; i++)
            {
                right += BinaryAccuracy(output.Slice(i, 1), target.Slice(i, 1), borders[i]);
            }

            return right / borders.Length;
        };
    }

    /// <summary>Whether a metric is one of these, which change nothing.</summary>
    internal static bool IsOwn<T>(Metric<T>? metric)
        where T : unmanaged => metric == (Metric<T>)Accuracy || metric == (Metric<T>)BinaryAccuracy;

    /// <summary>The index of the largest value; null where one is NaN, which is neither less nor more.</summary>
    private static int? IndexOfLargest<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        int largest = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double value = Number<T>.ToDouble(values[i]);
            if (double.IsNaN(value))
            {
                return null;
            }

            largest = value > Number<T>.ToDouble(values[largest]) ? i : largest;
        }

        return largest;
    }
}
