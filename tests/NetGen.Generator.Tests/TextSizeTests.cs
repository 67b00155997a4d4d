using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Emit;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>A text grows with the layers of its network and no faster, and so does what writing it takes.</summary>
public sealed class TextSizeTests
{
    private const long MostBytes = 64 << 20;

    /// <summary>Characters; the longest statement is one of the derivative of gelu in its tanh form, with 1,027 whatever the layers.</summary>
    private const int LongestLine = 1100;

    public static TheoryData<string> Activations => new(Enum.GetNames<Activation>());

    [Theory]
    [MemberData(nameof(Activations))]
    public void Text_is_linear_in_the_layers(string activation)
    {
        foreach (Dialect dialect in Enum.GetValues<Dialect>())
        {
            const int Units = 2;
            var lengths = new Dictionary<int, int>();
            foreach (int layers in new[] { 1, 12, 60, 200 })
            {
                NetworkSpec spec = Spec(activation, layers, Units, dialect);
                long before = GC.GetAllocatedBytesForCurrentThread();
                string text = NetworkEmitter.Emit(Planner.Plan(spec));
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.True(allocated <= MostBytes, $"{dialect}, {layers} layers: {allocated} bytes allocated");
                string longest = text.Split('\n').MaxBy(line => line.Length)!;
                Assert.True(longest.Length <= LongestLine, $"{dialect}, {layers} layers: {longest.Length} characters in {longest[..Math.Min(longest.Length, 200)]}");
                lengths[layers] = text.Length;
            }

            // Of networks that are written in the same form, 200 layers are little more than 200 / 60 times as long as 60.
            Assert.True(lengths[200] <= 4L * lengths[60], $"{dialect}: {lengths[60]} characters for 60 layers, {lengths[200]} for 200");
        }
    }

    private static NetworkSpec Spec(string activation, int layers, int units, Dialect dialect) => new(
        new TypeSpec("Demo", default, "Net", "Demo.Net.g.cs"),
        units,
        new EquatableArray<LayerSpec>(Enumerable.Repeat(new LayerSpec(units, activation, UseBias: true), layers)),
        "HalfSquaredError",
        false,
        null,
        NumberType.Single,
        IsFused: false,
        Unrolling.Auto,
        new TargetSpec(dialect, Contract.Static, AggressiveOptimization: true));
}
