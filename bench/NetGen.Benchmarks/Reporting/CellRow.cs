namespace NetGen.Benchmarks.Reporting;

/// <summary>A cell as files have it: of a task of a network, or of a training. Times are nanoseconds per sample.</summary>
/// <param name="Network">The name of the network.</param>
/// <param name="Task">The name of the task, such as <c>gradient32</c>; <c>epoch32</c> is an epoch in batches of 32.</param>
/// <param name="Batch">Samples of one call, or of a batch.</param>
/// <param name="Contestant">The name of the contestant.</param>
/// <param name="Group">Where it comes from.</param>
/// <param name="Status">Whether it was right.</param>
/// <param name="Error">Its error, if it is a number.</param>
/// <param name="MinimumNanoseconds">The fastest round.</param>
/// <param name="MedianNanoseconds">The middle round.</param>
/// <param name="Rounds">Number of rounds.</param>
/// <param name="LimitNanoseconds">The limit; trainings have none.</param>
/// <param name="OfLimit">How many times the limit the fastest round takes.</param>
/// <param name="FasterThanNaive">How many times faster than naive C# it is.</param>
/// <param name="OfBestNative">How many times as long as the best native plug-in it takes.</param>
/// <param name="EpochsPerSecond">Of the fastest round of a training.</param>
internal sealed record CellRow(
    string Network,
    string Task,
    int Batch,
    string Contestant,
    string Group,
    string Status,
    double? Error,
    double? MinimumNanoseconds,
    double? MedianNanoseconds,
    int Rounds,
    double? LimitNanoseconds,
    double? OfLimit,
    double? FasterThanNaive,
    double? OfBestNative,
    double? EpochsPerSecond)
{
    /// <summary>A verdict in words; there is no error where there is nothing to be right about.</summary>
    public static string StatusOf(double? error, bool isWrong) => isWrong ? "wrong" : error is null ? "not checked" : "right";

    /// <summary>The value unless it is infinite or NaN, which JSON does not know.</summary>
    public static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
