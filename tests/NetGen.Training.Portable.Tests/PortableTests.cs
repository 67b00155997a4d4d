using System;
using System.Diagnostics;
using System.IO;
using System.Reflection;
using System.Runtime.Versioning;
using NetGen.Training.Child;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>What the build for .NET Standard 2.1 has of its own.</summary>
public sealed class PortableTests
{
    /// <summary>Otherwise all tests here would be tests of the other build.</summary>
    [Fact]
    public void The_build_is_the_one_for_NET_Standard() => Assert.Equal(
        ".NETStandard,Version=v2.1", typeof(Checkpoint).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);

    /// <summary>Optimizers, losses, clipping, schedules and threads of both builds, in both precisions.</summary>
    [Fact]
    public void The_bits_are_those_of_the_other_build()
    {
        string here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string there = here.Replace("NetGen.Training.Portable.Tests", "NetGen.Training.Child", StringComparison.Ordinal);
        Assert.NotEqual(here, there);
        string program = Path.Combine(there, "NetGen.Training.Child.dll");
        using Process process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, [program, "train", "1"]) { RedirectStandardOutput = true })!;
        string hash = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(Workout.Run(2), hash);
    }

    /// <summary>One operation in double, rounded to float, is the operation in float: subnormal results, ties and overflows included.</summary>
    [Fact]
    public void An_operation_rounds_once()
    {
        var random = new Random(1);
        for (int round = 0; round < 200_000; round++)
        {
            float x = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            float y = round % 2 == 0 ? BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)) : (float)random.NextDouble() * x;
            var a = new NetGen.Training.Vector<float>(x);
            var b = new NetGen.Training.Vector<float>(y);
            AssertSame(x + y, a + b);
            AssertSame(x - y, a - b);
            AssertSame(x * y, a * b);
            AssertSame(x / y, a / b);
            AssertSame(MathF.Sqrt(x), NetGen.Training.Vector.SquareRoot(a));
        }
    }

    private static void AssertSame(float expected, NetGen.Training.Vector<float> actual)
    {
        if (!float.IsNaN(expected) || !double.IsNaN(actual.Value))
        {
            Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits((float)actual.Value));
        }
    }
}
