using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NetGen.Determinism
{
    /// <summary>A line for each network, its name and the hash of all it computes, and a last line with one hash of all lines.</summary>
    internal static class Hashes
    {
        public static IReadOnlyList<string> Compute()
        {
            List<string> lines = Cases.Lines().ToList();
            var all = new BitHash();
            foreach (char c in string.Concat(lines))
            {
                all.Add(c);
            }

            lines.Add(FormattableString.Invariant($"all {lines.Count} networks {all.Value:x16}"));
            return lines;
        }

        /// <summary>Prints what a host says of its hashes: the last one, how many lines are the committed ones, and those that are not.</summary>
        /// <returns>Whether all are.</returns>
        public static bool Print()
        {
            IReadOnlyList<string> lines = Compute();
            IReadOnlyList<string> different = Differences(lines);
            foreach (string line in different)
            {
                Console.WriteLine($"! other bits: {line}");
            }

            Console.WriteLine($"hash: {lines[^1].Split(' ')[^1]} ({lines.Count - different.Count}/{lines.Count})");
            return different.Count == 0;
        }

        /// <summary>The lines of hashes.txt, which every machine must reproduce.</summary>
        public static IReadOnlyList<string> Committed()
        {
            using var reader = new StreamReader(typeof(Hashes).Assembly.GetManifestResourceStream("hashes.txt")!);
            return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }

        /// <summary>Which of the lines are not the committed ones; those that lack stand as they should be.</summary>
        public static IReadOnlyList<string> Differences(IReadOnlyList<string> lines)
        {
            IReadOnlyList<string> committed = Committed();
            return lines.Except(committed).Concat(committed.Skip(lines.Count)).ToList();
        }
    }
}
