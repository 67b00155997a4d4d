using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Comparing;

/// <summary>What to compare.</summary>
/// <param name="Subjects">The networks.</param>
/// <param name="Tasks">The tasks.</param>
/// <param name="Contestants">Keys of the contestants; none means all of them.</param>
/// <param name="Rounds">Rounds of each task.</param>
/// <param name="Plugins">Native plug-ins, if there are any.</param>
internal sealed record CompareOptions(
    IReadOnlyList<MeasuredNetwork> Subjects, IReadOnlyList<BenchTask> Tasks, IReadOnlyList<string> Contestants, int Rounds, NativePlugins? Plugins)
{
    /// <summary>Stands for all native plug-ins.</summary>
    public const string NativeKey = "native";

    /// <summary>The keys that <see cref="Contestants"/> may contain.</summary>
    public IReadOnlyList<string> KnownKeys =>
        [.. Roster.Managed.Select(Contestant.KeyOf), .. Plugins is null ? [] : Plugins.Names.Select(Contestant.KeyOf).Prepend(NativeKey)];

    /// <summary>What is wrong with the contestants, or null.</summary>
    public string? Complaint()
    {
        string[] unknown = Contestants.Except(KnownKeys).ToArray();
        return unknown.Length == 0
            ? null
            : $"Unknown in --contestants: {string.Join(", ", unknown)}. Known: {string.Join(", ", KnownKeys)}."
                + (Plugins is null ? " Native plug-ins need --native." : "");
    }

    /// <summary>The models among the networks.</summary>
    public IReadOnlyList<ModelSubject> Models => Subjects.OfType<ModelSubject>().ToList();

    /// <summary>Whether all contestants take part, or the one of a key was asked for.</summary>
    public bool TakesKey(string key) => Contestants.Count == 0 || Contestants.Contains(key);

    /// <summary>Whether a contestant takes part. The empty call always does: it says what a native call costs.</summary>
    public bool Takes(Contestant contestant) =>
        TakesKey(contestant.Key)
        || contestant.Group == Group.Empty
        || (contestant.Group == Group.Native && Contestants.Contains(NativeKey, StringComparer.Ordinal));
}
