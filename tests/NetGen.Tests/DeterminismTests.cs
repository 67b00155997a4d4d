using System;
using System.Diagnostics;
using System.IO;
using Xunit;

namespace NetGen.Tests;

/// <summary>
/// Strict arithmetic gives the same bits whatever the processor offers: one program that uses 48 random networks in every way runs under
/// each instruction set and compilation mode, and must print the committed hashes.
/// </summary>
public sealed class DeterminismTests
{
    [Theory]
    [InlineData("")]
    [InlineData("DOTNET_EnableAVX512=0")]
    [InlineData("DOTNET_EnableAVX2=0")]
    [InlineData("DOTNET_EnableHWIntrinsic=0")]
    [InlineData("DOTNET_TieredCompilation=0")]
    [InlineData("DOTNET_TieredPGO=0")]
    public void The_bits_are_the_committed_ones(string setting)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "NetGen.Determinism.dll");
        var start = new ProcessStartInfo(Environment.ProcessPath!, [program, "--check"]) { RedirectStandardOutput = true };
        if (setting.Length > 0)
        {
            start.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{setting}: {output}");
        Assert.StartsWith("same: all 48 networks ", output);
    }
}
