using NetGen.Benchmarks.Contestants;

namespace NetGen.Benchmarks.Training;

/// <summary>What came out for a contestant with a network and a batch. Times are nanoseconds an epoch.</summary>
/// <param name="Subject">The network.</param>
/// <param name="Batch">Samples of a batch.</param>
/// <param name="Contestant">The name of the contestant.</param>
/// <param name="Group">Where it comes from.</param>
/// <param name="Error">
/// The largest difference from the parameters that the naive loops arrive at, as a share of the furthest that a parameter went.
/// </param>
/// <param name="Minimum">The fastest round; null if the contestant was wrong and therefore not timed.</param>
/// <param name="Median">The middle round.</param>
/// <param name="Rounds">Number of rounds.</param>
internal sealed record TrainingCell(
    TrainingSubject Subject, int Batch, string Contestant, Group Group, double Error, double? Minimum, double? Median, int Rounds)
{
    /// <summary>
    /// Largest error of a right contestant. Single precision was seen to leave up to 3·10⁻⁶ of the same steps with sums in another order.
    /// </summary>
    public const double Tolerance = 3e-5;

    // Written so that NaN is wrong.
    public bool IsWrong => !(Error <= Tolerance);

    /// <summary>Of the fastest round.</summary>
    public double? EpochsPerSecond => 1e9 / Minimum;
}
