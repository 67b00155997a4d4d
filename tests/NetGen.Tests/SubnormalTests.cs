using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using NetGen.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace NetGen.Tests;

/// <summary>
/// Hardly anything becomes subnormal where inputs, weights and targets are 0 or at least 1e-6 in size: the processor notes in a register when an operation had a
/// subnormal operand, or a result below the normal range that it had to round.
/// </summary>
public sealed class SubnormalTests(ITestOutputHelper output)
{
    private const uint SubnormalOperand = 0x02;
    private const uint Underflow = 0x10;

    private static readonly string[] Saturating =
        ["Sigmoid", "Tanh", "Elu", "Selu", "Gelu", "GeluTanh", "Silu", "Softplus", "Softsign", "Mish", "Softmax", "LogSoftmax"];

    /// <summary>Networks of four layers in which every activation stands in every place, with every loss.</summary>
    private static readonly Declaration[] Declarations = Enumerable.Range(0, Saturating.Length).Select(first =>
    {
        string At(int layer) => Saturating[(first + (layer * 5)) % Saturating.Length];
        (string loss, string[]? last) = RandomDeclarations.Losses[first % RandomDeclarations.Losses.Length];
        return new Declaration(
            6,
            [new Layer(9, At(0)), new Layer(8, At(1)), new Layer(17, At(2)), new Layer(5, last is null || last.Contains(At(3)) ? At(3) : last[0])],
            loss,
            Unroll: first % 3 == 0 ? "Never" : "Auto");
    }).ToArray();

    private static readonly Dictionary<string, (Form Form, string Arithmetic)> Kinds = new()
    {
        ["strict"] = (Form.Auto, "Strict"),
        ["fused"] = (Form.Auto, "Fused"),
        ["floor"] = (Form.Scalar, "Strict"),
    };

    [LinuxX64Theory]
    [InlineData("strict")]
    [InlineData("fused")]
    [InlineData("floor")]
    public void Single_hardly_meets_any(string kind) => Check<float>(kind);

    [LinuxX64Theory]
    [InlineData("strict")]
    [InlineData("fused")]
    [InlineData("floor")]
    public void Double_hardly_meets_any(string kind) => Check<double>(kind);

    private void Check<T>(string kind)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (Form form, string arithmetic) = Kinds[kind];
        string precision = typeof(T) == typeof(float) ? "Single" : "Double";
        Declaration[] declarations = Declarations.Select(declaration => declaration with { Arithmetic = arithmetic, Precision = precision }).ToArray();
        Networks.Prepare(declarations, form);
        int calls = 0;
        var raised = new Dictionary<string, int>();
        foreach (Declaration declaration in declarations)
        {
            var network = (ITrainable<T>)Networks.Create<T>(declaration, form);
            var random = new Random(5);
            for (int round = 0; round < 60; round++)
            {
                Fill(network, random);
                foreach ((string name, Action call) in Calls(network, random))
                {
                    if (round == 0)
                    {
                        // The compiler of the runtime computes, too.
                        call();
                    }

                    uint flags = Flags(call);
                    calls++;
                    if (flags != 0)
                    {
                        string key = $"{declaration} {name}";
                        raised[key] = raised.GetValueOrDefault(key) + 1;
                    }
                }
            }
        }

        output.WriteLine($"{raised.Values.Sum()} of {calls} calls\n{string.Join("\n", raised.Select(pair => $"{pair.Key}: {pair.Value}"))}");

        // A hidden unit that cannot saturate may still be tiny, and so may its product with others.
        int one = typeof(T) == typeof(float) ? 30 : 200;
        Assert.True(raised.Values.Sum() * one <= calls, $"More than one call in {one} met subnormal numbers.");
    }

    private static void Fill<T>(ITrainable<T> network, Random random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var layers = network.Parameters.Layout.Layers;
        for (int layer = 0; layer < layers.Count; layer++)
        {
            int mode = random.Next(4);
            for (int unit = 0; unit < layers[layer].Units; unit++)
            {
                for (int input = 0; input < layers[layer].Inputs; input++)
                {
                    network.Parameters.Weight(layer, unit, input) = Number<T>(random);
                }

                network.Parameters.Bias(layer, unit) = mode switch
                {
                    0 => T.Zero,
                    1 => Number<T>(random),
                    2 => T.CreateChecked((random.NextDouble() * 2000) - 1000),
                    _ => T.CreateChecked(-40 - (random.NextDouble() * 70)),
                };
            }
        }
    }

    private static IEnumerable<(string Name, Action Call)> Calls<T>(ITrainable<T> network, Random random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Samples = 19;
        int inputs = network.Parameters.Layout.Layers[0].Inputs;
        int outputs = network.Parameters.Layout.Layers[^1].Units;
        T[] xs = Enumerable.Range(0, inputs * Samples).Select(_ => Number<T>(random)).ToArray();
        T[] ys = Enumerable.Range(0, outputs * Samples).Select(index => T.CreateChecked(index % outputs == 0 ? 1 : 0)).ToArray();
        T[] x = xs[..inputs];
        T[] y = ys[..outputs];
        T[] g = Enumerable.Range(0, outputs).Select(_ => Number<T>(random)).ToArray();
        var a = new T[outputs];
        var outs = new T[outputs * Samples];
        var dx = new T[inputs];
        var dxs = new T[inputs * Samples];
        var trace = new T[network.TraceLength];
        ParameterBuffer<T> gradient = network.CreateGradient();
        yield return ("Forward", () => network.Forward(x, a, trace));
        yield return ("ForwardBatch", () => network.ForwardBatch(xs, outs));
        yield return ("product", () => network.Backward(x, trace, g, gradient, dx));
        gradient.Clear();
        yield return ("Backward", () => network.Backward(x, y, gradient, dx));
        gradient.Clear();
        yield return ("BackwardBatch", () => network.BackwardBatch(xs, ys, gradient, dxs));
        yield return ("SgdStep", () => network.SgdStep(x, y, T.CreateChecked(1.0 / 64)));
    }

    /// <summary>A number from 1e-6 to 10 in size, all sizes as likely.</summary>
    private static T Number<T>(Random random)
        where T : IBinaryFloatingPointIeee754<T> =>
        T.CreateChecked(Math.Pow(10, (random.NextDouble() * 7) - 6) * (random.Next(2) == 0 ? -1 : 1));

    /// <summary>What the processor notes during a call.</summary>
    private static uint Flags(Action call)
    {
        ReadEnvironment(out FloatingPointEnvironment environment);
        environment.Control &= ~0x3Fu;
        WriteEnvironment(in environment);
        call();
        ReadEnvironment(out environment);
        return environment.Control & (SubnormalOperand | Underflow);
    }

    [DllImport("libm.so.6", EntryPoint = "fegetenv")]
    private static extern int ReadEnvironment(out FloatingPointEnvironment environment);

    [DllImport("libm.so.6", EntryPoint = "fesetenv")]
    private static extern int WriteEnvironment(in FloatingPointEnvironment environment);

    /// <summary>As glibc has it on x64: that of the old unit, and the register of the vector unit.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 32)]
    private struct FloatingPointEnvironment
    {
        [FieldOffset(28)]
        public uint Control;
    }

    private sealed class LinuxX64TheoryAttribute : TheoryAttribute
    {
        public LinuxX64TheoryAttribute()
        {
            if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            {
                Skip = "The register is read as Linux on x64 has it.";
            }
        }
    }
}
