using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Tests;

/// <summary>Parameters in and out, their place in memory, and their initial values.</summary>
public sealed class ParameterTests
{
    public static TheoryData<int> Indices => SampleNetworks.Indices;

    [Theory]
    [MemberData(nameof(Indices))]
    public void Parameters_go_in_and_out_in_canonical_order(int index)
    {
        ITrainable<float> network = SampleNetworks.Create(index);
        Declaration declaration = SampleNetworks.All[index];
        float[] values = Enumerable.Range(1, network.Parameters.Layout.ParameterCount).Select(number => (float)number).ToArray();
        network.Parameters.CopyFrom(values);
        Assert.Equal(values, network.Parameters.Canonical());

        int next = 0;
        int inputs = declaration.Inputs;
        for (int l = 0; l < declaration.Layers.Count; l++)
        {
            Layer layer = declaration.Layers[l];
            for (int o = 0; o < layer.Units; o++)
            {
                for (int i = 0; i < inputs; i++)
                {
                    Assert.Equal(values[next++], network.Parameters.Weight(l, o, i));
                }
            }

            for (int o = 0; layer.UseBias && o < layer.Units; o++)
            {
                Assert.Equal(values[next++], network.Parameters.Bias(l, o));
            }

            inputs = layer.Units;
        }

        Assert.Equal(values.Length, next);
    }

    /// <summary>The blocks are all parameters, in canonical order, each once, under names of their own.</summary>
    [Theory]
    [MemberData(nameof(Indices))]
    public void Parameters_are_named_blocks(int index)
    {
        Declaration declaration = SampleNetworks.All[index];
        ParameterBuffer<float> parameters = SampleNetworks.Create(index).Parameters;
        float[] values = Enumerable.Range(1, parameters.Layout.ParameterCount).Select(number => (float)number).ToArray();
        parameters.CopyFrom(values);
        IReadOnlyList<ParameterBlock> blocks = parameters.Layout.Blocks;
        Assert.Same(blocks, parameters.Layout.Blocks);
        var expected = new List<(string Name, ParameterRole Role, int Layer, string Shape, double Bound)>();
        for (int l = 0; l < declaration.Layers.Count; l++)
        {
            Layer layer = declaration.Layers[l];
            int inputs = l == 0 ? declaration.Inputs : declaration.Layers[l - 1].Units;
            expected.Add(($"layers.{l}.weight", ParameterRole.Weight, l, $"{layer.Units}×{inputs}", parameters.Layout.Layers[l].InitialBound));
            if (layer.UseBias)
            {
                expected.Add(($"layers.{l}.bias", ParameterRole.Bias, l, $"{layer.Units}", 0));
            }
        }

        Assert.Equal(expected, blocks.Select(block => (block.Name, block.Role, block.Layer, string.Join("×", block.Shape), block.InitialBound)));
        Assert.All(blocks, block => Assert.Equal(block.Shape.Aggregate((x, y) => x * y), block.Count));
        Assert.Equal(values, blocks.SelectMany(block => Enumerable.Range(0, block.Count).Select(parameter => parameters.AsSpan()[block.Element(parameter)])));
        Assert.All(blocks, block => Assert.Equal(values[block.FirstParameter], parameters.AsSpan()[block.Element(0)]));
        Assert.All(blocks, block => Assert.Throws<ArgumentOutOfRangeException>("parameter", () => block.Element(block.Count)));
        Assert.All(blocks, block => Assert.Throws<ArgumentOutOfRangeException>("parameter", () => block.Element(-1)));
    }

    /// <summary>Threads that ask at once get the same blocks, so that these may be compared and be keys.</summary>
    [Fact]
    public void Blocks_are_the_same_for_all_threads()
    {
        const int Threads = 4;
        const int Rounds = 50;
        const int Layers = 2_000;
        LayerLayout[] layers = Enumerable.Repeat(new LayerLayout(1, 1, 0, 1, 1, 1, 1, 0), Layers).ToArray();
        ParameterLayout[] layouts = Enumerable.Range(0, Rounds).Select(_ => new ParameterLayout(4, layers)).ToArray();
        var found = new IReadOnlyList<ParameterBlock>[Threads][];
        using var together = new Barrier(Threads);
        Thread[] threads = Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            found[thread] = new IReadOnlyList<ParameterBlock>[Rounds];
            for (int round = 0; round < Rounds; round++)
            {
                together.SignalAndWait();
                found[thread][round] = layouts[round].Blocks;
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(Enumerable.Range(0, Rounds), round => Assert.All(found, blocks => Assert.Same(layouts[round].Blocks, blocks[round])));
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Every_layer_starts_on_a_cache_line(int index)
    {
        ParameterBuffer<float> parameters = SampleNetworks.Create(index).Parameters;
        Assert.Equal(0, Address(ref parameters.Origin) % 64);
        Assert.All(parameters.Layout.Layers, layer => Assert.Equal(0, layer.WeightOffset % 16));
    }

    /// <summary>A factor that is no number reaches the parameters, never what lies between them; and what lies there does not survive new parameters.</summary>
    [Theory]
    [MemberData(nameof(Indices))]
    public void Padding_is_zero_after_factors_that_are_not_finite(int index)
    {
        ITrainable<float> network = SampleNetworks.Create(index);
        ParameterBuffer<float> parameters = network.Parameters;
        network.Initialize(3);
        float[] good = parameters.Canonical();
        ParameterBuffer<float> gradient = network.CreateGradient();
        gradient.CopyFrom(good);
        HashSet<int> used = Elements(parameters.Layout).ToHashSet();
        foreach (double factor in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e300 })
        {
            parameters.AddScaled(gradient, factor);
            Assert.Contains(parameters.Canonical(), value => !float.IsFinite(value));
            Assert.All(Between(parameters, used), value => Assert.Equal(0, value));
            parameters.AsSpan().Fill((float)factor);
            parameters.CopyFrom(good);
            Assert.Equal(good, parameters.Canonical());
            Assert.All(Between(parameters, used), value => Assert.Equal(0, value));
        }
    }

    /// <summary>Optimizers may run over all elements: whatever is no parameter is zero and stays zero.</summary>
    [Theory]
    [MemberData(nameof(Indices))]
    public void Padding_stays_zero_in_training(int index)
    {
        SampleNetworks.PrepareForms("Single");
        Declaration declaration = SampleNetworks.All[index];
        foreach (Form form in Enum.GetValues<Form>())
        {
            var network = (ITrainable<float>)Networks.Create<float>(declaration, form);
            network.Initialize(3);
            ParameterBuffer<float> gradient = network.CreateGradient();
            float[] x = Tensors.To<float>(Tensors.Random(new Random(1), declaration.Inputs));
            float[] y = Tensors.To<float>(Tensors.Random(new Random(2), declaration.Outputs));
            x[0] = float.PositiveInfinity;
            network.Backward(x, y, gradient);
            network.SgdStep(x, y, 0.1f);
            foreach (ParameterBuffer<float> buffer in new[] { network.Parameters, gradient })
            {
                HashSet<int> used = Elements(buffer.Layout).ToHashSet();
                Assert.Equal(buffer.Layout.ParameterCount, used.Count);
                float[] elements = buffer.AsSpan().ToArray();
                Assert.All(Enumerable.Range(0, elements.Length).Where(element => !used.Contains(element)), element => Assert.Equal(0, elements[element]));
            }
        }
    }

    /// <summary>The first numbers of seed 1 and of SplitMix64: they must never change, on any platform.</summary>
    [Fact]
    public void Initial_values_are_the_same_everywhere()
    {
        var network = Networks.Create<double>(SampleNetworks.Iris with { Precision = "Double" });
        network.Initialize(0);
        double bound = Math.Sqrt(6.0 / 20);

        // SplitMix64 with seed 0 begins with 0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F.
        double[] expected = new[] { 0xE220A8397B1DCDAFUL, 0x6E789E6AA1B965F4UL, 0x06C45D188009454FUL }
            .Select(bits => (((bits >> 11) / (double)(1UL << 52)) - 1) * bound)
            .ToArray();
        Assert.Equal(expected, network.Parameters.Canonical()[..3]);
    }

    [Fact]
    public void Initial_values_follow_the_rule_of_the_layer()
    {
        var declaration = new Declaration(50, [new Layer(40, "Relu"), new Layer(30, "Tanh"), new Layer(10, "Softmax")]);
        INetwork<float> network = Networks.Create<float>(declaration);
        network.Initialize(1);
        double[] bounds = [Math.Sqrt(6.0 / 50), Math.Sqrt(6.0 / 70), Math.Sqrt(6.0 / 40)];
        for (int l = 0; l < 3; l++)
        {
            LayerLayout layer = network.Parameters.Layout.Layers[l];
            Assert.Equal(bounds[l], layer.InitialBound);
            var weights = new List<double>();
            for (int o = 0; o < layer.Units; o++)
            {
                Assert.Equal(0, network.Parameters.Bias(l, o));
                for (int i = 0; i < layer.Inputs; i++)
                {
                    weights.Add(network.Parameters.Weight(l, o, i));
                }
            }

            // Uniform in ±bound: nearly reaches both ends, mean 0, variance bound²/3.
            Assert.InRange(weights.Max(), 0.9 * bounds[l], bounds[l]);
            Assert.InRange(weights.Min(), -bounds[l], -0.9 * bounds[l]);
            Assert.InRange(weights.Average() / bounds[l], -0.1, 0.1);
            Assert.InRange(weights.Average(w => w * w) / (bounds[l] * bounds[l]), 0.28, 0.39);
        }

        float[] first = network.Parameters.Canonical();
        network.Initialize(2);
        Assert.NotEqual(first, network.Parameters.Canonical());
        network.Initialize(1);
        Assert.Equal(first, network.Parameters.Canonical());
    }

    [Fact]
    public void Adding_a_multiple_is_elementwise()
    {
        CheckAddScaled<float>();
        CheckAddScaled<double>();
    }

    [Fact]
    public void Wrong_indices_and_lengths_are_named()
    {
        ParameterBuffer<float> parameters = SampleNetworks.Create(4).Parameters;
        Assert.Throws<ArgumentOutOfRangeException>("layer", () => parameters.Weight(1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("unit", () => parameters.Weight(0, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("input", () => parameters.Weight(0, 0, -1));
        Assert.Throws<InvalidOperationException>(() => parameters.Bias(0, 0));
        Assert.Throws<ArgumentException>("destination", () => parameters.CopyTo(new float[2]));
        Assert.Throws<ArgumentException>("source", () => parameters.CopyFrom(new float[0]));
        Assert.Throws<NotSupportedException>(() => new ParameterBuffer<int>(parameters.Layout));
        Assert.Throws<ArgumentNullException>("layout", () => new ParameterBuffer<float>(null!));
    }

    private static void CheckAddScaled<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        INetwork<T> network = Networks.Create<T>(SampleNetworks.Deep);
        network.Initialize(1);
        ParameterBuffer<T> other = network.CreateGradient();
        other.Initialize(2);
        T factor = T.CreateChecked(0.37);
        T[] expected = network.Parameters.Canonical().Zip(other.Canonical(), (x, y) => x + (y * factor)).ToArray();
        network.Parameters.AddScaled(other, 0.37);
        Assert.Equal(expected, network.Parameters.Canonical());

        // A factor that has the number type keeps its bits.
        network.Initialize(1);
        network.Parameters.AddScaled(other, double.CreateChecked(factor));
        Assert.Equal(expected, network.Parameters.Canonical());
    }

    private static IEnumerable<int> Elements(ParameterLayout layout) => layout.Layers.SelectMany(layer =>
        Enumerable.Range(0, layer.Units).SelectMany(unit => Enumerable.Range(0, layer.Inputs)
            .Select(input => layer.WeightElement(unit, input))
            .Concat(layer.HasBias ? new[] { layer.BiasElement(unit) } : [])));

    private static unsafe long Address(ref float element) => (long)Unsafe.AsPointer(ref element);

    private static IEnumerable<float> Between(ParameterBuffer<float> buffer, HashSet<int> used) =>
        buffer.AsSpan().ToArray().Where((_, element) => !used.Contains(element));
}
