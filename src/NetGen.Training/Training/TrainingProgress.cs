namespace NetGen.Training;

/// <summary>The result of an epoch.</summary>
/// <param name="Epoch">The number of the epoch, from 1.</param>
/// <param name="StepCount">Steps of the optimizer so far.</param>
/// <param name="Loss">The mean loss of the samples, each taken before the step that its batch led to.</param>
/// <param name="ValidationLoss">The mean loss of the validation's samples after the epoch; null without validation.</param>
/// <param name="ValidationMetric">The mean metric of these samples; null without validation or metric.</param>
/// <param name="IsBest">Whether early stopping counts the epoch as the best so far.</param>
public readonly record struct TrainingProgress(
    int Epoch, long StepCount, double Loss, double? ValidationLoss, double? ValidationMetric, bool IsBest);

/// <summary>Loss and metric of a network on a dataset.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Metric">The mean metric; null without one.</param>
public readonly record struct Evaluation(double Loss, double? Metric);
