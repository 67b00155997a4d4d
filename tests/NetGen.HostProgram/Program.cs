using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NetGen.Determinism;
using NetGen.Sample.Seeds;

namespace NetGen.HostProgram;

/// <summary>What runs on every host.</summary>
public static class Program
{
    /// <summary>
    /// Compares with reference values and committed hashes and counts the bytes of calls. Every line is "name: value", which tests/NetGen.Hosts reads; what went wrong
    /// stands in lines with an exclamation mark.
    /// </summary>
    /// <returns>The exit code.</returns>
    public static int Run()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        string vectors = string.Join(", ", new[] { (Vector128.IsHardwareAccelerated, "128"), (Vector256.IsHardwareAccelerated, "256"), (Vector512.IsHardwareAccelerated, "512") }
            .Where(width => width.Item1).Select(width => width.Item2).DefaultIfEmpty("none"));
        Console.WriteLine($"runtime: {RuntimeInformation.FrameworkDescription}");
        Console.WriteLine($"vectors: {vectors}");

        var findings = new List<(string Name, Finding Finding)>();
        foreach (SeedCase seedCase in new[] { "S0", "S1", "S2", "S3", "S4" }.SelectMany(SeedCase.Load))
        {
            SeedNetwork network = SeedNetworks.Find(seedCase.Seed, seedCase.Shape);
            findings.AddRange(SeedCheck<double>.Run(seedCase, network.CreateDouble()).Select(finding => ($"{seedCase.Title}, double", finding)));
            findings.AddRange(SeedCheck<float>.Run(seedCase, network.CreateSingle()).Select(finding => ($"{seedCase.Title}, float", finding)));
        }

        List<(string Name, Finding Finding)> wrong = findings.Where(found => !found.Finding.Passed).ToList();
        wrong.ForEach(found => Console.WriteLine($"! {found.Name}: {found.Finding.What}: {found.Finding.Shown}, allowed {found.Finding.Tolerance}"));
        Console.WriteLine($"golden: {findings.Count - wrong.Count}/{findings.Count}");

        (double Bytes, string Where)? allocated = Allocation.PerCall();
        if (allocated is { Bytes: not 0 } some)
        {
            Console.WriteLine($"! {some.Where} allocates {some.Bytes} bytes per call");
        }

        Console.WriteLine($"bytes: {allocated?.Bytes.ToString() ?? "not counted"}");

        IReadOnlyList<string> lines = Hashes.Compute();
        IReadOnlyList<string> different = Hashes.Differences(lines);
        foreach (string line in different)
        {
            Console.WriteLine($"! other bits: {line}");
        }

        Console.WriteLine($"hash: {lines[^1].Split(' ')[^1]} ({lines.Count - different.Count}/{lines.Count})");
        return wrong.Count == 0 && different.Count == 0 && (allocated is null or { Bytes: 0 }) ? 0 : 1;
    }
}
