using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using NetGen.TestKit;
using Xunit;
using static NetGen.TestKit.ReferenceCheck;
using static NetGen.TestKit.Tensors;
using static NetGen.Tests.TensorAssert;

namespace NetGen.Tests;

/// <summary>With fused arithmetic a large batch computes dL/dx from transposed weights, a small one from dot products: both against the reference.</summary>
public sealed class LargeBatchTests
{
    private static readonly Form[] Forms = [Form.Vectors512, Form.Vectors256, Form.Vectors128];

    /// <summary>
    /// Layers whose inputs and units are whole vectors of every width, and none; too many for the memory that may be used; and so many that their rows are
    /// moved apart and a forward pass has larger blocks.
    /// </summary>
    private static readonly IReadOnlyList<Declaration> Declarations =
    [
        new(4, [new Layer(64, "Tanh"), new Layer(64, "Tanh"), new Layer(2)], "HalfSquaredError", Arithmetic: "Fused"),
        new(7, [new Layer(70, "Relu"), new Layer(33, "Silu", UseBias: false), new Layer(21, "Sigmoid"), new Layer(10, "Softmax")], "CategoricalCrossEntropy", Arithmetic: "Fused"),
        new(31, [new Layer(13, "Gelu"), new Layer(9, "Softsign"), new Layer(8, "Elu", UseBias: false)], "SquaredError", Arithmetic: "Fused"),
        new(3, [new Layer(5, "Selu"), new Layer(65, "Relu"), new Layer(17, "Softplus")], "Huber", Arithmetic: "Fused"),
        new(3, [new Layer(256, "Relu"), new Layer(520, "Tanh"), new Layer(3)], "HalfSquaredError", Arithmetic: "Fused"),
        new(2, [new Layer(150, "Relu"), new Layer(140, "Tanh"), new Layer(24, "Relu"), new Layer(12, "Sigmoid")], "BinaryCrossEntropy", Arithmetic: "Fused"),
    ];

    static LargeBatchTests() =>
        Networks.Prepare(Declarations.SelectMany(declaration => new[] { "Single", "Double" }.Select(precision => declaration with { Precision = precision })), Forms);

    public static TheoryData<int, Form> Cases() => TestRows.Of(Declarations.Count, Forms);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_the_reference(int index, Form form)
    {
        foreach (int samples in new[] { 15, 33, 75 })
        {
            Check<double>(Declarations[index], form, index, samples, 1e-11);
            Check<float>(Declarations[index], form, index, samples, 2e-4);
        }
    }

    /// <summary>Layers so wide that the memory for a block has room for four samples, two, and one: no kernel may take more of them together.</summary>
    [Theory]
    [InlineData("Strict", 2000, 40)]
    [InlineData("Strict", 4000, 16)]
    [InlineData("Strict", 7500, 8)]
    [InlineData("Fused", 2000, 40)]
    [InlineData("Fused", 7500, 8)]
    public void A_batch_of_wide_layers_is_its_samples_one_by_one(string arithmetic, params int[] units)
    {
        const int Samples = 11;
        var declaration = new Declaration(2, units.Append(2).Select(count => new Layer(count, "Tanh")).ToList(), "HalfSquaredError", Precision: "Double", Arithmetic: arithmetic);
        var network = (ITrainable<double>)Networks.Create<double>(declaration);
        network.Initialize(1);
        double[] inputs = Random(new Random(2), 2 * Samples);
        double[] targets = Random(new Random(3), 2 * Samples);
        ParameterBuffer<double> gradient = network.CreateGradient();
        ParameterBuffer<double> sum = network.CreateGradient();
        var outputs = new double[2 * Samples];
        var inputGradients = new double[2 * Samples];
        network.ForwardBatch(inputs, outputs);
        double loss = network.BackwardBatch(inputs, targets, gradient, inputGradients);
        double losses = 0;
        for (int s = 0; s < Samples; s++)
        {
            var output = new double[2];
            var inputGradient = new double[2];
            network.Forward(inputs.AsSpan(2 * s, 2), output);
            losses += network.Backward(inputs.AsSpan(2 * s, 2), targets.AsSpan(2 * s, 2), sum, inputGradient);
            AssertClose(output, outputs[(2 * s)..(2 * s + 2)], 1e-12, $"{declaration}: output {s}");
            AssertClose(inputGradient, inputGradients[(2 * s)..(2 * s + 2)], 1e-12, $"{declaration}: input gradient {s}");
        }

        AssertClose([losses / Samples], [loss], 1e-12, $"{declaration}: loss");
        AssertClose(sum.Canonical().Select(slope => slope / Samples).ToArray(), gradient.Canonical(), 1e-11, $"{declaration}: gradient");
    }

    /// <summary>0 · ∞ is no number, and belongs to no parameter where it meets the zeros behind a row.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Padding_stays_zero_whatever_the_gradient(int index, Form form)
    {
        Declaration declaration = Declarations[index];
        var network = (ITrainable<float>)Networks.Create<float>(declaration, form);
        (double[] parameters, double[] input, _) = Data(declaration, index);
        network.Parameters.CopyFrom(To<float>(parameters));
        const int Samples = 100;
        float[] inputs = To<float>(Enumerable.Repeat(input, Samples).SelectMany(x => x));
        inputs[declaration.Inputs * 3] = float.PositiveInfinity;
        ParameterBuffer<float> gradient = network.CreateGradient();
        network.BackwardBatch(inputs, Enumerable.Repeat(float.PositiveInfinity, Samples * declaration.Outputs).ToArray(), gradient);
        Assert.Contains(gradient.Canonical(), value => !float.IsFinite(value));
        Assert.All(gradient.Padding(), value => Assert.Equal(0, BitConverter.SingleToInt32Bits(value)));
    }

    private static void Check<T>(Declaration declaration, Form form, int seed, int samples, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var network = (ITrainable<T>)Networks.Create<T>(declaration, form);
        Assert.Empty(BatchDifferences(network, declaration, seed, samples, Data(declaration, seed), tolerance));
    }
}
