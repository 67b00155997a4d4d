using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Every kind of layer: its computation and its adjoint are evaluated as they are stated, index by index or step by step, and belong together.</summary>
[Trait("Category", "Quick")]
public sealed class LayerTests
{
    private const int Samples = 3;

    private const int Inputs = 4;

    private const int Units = 5;

    public static TheoryData<string> Kinds => [.. Examples.Keys];

    public static TheoryData<string> Others => [.. Examples.Keys.Where(kind => !Examples[kind].IsProduct)];

    public static TheoryData<string> Products => [.. Examples.Keys.Where(kind => Examples[kind].IsProduct)];

    private static readonly Dictionary<string, LayerSpec> Examples = new()
    {
        ["Dense"] = new Dense(Units, "Tanh"),
        ["Dense without bias"] = new Dense(Units, "Identity", UseBias: false),
        ["Input"] = new Input(Units),
        ["Add"] = new Add(),
        ["Concat"] = new Concat(3),
        ["Slice"] = new Slice(2, Units),
        ["Parameter"] = new Parameter(Units),
        ["PRelu"] = new PRelu(),
        ["PRelu with a slope for each unit"] = new PRelu(IsShared: false),
        ["GaussianLogDensity"] = new GaussianLogDensity(),
        ["TanhGaussianLogDensity"] = new TanhGaussianLogDensity(),
        ["Entropy"] = new Entropy(),
        ["SoftmaxGroups"] = new SoftmaxGroups(Units),
        ["SoftmaxGroups of one"] = new SoftmaxGroups(1),
        ["Blend"] = new Blend(3),
        ["Normalize"] = new Normalize(),
        ["Normalize with a clip"] = new Normalize(0.75),
        ["Denormalize"] = new Denormalize(),
        ["Multiply"] = new Multiply(),
        ["Subtract"] = new Subtract(),
        ["RmsNorm"] = new RmsNorm(),
        ["RmsNorm without weight"] = new RmsNorm(UseWeight: false),
        ["LayerNorm"] = new LayerNorm(),
        ["LayerNorm without parameters"] = new LayerNorm(UseWeight: false, UseBias: false),
        ["LayerNorm without bias"] = new LayerNorm(UseBias: false),
    };

    [Fact]
    public void Every_kind_has_an_example()
    {
        IEnumerable<Type> kinds = typeof(LayerSpec).Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(LayerSpec).IsAssignableFrom(type));
        Assert.Equal(kinds.Select(kind => kind.Name).Order(), Examples.Values.Select(layer => layer.GetType().Name).Distinct().Order());
    }

    /// <summary>z is linear in each value that it is computed from: what ⟨delta, z⟩ changes by with the value is exactly the gradient of it.</summary>
    [Theory]
    [MemberData(nameof(Products))]
    public void The_adjoint_is_that_of_the_computation(string kind)
    {
        LayerSpec layer = Examples[kind];
        var random = new Random(1);
        Dictionary<string, Tensor> values = Tensors(layer).ToDictionary(name => name, name => Tensor.Random(random, Letters(layer, name)));
        Dictionary<string, Tensor> gradients = Evaluate(layer.Adjoint, values);
        Assert.Equal(
            Tensors(layer).Where(name => name != Quantity.Delta).Select(Quantity.GradientOf).Order(), gradients.Keys.Order());
        foreach (string name in Tensors(layer).Where(name => name != Quantity.Delta))
        {
            double[] elements = values[name].Elements;
            for (int element = 0; element < elements.Length; element++)
            {
                double value = elements[element];
                double Product()
                {
                    Tensor z = Evaluate(layer.Forward, values)[Quantity.Z];
                    Assert.Equal(values[Quantity.Delta].Indices, z.Indices);
                    return z.Elements.Zip(values[Quantity.Delta].Elements, (x, y) => x * y).Sum();
                }

                elements[element] = value + 1;
                double above = Product();
                elements[element] = value - 1;
                double slope = (above - Product()) / 2;
                elements[element] = value;
                Assert.Equal(gradients[Quantity.GradientOf(name)].Elements[element], slope, 12);
            }
        }
    }

    /// <summary>What ⟨delta, z⟩ changes by with each value that a formula reads, by differences, against the gradient that is stated.</summary>
    [Theory]
    [MemberData(nameof(Others))]
    public void The_adjoint_of_a_formula_is_that_of_the_computation(string kind)
    {
        LayerSpec layer = Examples[kind];
        var random = new Random(1);
        double[] Some(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 2) - 1)];
        int[] reads = Read(layer);
        BlockSpec[] blocks = [.. layer.Parameters(reads)];
        int units = layer.Size(reads);
        Assert.Equal(layer is LogDensity or Entropy ? 1 : Units, units);

        // What an adjoint needs of its own layer is kept under another name: z of an output is nowhere after the loss.
        Assert.False(layer.AdjointReads(Quantity.Z));
        Assert.Equal(blocks.Select(block => block.Name).Distinct(), blocks.Select(block => block.Name));
        Dictionary<string, double[]> values = reads.Select((count, input) => (Name: Quantity.Input(input), Count: count)).Concat(blocks.Select(block => (block.Name, Count: (int)block.Count)))
            .ToDictionary(quantity => quantity.Name, quantity => quantity.Name == "variance" ? [.. Some(quantity.Count).Select(value => value + 1.5)] : Some(quantity.Count));
        Dictionary<string, double[]> Forward() => Evaluate(layer.Forward, reads, values);
        double[] delta = Some(units);
        Dictionary<string, double[]> gradients = Evaluate(layer.Adjoint, reads, new Dictionary<string, double[]>(Forward()) { [Quantity.Delta] = delta });
        string[] untrained = [.. blocks.Where(block => !block.IsTrained).Select(block => block.Name)];
        Assert.Empty(layer.Adjoint.SelectMany(computation => computation.Results).Intersect(untrained.Select(Quantity.GradientOf)));
        foreach ((string name, double[] elements) in values.Where(pair => !untrained.Contains(pair.Key)))
        {
            for (int element = 0; element < elements.Length; element++)
            {
                double value = elements[element];
                double Product(double step)
                {
                    elements[element] = value + step;
                    double product = Forward()[Quantity.Z].Zip(delta, (x, y) => x * y).Sum();
                    elements[element] = value;
                    return product;
                }

                Assert.Equal(gradients[Quantity.GradientOf(name)][element], (Product(1e-5) - Product(-1e-5)) / 2e-5, 1e-8);
            }
        }
    }

    /// <summary>An update writes parameters where it adds gradients of them: what the layer reads has its gradient by then.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_adjoint_reads_parameters_before_it_writes_them(string kind)
    {
        string[] parameters = [.. Examples[kind].Parameters(Read(Examples[kind])).Select(block => block.Name)];
        bool[] writes = [.. Examples[kind].Adjoint.Select(computation => computation.Results.Intersect(parameters.Select(Quantity.GradientOf)).Any())];
        bool[] reads = [.. Examples[kind].Adjoint.Select(computation => computation.Operands.Intersect(parameters).Any())];
        Assert.True(Array.LastIndexOf(reads, true) < Array.IndexOf([.. writes, true], true));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public void Parameters_have_the_shapes_of_the_computation(string kind)
    {
        LayerSpec layer = Examples[kind];
        IReadOnlyList<BlockSpec> blocks = layer.Parameters([Inputs]);
        Assert.Equal(blocks.Select(block => block.Name).Distinct(), blocks.Select(block => block.Name));
        Assert.Equal(
            Tensors(layer).Where(name => name is Quantity.Weight or Quantity.Bias)
                .Select(name => (name, string.Join("×", Letters(layer, name).Select(Extent)))),
            blocks.OrderBy(block => block.Name, StringComparer.Ordinal).Select(block => (block.Name, string.Join("×", block.Shape))));
        Assert.Equal(layer.MultiplyAdds(Inputs, Units), blocks.Where(block => block.Role == BlockRole.Weight).Sum(block => block.Count));
        Assert.Equal(7, layer.WithSize(7).Size([Inputs]));
    }

    /// <summary>Any sizes can be asked about, as they are before it is known that they are too large.</summary>
    [Fact]
    public void Nothing_overflows()
    {
        var layer = new Dense(int.MaxValue, "Tanh");
        const long Many = (long)int.MaxValue * int.MaxValue;
        Assert.Equal(Many, layer.MultiplyAdds(int.MaxValue, int.MaxValue));
        Assert.Equal([Many, int.MaxValue], layer.Parameters([int.MaxValue]).Select(block => block.Count));
        Assert.InRange(ParameterRule.LayerLength(layer.Parameters([int.MaxValue])), Many, Many + (Many / 100));
    }

    [Theory]
    [InlineData("Tanh", 1.0)]
    [InlineData("Relu", 1.5)]
    [InlineData("Selu", 0.75)]
    [InlineData("Snake", 0.75)]
    [InlineData("Sin", 1.5 / 900)]
    public void Weights_start_within_the_bound_of_their_activation(string activation, double squared)
    {
        BlockSpec[] blocks = [.. new Dense(2, activation).Parameters([4])];
        Assert.Equal(Math.Sqrt(squared), blocks[0].InitialBound, 15);
        Assert.Equal(0, blocks[1].InitialBound);
    }

    /// <summary>A sine spreads over the inputs of a network at first, and keeps its distribution from layer to layer.</summary>
    [Fact]
    public void Weights_of_sines_start_within_another_bound_where_they_read_the_input()
    {
        NetworkGraph graph = NetworkGraph.Chain(new Input(4), [new Dense(8, "Sin"), new Dense(6, "Sin", Alpha: 2), new Dense(1, "Identity")], new LossSpec("None"));
        Assert.Equal([0.25, Math.Sqrt(6.0 / 8) / 2, Math.Sqrt(6.0 / 7)], SizedLayer.Of(graph).Select(layer => layer.Blocks[0].InitialBound));
    }

    /// <summary>The names, shapes and places of a network's parameters, in the order in which files have them.</summary>
    [Fact]
    public void Blocks_of_a_network_are_named_and_placed()
    {
        NetworkGraph graph = NetworkGraph.Chain(
            new Input(3), [new Dense(5, "Tanh"), new Dense(2, "Identity", UseBias: false), new Dense(9, "Relu")], new LossSpec("None"));
        NetworkPlan plan = Planner.Plan(new NetworkSpec(
            new TypeSpec("", default, "Net", "Net.g.cs"),
            graph,
            NumberType.Single,
            IsFused: false,
            Unrolling.Auto,
            new TargetSpec(Dialect.Modern, Contract.Static, AggressiveOptimization: true)));
        Assert.Equal(
            [
                ("layers.0.weight", "5×3", 0, 0), ("layers.0.bias", "5", 24, 15), ("layers.1.weight", "2×5", 32, 20), ("layers.2.weight", "9×2", 64, 30),
                ("layers.2.bias", "9", 96, 48),
            ],
            plan.Blocks.Select(block => (block.Name, string.Join("×", block.Block.Shape), block.Offset, block.FirstParameter)));
        Assert.Equal((112, 57), (plan.BufferLength, plan.ParameterCount));

        // The library says the same of the class that is generated.
        var declaration = new Declaration(3, [new Layer(5, "Tanh"), new Layer(2, UseBias: false), new Layer(9, "Relu")]);
        ParameterLayout layout = Networks.Create<float>(declaration).Parameters.Layout;
        static string Text(string name, object role, IEnumerable<int> shape, int element, int parameter, double bound) =>
            $"{name} {role} {string.Join("×", shape)} {element} {parameter} {bound:R}";
        Assert.Equal(
            plan.Blocks.Select(block => Text(
                block.Name, block.Block.Role, block.Block.Shape, block.Offset, block.FirstParameter, block.Block.InitialBound)),
            layout.Blocks.Select(block => Text(block.Name, block.Role, block.Shape, block.Element(0), block.FirstParameter, block.InitialBound)));
    }

    /// <summary>The tensors that a layer computes from, delta included.</summary>
    private static IEnumerable<string> Tensors(LayerSpec layer) => layer.Forward.Cast<Einsum>()
        .SelectMany(einsum => einsum.Factors.Append(einsum.Start))
        .OfType<TensorTerm>()
        .Select(term => term.Name)
        .Concat(layer.Forward.Count > 0 ? [Quantity.Delta] : [])
        .Distinct()
        .Order();

    private static string Letters(LayerSpec layer, string name) => layer.Forward.Concat(layer.Adjoint).Cast<Einsum>()
        .SelectMany(einsum => einsum.Factors.Append(einsum.Start))
        .OfType<TensorTerm>()
        .First(term => term.Name == name)
        .Indices;

    private static int Extent(char index) => index switch
    {
        's' => Samples,
        'i' => Inputs,
        'u' => Units,
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, "No index of a layer."),
    };

    private static Dictionary<string, Tensor> Evaluate(IEnumerable<Computation> computations, Dictionary<string, Tensor> values)
    {
        var results = new Dictionary<string, Tensor>();
        foreach (Einsum einsum in computations.Cast<Einsum>())
        {
            var result = new Tensor(einsum.Result.Indices);
            foreach (Dictionary<char, int> place in Places(einsum.Result.Indices))
            {
                double sum = einsum.Start is null ? 0 : values[einsum.Start.Name][einsum.Start.Indices, place];
                foreach (Dictionary<char, int> term in Places(string.Concat(einsum.Reduced)))
                {
                    Dictionary<char, int> at = place.Concat(term).ToDictionary(pair => pair.Key, pair => pair.Value);
                    sum += einsum.Factors.Aggregate(1.0, (product, factor) => product * values[factor.Name][factor.Indices, at]);
                }

                result[result.Indices, place] = sum;
            }

            results.Add(einsum.Result.Name, result);
        }

        return results;
    }

    /// <summary>The quantities that computations have and what they compute, as they are stated.</summary>
    private static Dictionary<string, double[]> Evaluate(IEnumerable<Computation> computations, int[] reads, Dictionary<string, double[]> given)
    {
        var values = new Dictionary<string, double[]>(given);
        foreach (Computation computation in computations)
        {
            if (computation is Arrangement arrangement)
            {
                int input = Array.FindIndex([.. reads.Select((_, input) => Quantity.GradientOf(Quantity.Input(input)))], name => name == arrangement.Result);
                double[] result = new double[input < 0 ? Units : reads[input]];
                foreach (ArrangedRange range in arrangement.Ranges)
                {
                    double[] source = values[range.Source][range.First.Among(reads)..];
                    int place = range.Place.Among(reads);
                    source[..Math.Min(source.Length, result.Length - place)].CopyTo(result, place);
                }

                values[arrangement.Result] = result;
            }
            else
            {
                Evaluate((UnitFormula)computation, reads, values);
            }
        }

        return values;
    }

    private static void Evaluate(UnitFormula formula, int[] reads, Dictionary<string, double[]> values)
    {
        int group = formula.Group ?? Units;
        var results = new Dictionary<string, double[]>();
        for (int first = 0; first < Units; first += group)
        {
            double[] Own(double[] all) => all.Length == Units ? all[first..(first + group)] : all;
            IEnumerable<(string, double[])> elements = formula.Elements.Where(element => values.ContainsKey(element.Quantity))
                .Select(element => (element.Name, new[] { values[element.Quantity][element.Index] }));
            foreach ((string name, double[] result) in Calculus.Run(formula.Steps, group, [.. values.Select(pair => (pair.Key, Own(pair.Value))), .. elements]))
            {
                results[name] = [.. results.GetValueOrDefault(name, []), .. result];
            }
        }

        foreach (Step step in formula.Steps)
        {
            values[step.Name] = results[step.Name];
        }

        foreach (QuantityElement element in formula.Elements.Where(element => formula.Results.Contains(element.Quantity)))
        {
            values.TryAdd(element.Quantity, new double[reads[0]]);
            values[element.Quantity][element.Index] = results[element.Name].Single();
        }
    }

    /// <summary>Values of each node that a kind reads.</summary>
    private static int[] Read(LayerSpec layer) => layer switch
    {
        Concat => [1, 2, Units - 3],
        Slice => [Units + 3],
        Parameter => [],
        Blend blend => [blend.Experts, .. Enumerable.Repeat(Units, blend.Experts)],
        LogDensity => [Units, Units, Units],
        _ => layer.IsProduct ? [Inputs] : layer.Mistake([Units]) is null ? [Units] : [Units, Units],
    };

    private static IEnumerable<Dictionary<char, int>> Places(string indices) => indices.Aggregate(
        new[] { new Dictionary<char, int>() }.AsEnumerable(),
        (places, index) => places.SelectMany(place =>
            Enumerable.Range(0, Extent(index)).Select(value => new Dictionary<char, int>(place) { [index] = value })));

    private sealed class Tensor(string indices)
    {
        public string Indices { get; } = indices;

        public double[] Elements { get; } = new double[indices.Aggregate(1, (count, index) => count * Extent(index))];

        public double this[string letters, IReadOnlyDictionary<char, int> place]
        {
            get => Elements[Element(letters, place)];
            set => Elements[Element(letters, place)] = value;
        }

        public static Tensor Random(Random random, string indices)
        {
            var tensor = new Tensor(indices);
            for (int element = 0; element < tensor.Elements.Length; element++)
            {
                tensor.Elements[element] = random.NextDouble() - 0.5;
            }

            return tensor;
        }

        private int Element(string letters, IReadOnlyDictionary<char, int> place)
        {
            Assert.Equal(Indices, letters);
            return letters.Aggregate(0, (element, index) => (element * Extent(index)) + place[index]);
        }
    }
}
