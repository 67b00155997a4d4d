using System;
using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>
/// What decides about the course of a training, as entries of a file's metadata. A trainer that differs in one of them could not continue with the
/// same bits. Samples, with their weights and what is allowed of them, and metric are the program's: they cannot be told by a few words. Threads change nothing.
/// </summary>
internal static class TrainerDescription
{
    /// <summary>The value of what is not there.</summary>
    public const string None = "none";

    private const string Prefix = "netgen.trainer.";

    /// <summary>Files that were written before the rest was compared have no others.</summary>
    private static readonly string[] Oldest = ["samples", "validation_samples", "batch_size", "shards", "order", "seed"];

    /// <summary>Files that were written before there were such things have none of them.</summary>
    private static readonly string[] Newest =
        [Prefix + "terms", Prefix + "validation_terms", CheckpointNames.Optimizer + ".groups", CheckpointNames.Optimizer + ".decay_exempt"];

    public static bool IsInAllFiles(string key) => Array.Exists(Oldest, name => key == Prefix + name);

    /// <summary>Whether a file without an entry is one with <see cref="None"/>.</summary>
    public static bool IsNoneUnlessSaid(string key) => Array.IndexOf(Newest, key) >= 0
        || key.StartsWith($"{CheckpointNames.Optimizer}.{Optimizer<float>.GroupPrefix}", StringComparison.Ordinal);

    public static IEnumerable<(string Key, string Value)> Of<T>(TrainerSetup<T> setup, Optimizer<T> optimizer)
        where T : unmanaged
    {
        TrainerOptions<T> options = setup.Options;
        yield return (Prefix + "loss", Losses.Describe(setup.Losses));
        yield return (Prefix + "samples", Text(setup.Data.Count));
        yield return (Prefix + "validation_samples", Text(setup.ValidationRows.Length));
        yield return (Prefix + "terms", setup.Terms.ToString());
        yield return (Prefix + "validation_terms", setup.ValidationTerms.ToString());
        yield return (Prefix + "batch_size", Text(setup.BatchSize));
        yield return (Prefix + "shards", Text(setup.Shards));
        yield return (Prefix + "order", options.Order is not null ? "given" : options.Shuffle ? "shuffled" : "sequential");
        yield return (Prefix + "order_hash", options.Order is { } order ? Hash(order) : None);
        yield return (Prefix + "seed", Text(options.Seed));
        yield return (Prefix + "validation", options.ValidationData is not null ? "data" : options.ValidationSplit > 0 ? "split" : None);
        yield return (Prefix + "early_stopping", options.EarlyStopping is null ? None : options.EarlyStopping.MonitorMetric ? "metric" : "loss");
        if (options.EarlyStopping is { } rule)
        {
            yield return (Prefix + "early_stopping.patience", Text(rule.Patience));
            yield return (Prefix + "early_stopping.min_delta", rule.MinDelta.ToString("R", CheckpointNames.Culture));
        }

        foreach ((string name, string value) in optimizer.Settings)
        {
            yield return ($"{CheckpointNames.Optimizer}.{name}", value);
        }
    }

    private static string Text(IFormattable value) => value.ToString(null, CheckpointNames.Culture);

    /// <summary>FNV-1a in 64 bits over the lengths and the samples of all epochs.</summary>
    private static string Hash(IReadOnlyList<int[]> order)
    {
        ulong hash = 0xCBF29CE484222325;
        void Add(int value)
        {
            for (int shift = 0; shift < 32; shift += 8)
            {
                hash = unchecked((hash ^ (byte)(value >> shift)) * 0x100000001B3);
            }
        }

        foreach (int[] epoch in order)
        {
            Add(epoch.Length);
            Array.ForEach(epoch, Add);
        }

        return hash.ToString("x16", CheckpointNames.Culture);
    }
}
