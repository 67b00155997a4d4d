using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.TestKit;
using Xunit;
using static NetGen.TestKit.Tensors;

namespace NetGen.Tests;

/// <summary>What a batch makes of its samples: labels are one-hot targets, and the mean loss keeps its digits however many there are.</summary>
public sealed class BatchLossTests
{
    private static readonly Form[] Forms = [Form.Auto, Form.Scalar, Form.Vectors128, Form.Vectors256];

    private static readonly int[] Counts = [1, 7, 8, 31, 32, 33, 64, 65, 200];

    /// <summary>Tiny ones, whose batches lie in lanes; a loss in lanes and, with more than 64 units, without; layers that a large batch transposes.</summary>
    private static readonly IReadOnlyList<Declaration> Classifiers =
    [
        new(2, [new Layer(3, "Sigmoid"), new Layer(2, "Softmax")], "CategoricalCrossEntropy"),
        new(4, [new Layer(16, "Tanh"), new Layer(3)], "CategoricalCrossEntropyWithLogits"),
        new(17, [new Layer(127, "Relu"), new Layer(63, "Softmax")], "CategoricalCrossEntropy"),
        new(5, [new Layer(33, "Silu"), new Layer(90)], "CategoricalCrossEntropyWithLogits"),
        new(3, [new Layer(9, "Tanh", UseBias: false), new Layer(70, "Relu"), new Layer(5, "Softmax")], "CategoricalCrossEntropy"),
    ];

    static BatchLossTests() => Networks.Prepare(Classifiers.SelectMany(Arithmetics), Forms);

    public static TheoryData<int, Form> Cases() => TestRows.Of(Classifiers.Count, Forms);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Labels_have_the_bits_of_one_hot_targets(int index, Form form)
    {
        foreach (Declaration declaration in Arithmetics(Classifiers[index]))
        {
            var network = (IClassifier<float>)Networks.Create<float>(declaration, form);
            network.Initialize(3);
            ParameterBuffer<float> ofLabels = network.CreateGradient();
            ParameterBuffer<float> ofTargets = network.CreateGradient();
            var random = new Random(index);
            foreach (int samples in Counts)
            {
                float[] inputs = To<float>(Random(random, samples * declaration.Inputs));
                int[] labels = Enumerable.Range(0, samples).Select(_ => random.Next(declaration.Outputs)).ToArray();
                var targets = new float[samples * declaration.Outputs];
                for (int s = 0; s < samples; s++)
                {
                    targets[(s * declaration.Outputs) + labels[s]] = 1;
                }

                ofLabels.Clear();
                ofTargets.Clear();
                string what = $"{declaration}, {form}, {samples} samples";
                float loss = network.BackwardBatch(inputs, targets, ofTargets);
                Assert.True(loss > 0, what);
                Assert.True(Bits(loss) == Bits(network.BackwardBatch(inputs, labels, ofLabels)), what + ", loss");
                Assert.True(ofTargets.AsSpan().ToArray().Select(Bits).SequenceEqual(ofLabels.AsSpan().ToArray().Select(Bits)), what + ", gradient");
            }
        }
    }

    /// <summary>Losses are added in sample order in double precision, divided by their number, and rounded once, in every form.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_mean_loss_is_rounded_once(int index, Form form)
    {
        Declaration declaration = Classifiers[index];
        var network = (IClassifier<float>)Networks.Create<float>(declaration, form);
        network.Initialize(5);
        ParameterBuffer<float> gradient = network.CreateGradient();
        foreach (int samples in Counts)
        {
            float[] inputs = To<float>(Random(new Random(samples), samples * declaration.Inputs));
            float[] targets = To<float>(Random(new Random(samples + 1), samples * declaration.Outputs).Select(Math.Abs));
            double sum = 0;
            for (int s = 0; s < samples; s++)
            {
                sum += network.Backward(inputs.AsSpan(s * declaration.Inputs, declaration.Inputs), targets.AsSpan(s * declaration.Outputs, declaration.Outputs), gradient);
            }

            float loss = network.BackwardBatch(inputs, targets, gradient);
            Assert.True(Bits((float)(sum / samples)) == Bits(loss), $"{declaration}, {form}, {samples} samples: expected {sum / samples:R}, got {loss:R}.");
        }
    }

    [Theory]
    [InlineData(Form.Auto)]
    [InlineData(Form.Scalar)]
    [InlineData(Form.Vectors128)]
    public void The_mean_loss_of_many_samples_keeps_its_digits(Form form)
    {
        const int Samples = 300_007;
        var network = (ITrainable<float>)Networks.Create<float>(new Declaration(1, [new Layer(1)], "SquaredError"), form);
        network.Parameters.CopyFrom([0.5f, 0.25f]);
        float[] x = Enumerable.Range(0, Samples).Select(s => 1 + (s % 10 * 0.1f)).ToArray();
        float[] y = Enumerable.Range(0, Samples).Select(s => -0.1f * (s % 7)).ToArray();
        double expected = x.Zip(y, (input, target) => Math.Pow((0.5 * input) + 0.25 - target, 2)).Average();
        Assert.Equal(1, network.BackwardBatch(x, y, network.CreateGradient()) / expected, 1e-6);
    }

    private static IEnumerable<Declaration> Arithmetics(Declaration declaration) => [declaration, declaration with { Arithmetic = "Fused" }];

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);
}
