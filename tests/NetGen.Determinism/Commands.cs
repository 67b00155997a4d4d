using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Determinism
{
    /// <summary>Prints the hashes. With --check they are compared with the committed ones. With --cost three networks are timed instead.</summary>
    internal static class Commands
    {
        public static int Run(string[] args)
        {
            if (args.Contains("--cost"))
            {
                return Cost.Print();
            }

            IReadOnlyList<string> lines = Hashes.Compute();
            if (!args.Contains("--check"))
            {
                Print(lines, "");
                return 0;
            }

            IReadOnlyList<string> different = Hashes.Differences(lines);
            Print(different, "differs: ");
            Console.WriteLine(different.Count == 0
                ? "same: " + lines[lines.Count - 1]
                : FormattableString.Invariant($"{different.Count} of {Hashes.Committed().Count} lines differ"));
            return different.Count == 0 ? 0 : 1;
        }

        private static void Print(IReadOnlyList<string> lines, string prefix)
        {
            foreach (string line in lines)
            {
                Console.WriteLine(prefix + line);
            }
        }
    }
}
