using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Fuzz.Checks;
using NetGen.Fuzz.Sources;

namespace NetGen.Fuzz;

/// <summary>A case with which something is wrong.</summary>
internal sealed record Finding(FuzzCase Case, Setting Setting, IReadOnlyList<string> Problems);

/// <summary>A case at which the compiler throws, whatever NetGen does.</summary>
internal sealed record CompilerFault(FuzzCase Case, Setting Setting, string Exception);

/// <summary>What a run met.</summary>
/// <param name="Right">Files without a mistake.</param>
/// <param name="Networks">The networks in them, all compiled, run and compared where the compiler does not throw.</param>
/// <param name="Wrong">Files with a mistake.</param>
/// <param name="Damaged">Files with damage.</param>
/// <param name="Findings">The cases with which something is wrong.</param>
/// <param name="Faults">The cases at which the compiler throws, of which nothing can be said.</param>
internal sealed record Tally(int Right, int Networks, int Wrong, int Damaged, IReadOnlyList<Finding> Findings, IReadOnlyList<CompilerFault> Faults)
{
    public static readonly Tally Empty = new(0, 0, 0, 0, [], []);

    public Tally Add(Tally other) => new(
        Right + other.Right,
        Networks + other.Networks,
        Wrong + other.Wrong,
        Damaged + other.Damaged,
        [.. Findings, .. other.Findings],
        [.. Faults, .. other.Faults]);
}

/// <summary>Makes and checks cases. A case depends on the seed and its number alone, what it is compiled with on the seed and its block.</summary>
internal static class Fuzzer
{
    /// <summary>Cases that share a setting; the right ones among them a compilation.</summary>
    public const int BlockLength = 40;

    /// <summary>What the case with a number is compiled with.</summary>
    public static Setting SettingOf(int seed, int number) => Setting.Of(seed, number / BlockLength);

    /// <summary>Checks the cases of a block that lie between two numbers.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="block">The block.</param>
    /// <param name="from">The first number.</param>
    /// <param name="to">The number after the last.</param>
    public static Tally Run(int seed, int block, int from, int to)
    {
        var setting = Setting.Of(seed, block);
        int first = Math.Max(from, block * BlockLength);
        int end = Math.Min(to, (block + 1) * BlockLength);
        List<FuzzCase> cases = Enumerable.Range(first, Math.Max(0, end - first)).Select(number => FuzzCase.Create(seed, number, setting.Language)).ToList();
        List<FuzzCase> right = cases.Where(one => one.Kind == CaseKind.Right).ToList();
        IEnumerable<FuzzCase> alone = cases.Except(right);

        // When something is wrong with many, each on its own shows with which.
        if (right.Count > 0 && !CaseCheck.AreRight(right, setting))
        {
            alone = cases;
        }

        List<(FuzzCase Case, Verdict Verdict)> verdicts = alone.Select(one => (one, CaseCheck.Alone(one, setting))).ToList();
        return new Tally(
            right.Count,
            right.Sum(one => one.Networks.Count + one.Classes.Count()),
            cases.Count(one => one.Kind == CaseKind.Wrong),
            cases.Count(one => one.Kind == CaseKind.Damaged),
            verdicts.Where(one => one.Verdict.Problems.Count > 0).Select(one => new Finding(one.Case, setting, one.Verdict.Problems)).ToList(),
            verdicts.Where(one => one.Verdict.CompilerFault is not null).Select(one => new CompilerFault(one.Case, setting, one.Verdict.CompilerFault!)).ToList());
    }
}
