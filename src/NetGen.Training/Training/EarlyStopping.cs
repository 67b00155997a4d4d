namespace NetGen.Training;

/// <summary>
/// Ends the training when the validation no longer improves, and restores the parameters that were best: Keras' <c>EarlyStopping</c>
/// with <c>restore_best_weights</c>.
/// </summary>
public sealed record EarlyStopping
{
    /// <summary>Epochs without improvement after which the training ends, 1 or more.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>How much better than the best a value must be to count as an improvement, 0 or more.</summary>
    public double MinDelta { get; init; }

    /// <summary>
    /// Looks at the validation's metric, of which more is better, instead of its loss, of which less is better. A metric that is NaN or infinite
    /// is no improvement.
    /// </summary>
    public bool MonitorMetric { get; init; }
}
