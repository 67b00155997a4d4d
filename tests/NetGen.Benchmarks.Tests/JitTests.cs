using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using NetGen.Benchmarks.Cold;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Networks;
using NetGen.TestKit;
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
        var widths = new HashSet<int>();
        string[] lines = [.. ChildProcess.JitLog(contestant, disabled.Length > 0 ? [(disabled, "0")] : [])];
        foreach (Subject subject in Subject.All.Where(subject => contestant != Roster.Unrolled || subject.CreateUnrolled is not null))
        {
            Type type = (contestant switch
            {
                Roster.Strict => subject.CreateStrict,
                Roster.Fused => subject.CreateFused,
                _ => subject.CreateUnrolled!,
            })().GetType();
            IReadOnlyList<Type> types = GeneratedMethods.Types(type);
            JitLog log = JitLog.Parse(lines, types);
            string[] optimised = log.Entries.Where(entry => entry.Tier == Tier.FullOpts).Select(entry => entry.Method).ToArray();
            Assert.Contains(optimised, method => !method.StartsWith($"{type.FullName}:", StringComparison.Ordinal));

            // Passes are made for the kernels of a width: A.Net+Kernels:Forward[A.Net+Kernels+Vectors256](…), or …Vectors128`1[NetGen.Runtime.FusedArithmetic1]](…).
            widths.UnionWith(types.Where(one => optimised.Any(method => method.Contains($"[{GeneratedMethods.InLog(one)}", StringComparison.Ordinal))).Select(GeneratedMethods.Width));
            Assert.DoesNotContain(log.Entries, entry => entry.Tier == Tier.SwitchedMinOpts);
        }

        // Each setting leaves another width, so that the kernels of all widths are seen where the machine has them.
        int widest = disabled switch
        {
            "DOTNET_EnableAVX2" => 128,
            "DOTNET_EnableAVX512" => 256,
            _ => 512,
        };
        Assert.Equal(
            Vector512.IsHardwareAccelerated ? widest : Vector256.IsHardwareAccelerated ? Math.Min(widest, 256) : 128,
            widths.Max());
    }
}
