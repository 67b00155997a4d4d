using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using NetGen.TestKit;
using NetGen.Training.Child;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Learning rates and weight decays of layers: 50 steps by PyTorch's formulas, and which parameters a name reaches.</summary>
public sealed class GroupTests
{
    private static readonly Dictionary<string, GoldenCase> Cases = Golden.Cases("groups").ToDictionary(golden => golden.Name);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Fact]
    public void All_settings_are_here() => Assert.Equal(9, Cases.Count);

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_are_those_of_groups_of_PyTorch(string name)
    {
        OptimizerTests.Check(Cases[name], new SmallDouble(), 1e-9, optimizer => Set(optimizer, Cases[name].Json));
        OptimizerTests.Check(Cases[name], new SmallSingle(), 1e-4, optimizer => Set(optimizer, Cases[name].Json));
    }

    /// <summary>With a gradient of 0 a step shows what decays: by ηλ.</summary>
    [Fact]
    public void Only_matrices_decay_if_asked_for()
    {
        var network = new GraphNet();
        float[] ones = [.. Enumerable.Repeat(1f, GraphNet.ParameterCount)];
        Dictionary<string, float> Step(Action<Optimizer<float>> change)
        {
            network.Parameters.CopyFrom(ones);
            var optimizer = new Sgd<float>(network.Parameters, 0.5, weightDecay: 0.5);
            change(optimizer);
            optimizer.Step(network.CreateGradient());
            return GraphNet.Layout.Blocks.ToDictionary(block => block.Name, block => network.Parameters.AsSpan()[block.Element(block.Count - 1)]);
        }

        Assert.All(Step(_ => { }).Values, value => Assert.Equal(0.75f, value));
        Dictionary<string, float> steps = Step(optimizer => optimizer.DecaysOnlyWeights = true);
        Assert.All(steps, parameter => Assert.Equal(parameter.Key.EndsWith("weight", StringComparison.Ordinal) && parameter.Key != "layers.1.weight" ? 0.75f : 1, parameter.Value));

        // The longest name counts, and it alone.
        steps = Step(optimizer =>
        {
            optimizer.Group("Value.1.bias", rate: 2);
            optimizer.Group("Value", rate: 0.5, weightDecay: 1.5);
            optimizer.Group("Value.1", weightDecay: 0);
            optimizer.Group("layers", rate: 3);
            optimizer.Group("layers", rate: 0);
        });
        Assert.Equal((0.625f, 0.625f, 1f, 0.5f), (steps["Value.0.weight"], steps["Value.0.bias"], steps["Value.1.weight"], steps["Value.1.bias"]));
        Assert.Equal((0.75f, 0.75f), (steps["Policy.0.weight"], steps["Policy.0.bias"]));
        Assert.All(steps.Where(parameter => parameter.Key.StartsWith("layers.", StringComparison.Ordinal)), parameter => Assert.Equal(1, parameter.Value));
        Assert.All(network.Parameters.Padding(), element => Assert.Equal(0, element));

        steps = Step(optimizer =>
        {
            optimizer.Group("Policy", weightDecay: 1);
            optimizer.DecaysOnlyWeights = true;
        });
        Assert.Equal((0.5f, 1f), (steps["Policy.0.weight"], steps["Policy.0.bias"]));
    }

    [Fact]
    public void A_name_reaches_whole_segments()
    {
        ParameterBlock[] blocks = [.. new[] { "layers.1.weight", "layers.10.weight", "layersome.0.bias", "gain" }.Select((name, index) =>
            new ParameterBlock(name, index, ParameterRole.Weight, [2], 2 * index, 0, 1, 0, 1))];
        var layout = new ParameterLayout(8, [.. blocks.Select(_ => new LayerLayout(2, 2, -1))], blocks);
        Assert.Equal(["layers.1.weight"], layout.BlocksOf("layers.1").Select(block => block.Name));
        Assert.Equal(["layers.1.weight", "layers.10.weight"], layout.BlocksOf("layers").Select(block => block.Name));
        Assert.Same(blocks[3], layout.BlocksOf("gain").Single());
        Assert.Throws<ArgumentNullException>("layer", () => layout.BlocksOf(null!));
        foreach (string name in new[] { "", "layer", "layers.1.", "layers.1.w", "Layers" })
        {
            Assert.Throws<ArgumentException>("layer", () => layout.BlocksOf(name));
        }
    }

    [Fact]
    public void Wrong_groups_are_refused()
    {
        var network = new GraphNet();
        network.Initialize(1);
        var optimizer = new Adam<float>(network.Parameters);
        Assert.StartsWith(
            "No layer is called 'Valu'. There are: layers.0, layers.1, Policy.0, Value.0, Value.1.",
            Assert.Throws<ArgumentException>("layer", () => optimizer.Group("Valu", 0.1)).Message);
        Assert.Throws<ArgumentNullException>("layer", () => optimizer.Group(null!));
        Assert.Throws<ArgumentOutOfRangeException>("rate", () => optimizer.Group("Value", -1));
        Assert.Throws<ArgumentOutOfRangeException>("rate", () => optimizer.Group("Value", double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("weightDecay", () => optimizer.Group("Value", 1, 1e39));
        Assert.Empty(optimizer.Groups);

        // Each is a rate, and their product is none.
        optimizer.Group("Value", 1e18);
        Assert.Equal(new ParameterGroup("Value", 1e18, null), optimizer.Groups.Single());
        optimizer.LearningRate = 10;
        float[] before = network.Parameters.Canonical();
        Assert.Throws<ArgumentOutOfRangeException>("Group", () => optimizer.Step(Values.RandomBuffer(GraphNet.Layout, 1)));
        Assert.Equal(before, network.Parameters.Canonical());
    }

    /// <summary>The gradients of all heads are one gradient, whatever their rates: that of a head is scaled down because of the other's.</summary>
    [Fact]
    public void Clipping_by_norm_takes_all_heads_together()
    {
        var network = new GraphNet();
        var optimizer = new Sgd<float>(network.Parameters, 1) { ClipNorm = 1 };
        optimizer.Group("Policy", rate: 0.5);
        ParameterBuffer<float> gradient = network.CreateGradient();
        ParameterBlock policy = GraphNet.Layout.BlocksOf("Policy.0.bias").Single();
        ParameterBlock value = GraphNet.Layout.BlocksOf("Value.1.bias").Single();
        gradient.AsSpan()[policy.Element(1)] = 3;
        gradient.AsSpan()[value.Element(0)] = 4;
        optimizer.Step(gradient);
        Assert.Equal(-0.3, network.Parameters.AsSpan()[policy.Element(1)], 1e-6);
        Assert.Equal(-0.8, network.Parameters.AsSpan()[value.Element(0)], 1e-6);
    }

    /// <summary>In blocks, as the threads of a trainer take it, and without allocating.</summary>
    [Fact]
    public void Blocks_have_the_bits_of_the_whole()
    {
        Brain[] networks = [new(), new()];
        Optimizer<float>[] optimizers = Array.ConvertAll(networks, network =>
        {
            network.Initialize(5);
            var optimizer = new AdamW<float>(network.Parameters) { DecaysOnlyWeights = true };
            optimizer.Group("layers.0", rate: 0.5, weightDecay: 0.5);
            return optimizer;
        });
        ParameterBuffer<float> gradient = Values.RandomBuffer(Brain.Layout, 3);
        for (int step = 0; step < 3; step++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            optimizers[0].Step(gradient);
            Assert.True(step == 0 || GC.GetAllocatedBytesForCurrentThread() == before);
            Assert.True(optimizers[1].TryBegin(gradient, out Update update));
            for (int block = ElementBlocks.Count(gradient.Length) - 1; block >= 0; block--)
            {
                optimizers[1].Apply(update, gradient, ElementBlocks.Of(block, gradient.Length));
            }

            optimizers[1].StepCount++;
        }

        Assert.Equal(networks[0].Parameters.AsSpan().ToArray(), networks[1].Parameters.AsSpan().ToArray());
    }

    private static void Set<T>(Optimizer<T> optimizer, JsonElement golden)
        where T : unmanaged, INumber<T>
    {
        optimizer.DecaysOnlyWeights = golden.GetProperty("decays_only_weights").GetBoolean();
        foreach (JsonElement group in golden.GetProperty("groups").EnumerateArray())
        {
            JsonElement decay = group.GetProperty("weight_decay");
            optimizer.Group(
                group.GetProperty("layer").GetString()!, group.GetProperty("rate").GetDouble(), decay.ValueKind == JsonValueKind.Null ? null : decay.GetDouble());
        }
    }
}
