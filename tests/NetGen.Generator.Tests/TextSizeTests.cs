using System;
using System.Linq;
using NetGen.Generator.Emit;
using NetGen.Generator.Formulas;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>A text grows with the layers of its network and no faster, and so does the memory that writing it takes; its lines do not grow.</summary>
[Trait("Category", "Quick")]
public sealed class TextSizeTests
{
    private const int Deepest = 200;
    private const int LongestLine = 160;

    /// <summary>A row of the table in the documentation of a class stays one line, and so does the name of a contract's member.</summary>
    private const int LongestDocumentation = 220;

    /// <summary>200 layers are twice as much as 100.</summary>
    private const double MostGrowth = 2.2;

    public static TheoryData<string> Activations => new(Enum.GetNames<Activation>());

    public static TheoryData<string> Losses => new(Enum.GetNames<Loss>());

    [Theory]
    [MemberData(nameof(Activations))]
    public void Text_and_memory_are_linear_in_the_layers(string activation)
    {
        NetworkSpec strict = Spec(activation, Dialect.Modern);
        AssertLinear(strict, Deepest);
        AssertLinear(strict with { Target = strict.Target with { Dialect = Dialect.Floor }, SelfTest = true }, Deepest);
        AssertLinear(strict with { Number = NumberType.Double, Target = strict.Target with { Dialect = Dialect.Floor } }, Deepest / 4);
        NetworkSpec longest = strict with { Number = NumberType.Double, IsFused = true, SelfTest = true };
        AssertLinear(longest, Deepest / 4);

        // A small network has forms that a deep one has not.
        AssertLines(Text(WithLayers(longest, 2, 4)));
    }

    /// <summary>The head of a network names each of its outputs in some forms.</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void Lines_do_not_grow_with_the_units(string loss)
    {
        string activation = Enum.GetNames<Activation>().First(name => Catalogue.Loss(loss)?.Accepts(name) ?? true);
        NetworkSpec strict = Spec(activation, Dialect.Modern, loss);
        NetworkSpec[] specs = [strict, strict with { IsFused = true, Number = NumberType.Double }, strict with { Target = strict.Target with { Dialect = Dialect.Floor } }];
        foreach (int units in new[] { 1, 4, 5, 33, 64, 300 })
        {
            Assert.All(specs, spec => AssertLines(Text(WithLayers(spec, 1, units))));
        }
    }

    private static void AssertLinear(NetworkSpec spec, int layers)
    {
        (string Text, long Bytes) half = GeneratorCost.Measure(WithLayers(spec, layers / 2, 2));
        (string Text, long Bytes) whole = GeneratorCost.Measure(WithLayers(spec, layers, 2));
        AssertLines(whole.Text);
        Assert.True(whole.Text.Length <= MostGrowth * half.Text.Length, $"{spec}: {half.Text.Length} characters for {layers / 2} layers, {whole.Text.Length} for {layers}");
        Assert.True(whole.Bytes <= MostGrowth * half.Bytes, $"{spec}: {half.Bytes} bytes for {layers / 2} layers, {whole.Bytes} for {layers}");
        Assert.True(whole.Bytes <= GeneratorCost.Most(spec, whole.Text), $"{spec}: {whole.Bytes} bytes for {whole.Text.Length} characters");
    }

    private static void AssertLines(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            int most = line.TrimStart().StartsWith("///", StringComparison.Ordinal) ? LongestDocumentation : LongestLine;
            Assert.True(line.Length <= most, $"{line.Length} characters: {line}");
        }
    }

    private static string Text(NetworkSpec spec) => NetworkEmitter.Emit(Planner.Plan(spec));

    private static NetworkSpec WithLayers(NetworkSpec spec, int layers, int units) =>
        spec with { Graph = NetworkGraph.Chain(spec.Graph.Input.Layer, Enumerable.Repeat(spec.Graph.Nodes[1].Layer.WithSize(units), layers), spec.Loss) };

    private static NetworkSpec Spec(string activation, Dialect dialect, string loss = "HalfSquaredError") => new(
        new TypeSpec("Demo", default, "Net", "Demo.Net.g.cs"),
        NetworkGraph.Chain(new Input(2), [new Dense(2, activation)], new LossSpec(loss)),
        NumberType.Single,
        IsFused: false,
        Unrolling.Auto,
        new TargetSpec(dialect, Contract.Static, AggressiveOptimization: true));
}
