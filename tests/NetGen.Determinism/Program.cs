using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace NetGen.Determinism
{
    /// <summary>
    /// Prints a line for each network: its name and the hash of all it computes; then one hash of all lines. With --check the lines are
    /// compared with hashes.txt, which every machine must reproduce. With --cost it times three networks instead.
    /// </summary>
    internal static class Program
    {
        private static int Main(string[] args)
        {
            if (args.Contains("--cost"))
            {
                return Cost.Print();
            }

            List<string> lines = Cases.All
                .Select((run, index) => run.Name + " " + run.Hash((ulong)index + 1).ToString("x16", CultureInfo.InvariantCulture))
                .ToList();
            var all = new BitHash();
            foreach (char c in string.Concat(lines))
            {
                all.Add(c);
            }

            lines.Add(FormattableString.Invariant($"all {lines.Count} networks {all.Value:x16}"));
            if (!args.Contains("--check"))
            {
                lines.ForEach(Console.WriteLine);
                return 0;
            }

            using var reader = new StreamReader(typeof(Cases).Assembly.GetManifestResourceStream("hashes.txt")!);
            string[] expected = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            List<string> different = lines.Except(expected).ToList();
            different.ForEach(line => Console.WriteLine("differs: " + line));
            bool isSame = different.Count == 0 && expected.Length == lines.Count;
            Console.WriteLine(isSame
                ? "same: " + lines[lines.Count - 1]
                : FormattableString.Invariant($"{different.Count} of {expected.Length} lines differ"));
            return isSame ? 0 : 1;
        }
    }
}
