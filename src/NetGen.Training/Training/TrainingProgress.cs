using System.Globalization;

namespace NetGen.Training;

/// <summary>The result of an epoch.</summary>
/// <param name="Epoch">The number of the epoch, from 1.</param>
/// <param name="StepCount">Steps of the optimizer so far.</param>
/// <param name="Loss">The mean loss of the samples, Σ w L / n with weights, each taken before the step that its batch led to.</param>
/// <param name="ValidationLoss">The mean loss of the validation's samples after the epoch; null without validation.</param>
/// <param name="ValidationMetric">The mean metric of these samples; null without validation or metric.</param>
/// <param name="IsBest">Whether early stopping counts the epoch as the best so far.</param>
public readonly record struct TrainingProgress(
    int Epoch, long StepCount, double Loss, double? ValidationLoss, double? ValidationMetric, bool IsBest)
{
    /// <summary>What stands above the columns of <see cref="ToString"/>.</summary>
    public static string Header => Row("epoch", "step", "loss", "validation", "metric", "");

    /// <summary>
    /// A row of a table, the same in every culture: epoch, step, loss, loss and metric of the validation (− without), <c>best</c>. A number that is longer
    /// than its column moves the others to the right.
    /// </summary>
    /// <returns>The row, whose columns stand under those of <see cref="Header"/>.</returns>
    public override string ToString() => Row(
        Text(Epoch), Text(StepCount), Text(Loss), ValidationLoss is { } loss ? Text(loss) : "-", ValidationMetric is { } metric ? Text(metric) : "-", IsBest ? "best" : "");

    private static string Row(string epoch, string step, string loss, string validation, string metric, string best) =>
        $"{epoch,6} {step,9} {loss,11} {validation,11} {metric,11}  {best}".TrimEnd();

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}

/// <summary>Loss and metric of a network on a dataset.</summary>
/// <param name="Loss">The mean loss, Σ w L / n for n samples with weights.</param>
/// <param name="Metric">The mean metric, in which each sample counts as one; null without one.</param>
public readonly record struct Evaluation(double Loss, double? Metric);
