using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using NetGen.TestKit;
using Xunit;
using static NetGen.TestKit.Tensors;

namespace NetGen.Tests;

/// <summary>A batch of a tiny network against its samples one by one, which is what a consumer without vectors gets: the same bits.</summary>
public sealed class BatchTests
{
    private static readonly Form[] Lanes = [Form.Lanes512, Form.Lanes256, Form.Lanes128];

    private static readonly IReadOnlyList<Declaration> Declarations = Tiny();

    static BatchTests()
    {
        IEnumerable<Declaration> both = Declarations.Concat(Declarations.Select(declaration => declaration with { Precision = "Double" })).ToList();
        Networks.Prepare(both, [Form.Scalar, .. Lanes]);
    }

    public static TheoryData<int> Indices() => new(Enumerable.Range(0, Declarations.Count));

    [Theory]
    [MemberData(nameof(Indices))]
    public void A_batch_gives_the_bits_of_its_samples(int index)
    {
        Check<float>(Declarations[index], index);
        Check<double>(Declarations[index], index);
    }

    private static void Check<T>(Declaration declaration, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (int samples in new[] { 1, 3, 11, 17, 32, 40 })
        {
            T[] expected = Everything<T>(declaration, Form.Scalar, samples, seed);
            Assert.DoesNotContain(expected, T.IsNaN);
            foreach (Form form in Lanes)
            {
                T[] actual = Everything<T>(declaration, form, samples, seed);
                int index = Enumerable.Range(0, expected.Length).FirstOrDefault(index => Bits(expected[index]) != Bits(actual[index]), -1);
                Assert.True(
                    index < 0,
                    $"{declaration}, {form}, {samples} samples, value {index}: expected {expected[Math.Max(0, index)]:R}, got {actual[Math.Max(0, index)]:R}.");
            }
        }
    }

    /// <summary>Outputs, losses, gradients and input gradients of a batch, and what lies behind them in memory.</summary>
    private static T[] Everything<T>(Declaration declaration, Form form, int samples, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var network = (ITrainable<T>)Networks.Create<T>(declaration, form);
        var random = new Random(seed);
        network.Parameters.CopyFrom(To<T>(Random(random, network.Parameters.Layout.ParameterCount, 0.4)));
        T[] inputs = To<T>(Random(random, samples * declaration.Inputs));
        T[] targets = Enumerable.Range(0, samples).SelectMany(_ => Target<T>(declaration, random)).ToArray();
        T[] outputs = Guarded<T>(samples * declaration.Outputs);
        network.ForwardBatch(inputs, outputs.AsSpan(0, samples * declaration.Outputs));
        ParameterBuffer<T> gradient = network.CreateGradient();
        T loss = network.BackwardBatch(inputs, targets, gradient);
        T[] first = gradient.Canonical();
        T[] inputGradients = Guarded<T>(samples * declaration.Inputs);
        T again = network.BackwardBatch(inputs, targets, gradient, inputGradients.AsSpan(0, samples * declaration.Inputs));
        return [.. outputs, loss, .. first, again, .. inputGradients, .. gradient.Canonical()];
    }

    private static T[] Guarded<T>(int length)
        where T : unmanaged, IFloatingPointIeee754<T> => [.. new T[length], .. Enumerable.Repeat(T.E, 16)];

    private static T[] Target<T>(Declaration declaration, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] target = Random(random, declaration.Outputs).Select(Math.Abs).ToArray();
        if (declaration.Loss == "CategoricalCrossEntropy")
        {
            Array.Clear(target);
            target[random.Next(target.Length)] = 1;
        }

        return To<T>(target);
    }

    private static long Bits<T>(T value)
        where T : unmanaged, IFloatingPointIeee754<T> => BitConverter.DoubleToInt64Bits(double.CreateChecked(value));

    /// <summary>Every activation in a hidden layer and in the last one, every loss, layers on both sides of every limit.</summary>
    private static List<Declaration> Tiny()
    {
        int[] inputs = [2, 1, 4, 9, 3, 8, 5];
        int[] hidden = [3, 8, 16, 4, 6, 1, 11, 5];
        int[] outputs = [2, 1, 3, 4, 6, 9];
        string[] activations = RandomDeclarations.Activations;
        var declarations = new List<Declaration>();
        for (int index = 0; index < 2 * activations.Length; index++)
        {
            (string loss, string[]? fitting) = RandomDeclarations.Losses[index % RandomDeclarations.Losses.Length];
            string last = (fitting ?? activations)[(index / 2) % (fitting ?? activations).Length];
            var layers = new List<Layer> { new(hidden[index % hidden.Length], activations[index % activations.Length], index % 5 != 4) };
            if (index % 6 == 5)
            {
                layers.Add(new Layer(7, activations[(index + 3) % activations.Length]));
            }

            layers.Add(new Layer(outputs[index % outputs.Length], last, index % 7 != 6));
            declarations.Add(new Declaration(
                inputs[index % inputs.Length], layers, loss, RandomDeclarations.HasReduction(loss) && index % 3 == 0 ? "Sum" : "Mean", "Single"));
        }

        declarations.Add(new Declaration(5, [new Layer(3, "Sigmoid")], "SquaredError"));
        declarations.Add(new Declaration(10, [new Layer(2, "Tanh")], "HalfSquaredError"));
        return declarations;
    }
}
