using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NetGen.Determinism;

// Prints a line for each network: its name and the hash of all it computes; then one hash of all lines. With --check the lines are
// compared with hashes.txt, which every machine must reproduce.
List<string> lines = Cases.All.Select((run, index) => $"{run.Name} {run.Hash((ulong)index + 1):x16}").ToList();
var all = new BitHash();
foreach (char c in string.Concat(lines))
{
    all.Add(c);
}

lines.Add(string.Create(CultureInfo.InvariantCulture, $"all {lines.Count} networks {all.Value:x16}"));
if (!args.Contains("--check"))
{
    lines.ForEach(Console.WriteLine);
    return 0;
}

using var reader = new StreamReader(typeof(Cases).Assembly.GetManifestResourceStream("hashes.txt")!);
string[] expected = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
List<string> different = lines.Except(expected).ToList();
different.ForEach(line => Console.WriteLine($"differs: {line}"));
Console.WriteLine(different.Count == 0 && expected.Length == lines.Count ? $"same: {lines[^1]}" : $"{different.Count} of {expected.Length} lines differ");
return different.Count == 0 && expected.Length == lines.Count ? 0 : 1;
