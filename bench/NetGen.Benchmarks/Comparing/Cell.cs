using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Comparing;

/// <summary>What came out for a contestant in a task. Times are nanoseconds per sample.</summary>
/// <param name="Network">The name of the network.</param>
/// <param name="Task">The task.</param>
/// <param name="Contestant">The name of the contestant.</param>
/// <param name="Group">Where it comes from.</param>
/// <param name="Error">The largest error, as a share of the largest expected value; null where there is nothing to be right about.</param>
/// <param name="Minimum">The fastest round; null if the contestant was wrong and therefore not timed.</param>
/// <param name="Median">The middle round.</param>
/// <param name="Rounds">Number of rounds.</param>
internal sealed record Cell(
    string Network, BenchTask Task, string Contestant, Group Group, double? Error, double? Minimum, double? Median, int Rounds)
{
    // Written so that NaN is wrong.
    public bool IsWrong => Error is { } error && !(error <= Check.Tolerance);
}
