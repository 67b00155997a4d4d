using System;
using System.Linq;
using System.Runtime.Intrinsics;
using NetGen.Benchmarks.Cold;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Networks;
using Xunit;

namespace NetGen.Benchmarks.Tests;

/// <summary>The JIT optimises every method of the networks of the benchmarks, the large and the unrolled ones too: its log would say if it gave up.</summary>
public sealed class JitTests
{
    public static TheoryData<string, string> Runs()
    {
        var data = new TheoryData<string, string>();
        foreach (string contestant in new[] { Roster.Strict, Roster.Fused, Roster.Unrolled })
        {
            foreach (string setting in new[] { "", "DOTNET_EnableAVX512", "DOTNET_EnableAVX2" })
            {
                data.Add(contestant, setting);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void No_method_is_too_large_for_the_JIT(string contestant, string disabled)
    {
        string[] lines = [.. ChildProcess.JitLog(contestant, disabled.Length > 0 ? [(disabled, "0")] : [])];
        foreach (Subject subject in Subject.All.Where(subject => contestant != Roster.Unrolled || subject.CreateUnrolled is not null))
        {
            Type type = (contestant switch
            {
                Roster.Strict => subject.CreateStrict,
                Roster.Fused => subject.CreateFused,
                _ => subject.CreateUnrolled!,
            })().GetType();
            JitLog log = JitLog.Parse(lines, type.FullName!);
            Assert.Contains(log.Entries, entry => entry.Method.Contains("+Kernels", StringComparison.Ordinal) && entry.Tier == Tier.FullOpts);
            Assert.DoesNotContain(log.Entries, entry => entry.Tier == Tier.SwitchedMinOpts);
        }

        // Each setting leaves another width, so that the kernels of all widths are seen where the machine has them.
        bool Compiled(int bits) => lines.Any(line => line.Contains($"Vectors{bits}", StringComparison.Ordinal));
        int widest = disabled switch
        {
            "DOTNET_EnableAVX2" => 128,
            "DOTNET_EnableAVX512" => 256,
            _ => 512,
        };
        Assert.Equal(
            Vector512.IsHardwareAccelerated ? widest : Vector256.IsHardwareAccelerated ? Math.Min(widest, 256) : 128,
            new[] { 512, 256, 128 }.Where(Compiled).DefaultIfEmpty(0).Max());
    }
}
