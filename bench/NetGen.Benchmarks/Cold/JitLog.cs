using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace NetGen.Benchmarks.Cold;

/// <summary>How well a method was compiled.</summary>
internal enum Tier
{
    /// <summary>Optimised at once.</summary>
    FullOpts,

    /// <summary>Optimised after a number of calls.</summary>
    Tier1,

    /// <summary>Compiled quickly; it has not been called often enough for more.</summary>
    Tier0,

    /// <summary>Not optimised, and never will be: the method is too large for the JIT.</summary>
    SwitchedMinOpts,
}

/// <summary>A method that the JIT compiled.</summary>
/// <param name="Method">Type, name and signature.</param>
/// <param name="Tier">How it was compiled.</param>
/// <param name="CodeBytes">Bytes of machine code.</param>
internal sealed record JitEntry(string Method, Tier Tier, int CodeBytes);

/// <summary>The log of <c>DOTNET_JitDisasmSummary</c>.</summary>
/// <param name="Entries">The methods in the order in which they were compiled; one may be there several times.</param>
internal sealed partial record JitLog(IReadOnlyList<JitEntry> Entries)
{
    /// <summary>Bytes of machine code when every method is as it stays.</summary>
    public int FinalCodeBytes => Final.Sum(entry => entry.CodeBytes);

    /// <summary>Every method as it stays.</summary>
    private IEnumerable<JitEntry> Final => Entries.GroupBy(entry => entry.Method).Select(versions => versions.Last());

    /// <summary>How many methods stay in each tier, in the order of <see cref="Tier"/>.</summary>
    public IReadOnlyList<int> CountTiers() =>
        Enum.GetValues<Tier>().Select(tier => Final.Count(entry => entry.Tier == tier)).ToList();

    /// <summary>The methods of some types.</summary>
    public static JitLog Parse(IEnumerable<string> lines, IEnumerable<Type> types) => Parse(lines, types.Select(type => type.FullName!).ToHashSet());

    /// <summary>The methods of types by their full names, with <c>+</c> before a nested one.</summary>
    public static JitLog Parse(IEnumerable<string> lines, IReadOnlySet<string> types) => new(lines
        .Select(line => Line().Match(line))
        .Where(match => match.Success && types.Contains(match.Groups["type"].Value))
        .Select(match => new JitEntry(
            match.Groups["method"].Value,
            TierOf(match.Groups["tier"].Value),
            int.Parse(match.Groups["code"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)))
        .ToList());

    // The JIT writes, among others: Tier0, Instrumented Tier0, Tier1, Tier1-OSR, FullOpts, Tier-0 switched to FullOpts, Tier-0 switched MinOpts.
    private static Tier TierOf(string text) =>
        text.Contains("MinOpts", StringComparison.Ordinal) ? Tier.SwitchedMinOpts
        : text.Contains("FullOpts", StringComparison.Ordinal) ? Tier.FullOpts
        : text.Contains("Tier1", StringComparison.Ordinal) && !text.Contains("Instrumented", StringComparison.Ordinal) ? Tier.Tier1
        : Tier.Tier0;

    // "  12: JIT compiled A.B+C:D(int):int [Tier1 with Static PGO, IL size=20, code size=31]"; what lies between varies.
    [GeneratedRegex(@"^\s*\d+: JIT compiled (?<method>(?<type>[^:\[]+)(?:\[[^:]*\])?:.+) \[(?<tier>[^,\]]+?)(?: with [^,\]]+?| @[^,\]]+?)*,.*\bcode size=(?<code>\d+)")]
    private static partial Regex Line();
}
