using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using NetGen.TestKit;
using Xunit;
using static NetGen.TestKit.ReferenceCheck;
using static NetGen.TestKit.Tensors;

namespace NetGen.Tests;

/// <summary>The outputs of hidden layers: those that the same network has whose last layer that is.</summary>
public sealed class ActivationsTests
{
    private static readonly Form[] Forms = Enum.GetValues<Form>();

    /// <summary>Every activation in a hidden layer, after and before others, in rows of one vector and of several.</summary>
    private static readonly IReadOnlyList<Declaration> Every = RandomDeclarations.Activations.Chunk(3)
        .Select(chunk => new Declaration(5, [new Layer(5, chunk[0]), new Layer(19, chunk[1]), new Layer(9, chunk[2]), new Layer(2)], "SquaredError"))
        .ToList();

    private static readonly Form[] FewForms = [Form.Auto, Form.Scalar, Form.Looped, Form.Vectors128];

    private static readonly IReadOnlyList<Declaration> Declarations = [.. RandomArchitectureTests.Declarations.Where(declaration => declaration.Layers.Count > 1), .. Every];

    public static TheoryData<int> Indices() => new(Enumerable.Range(0, Declarations.Count));

    [Theory]
    [MemberData(nameof(Indices))]
    public void Are_the_outputs_of_the_layers(int index)
    {
        // Where the outputs of a layer lie does not depend on the number type: one is enough for each network.
        IEnumerable<Declaration> typed = Declarations.Select((declaration, number) => declaration with { Precision = IsDouble(number) ? "Double" : "Single" });
        Networks.Prepare(typed.SelectMany(Prefixes).ToList(), Form.Auto);
        Networks.Prepare(typed.Skip(Declarations.Count - Every.Count).ToList(), FewForms);
        Form[] forms = Every.Contains(Declarations[index]) ? FewForms : Forms;
        if (IsDouble(index))
        {
            Check<double>(Declarations[index], forms, index);
        }
        else
        {
            Check<float>(Declarations[index], forms, index);
        }
    }

    [Theory]
    [InlineData(1, "This network has no hidden layer, given ")]
    [InlineData(2, "Expected a hidden layer, from 0 to 0, given ")]
    [InlineData(4, "Expected a hidden layer, from 0 to 2, given ")]
    public void Are_those_of_hidden_layers_alone(int layers, string expected)
    {
        foreach (Form form in new[] { Form.Auto, Form.Looped })
        {
            INetwork<float> network = Networks.Create<float>(new Declaration(2, Enumerable.Repeat(new Layer(3, "Tanh"), layers).ToList()), form);
            var trace = new float[network.TraceLength];
            foreach (int layer in new[] { int.MinValue, -1, layers - 1, layers, int.MaxValue })
            {
                var exception = Assert.Throws<ArgumentOutOfRangeException>("layer", () => network.Activations(trace, layer).Length);
                Assert.StartsWith($"{expected}{layer}. The outputs of the last layer are what Forward writes", exception.Message);
                Assert.Equal(layer, exception.ActualValue);
            }
        }
    }

    [Fact]
    public void Are_a_part_of_the_trace()
    {
        ITrainable<float> network = SampleNetworks.Create(2);
        var trace = new float[network.TraceLength];
        ReadOnlySpan<float> activations = network.Activations(trace, 1);
        Assert.True(trace.AsSpan().Overlaps(activations, out int offset));
        trace[offset + 32] = 5;
        Assert.Equal((33, 5f), (activations.Length, activations[32]));
    }

    private static bool IsDouble(int index) => index % 2 == 1;

    private static void Check<T>(Declaration declaration, Form[] forms, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (double[] parameters, double[] input, _) = Data(declaration, seed);
        T[][] expected = Prefixes(declaration).Select(prefix =>
        {
            INetwork<T> network = Networks.Create<T>(prefix);
            network.Parameters.CopyFrom(To<T>(parameters.Take(prefix.ParameterCount)));
            var output = new T[prefix.Outputs];
            network.Forward(To<T>(input), output);
            return output;
        }).ToArray();
        foreach (Form form in forms)
        {
            INetwork<T> network = Networks.Create<T>(declaration, form);
            network.Parameters.CopyFrom(To<T>(parameters));
            var trace = new T[network.TraceLength];
            network.Forward(To<T>(input), new T[declaration.Outputs], trace);
            for (int layer = 0; layer < expected.Length; layer++)
            {
                Assert.True(
                    MemoryMarshal.AsBytes<T>(expected[layer]).SequenceEqual(MemoryMarshal.AsBytes(network.Activations(trace, layer))), $"{declaration}, {form}, layer {layer}");
            }
        }
    }

    /// <summary>The networks that end with each of the hidden layers.</summary>
    private static IEnumerable<Declaration> Prefixes(Declaration declaration) => Enumerable.Range(1, declaration.Layers.Count - 1)
        .Select(count => new Declaration(declaration.Inputs, declaration.Layers.Take(count).ToList()));
}
