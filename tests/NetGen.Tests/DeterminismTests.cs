using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Intrinsics;
using Xunit;

namespace NetGen.Tests;

/// <summary>
/// Strict arithmetic gives the same bits whatever the processor offers: one program that uses 68 networks in every way runs under
/// each instruction set and compilation mode, and must print the committed hashes.
/// </summary>
public sealed class DeterminismTests
{
    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic=0")]
    [InlineData("DOTNET_TieredCompilation=0")]
    public void The_bits_are_the_committed_ones(string setting) => Run("NetGen.Determinism.dll", setting);

    /// <summary>The same program as a game engine compiles it, C# 9 for netstandard2.1: other code, the same bits.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("DOTNET_EnableHWIntrinsic=0")]
    [InlineData("DOTNET_TieredCompilation=0")]
    public void The_floor_dialect_gives_the_same_bits(string setting) => Run("NetGen.Determinism.Floor.dll", setting);

    /// <summary>The same bits with vectors of every width; and the JIT lists what it compiles and how: it gives up optimising a method that is too large, and says so.</summary>
    [Theory]
    [InlineData("", "Vectors512", "Lanes512", "Lines256")]
    [InlineData("DOTNET_EnableAVX512=0", "Vectors256", "Lanes256", "Lines256")]
    [InlineData("DOTNET_EnableAVX2=0", "Vectors128", "Lanes128", "Lines128")]
    public void Every_width_gives_the_same_bits_and_is_optimised(string setting, params string[] kernels)
    {
        string file = Path.GetTempFileName();
        Run("NetGen.Determinism.dll", setting, "DOTNET_JitStdOutFile=" + file, "DOTNET_JitDisasmSummary=1");
        string[] log = File.ReadAllLines(file);
        File.Delete(file);

        // Without the hardware the kernels of that width are never compiled.
        if (setting.Length > 0 || Vector512.IsHardwareAccelerated)
        {
            Assert.All(kernels, kernel => Assert.Contains(log, line => line.Contains(kernel, StringComparison.Ordinal) && line.Contains("FullOpts", StringComparison.Ordinal)));
        }

        Assert.DoesNotContain(log, line => line.Contains("Kernels", StringComparison.Ordinal) && line.Contains("MinOpts", StringComparison.Ordinal));
    }

    /// <summary>Networks that are another but for Unroll have its hash, in the committed file too.</summary>
    [Fact]
    public void Unroll_changes_no_bit()
    {
        using Stream resource = Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "NetGen.Determinism.dll")).GetManifestResourceStream("hashes.txt")!;
        using var reader = new StreamReader(resource);
        Dictionary<string, string> hashes = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => words[^1]);
        string[] pairs = hashes.Keys.Where(name => name.EndsWith("Full", StringComparison.Ordinal) || name.EndsWith("Never", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["Network20Never", "Network40Never", "WideNetworkFull"], pairs);
        Assert.All(pairs, name => Assert.Equal(hashes[name.Replace("Full", "", StringComparison.Ordinal).Replace("Never", "", StringComparison.Ordinal)], hashes[name]));
    }

    private static void Run(string program, params string[] settings)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, program), "--check"]) { RedirectStandardOutput = true };
        foreach (string[] setting in settings.Where(setting => setting.Length > 0).Select(setting => setting.Split('=')))
        {
            start.Environment[setting[0]] = setting[1];
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(", ", settings)}: {output}");
        Assert.StartsWith("same: all 68 networks ", output);
    }
}
