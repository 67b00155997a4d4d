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

        bool isFrugal = Allocation.Print(
            SeedNetworks.All.Select(network => network.CreateDouble()), SeedNetworks.All.Select(network => network.CreateSingle()).Append(new LoopedNetwork()));
        return Hashes.Print() && isFrugal && wrong.Count == 0 ? 0 : 1;
    }
}

/// <summary>Too large for a straight line: layer by layer, in loops over vectors.</summary>
[Network(8, Loss = Loss.HalfSquaredError)]
[Dense(64, Activation.Tanh)]
[Dense(61, Activation.Relu)]
[Dense(3)]
internal sealed partial class LoopedNetwork;
