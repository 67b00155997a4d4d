using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using NetGen.TestKit;
using Xunit;
using static NetGen.Tests.Tensors;

namespace NetGen.Tests;

/// <summary>Random networks against an independent reference, against finite differences, and the forms against each other.</summary>
public sealed class RandomArchitectureTests
{
    private const int Count = 24;
    private const double Step = 1e-5;

    private static readonly IReadOnlyList<Declaration> Declarations = RandomDeclarations.Create(seed: 20261120, Count);

    static RandomArchitectureTests()
    {
        IEnumerable<Declaration> both = Declarations.Concat(Declarations.Select(declaration => declaration with { Precision = "Single" })).ToList();
        Networks.Prepare(both, Enum.GetValues<Form>());
        Networks.Prepare(
            RandomDeclarations.Losses
                .SelectMany(pair => (pair.Last ?? RandomDeclarations.Activations).Select(last => (pair.Loss, Last: last)))
                .SelectMany(pair => new[] { "Mean", "Sum" }
                    .Where(reduction => reduction == "Mean" || RandomDeclarations.HasReduction(pair.Loss))
                    .Select(reduction => new Declaration(3, [new Layer(4, "Tanh"), new Layer(3, pair.Last)], pair.Loss, reduction, "Double")))
                .ToList(),
            Form.Narrow);
        Networks.Prepare(both.Select(declaration => declaration with { Arithmetic = "Fused" }).ToList(), Form.Auto);
    }

    public static TheoryData<int, Form> Cases()
    {
        var data = new TheoryData<int, Form>();
        foreach (int index in Enumerable.Range(0, Count))
        {
            foreach (Form form in Enum.GetValues<Form>())
            {
                data.Add(index, form);
            }
        }

        return data;
    }

    public static TheoryData<int> Indices() => new(Enumerable.Range(0, Count));

    /// <summary>Every loss after every activation that it accepts.</summary>
    public static TheoryData<string, string> Pairs()
    {
        var data = new TheoryData<string, string>();
        foreach ((string loss, string[]? last) in RandomDeclarations.Losses)
        {
            foreach (string activation in last ?? RandomDeclarations.Activations)
            {
                data.Add(loss, activation);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_the_reference(int index, Form form)
    {
        CheckReference<double>(Declarations[index], form, index, 1e-11);
        CheckReference<float>(Declarations[index] with { Precision = "Single" }, form, index, 2e-4);
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Fused_arithmetic_agrees_with_the_reference(int index)
    {
        Declaration fused = Declarations[index] with { Arithmetic = "Fused" };
        CheckReference<double>(fused, Form.Auto, index, 1e-11);
        CheckReference<float>(fused with { Precision = "Single" }, Form.Auto, index, 2e-4);
    }

    /// <summary>Central differences of the loss, for every parameter and every input.</summary>
    [Theory]
    [MemberData(nameof(Indices))]
    public void Gradients_are_the_slopes_of_the_loss(int index) => CheckSlopes(Declarations[index], index, Form.Auto);

    /// <summary>The same for every loss after every activation that it accepts.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_pair_has_the_slopes_of_its_loss(string loss, string activation)
    {
        foreach (string reduction in RandomDeclarations.HasReduction(loss) ? new[] { "Mean", "Sum" } : ["Mean"])
        {
            CheckSlopes(new Declaration(3, [new Layer(4, "Tanh"), new Layer(3, activation)], loss, reduction, "Double"), 17, Form.Narrow);
        }
    }

    private static void CheckSlopes(Declaration declaration, int index, Form form)
    {
        var network = (ITrainable<double>)Networks.Create<double>(declaration, form);
        (double[] parameters, double[] input, double[] target) = Data(declaration, network.Parameters.Layout.ParameterCount, index);
        network.Parameters.CopyFrom(parameters);
        ParameterBuffer<double> gradient = network.CreateGradient();
        var inputGradient = new double[input.Length];
        network.Backward(input, target, gradient, inputGradient);

        ParameterBuffer<double> unused = network.CreateGradient();
        double LossAt(double[] θ, double[] x)
        {
            network.Parameters.CopyFrom(θ);
            return network.Backward(x, target, unused);
        }

        // A difference of losses is uncertain by their rounding, whatever the gradient.
        double uncertainty = 4 * (Math.BitIncrement(1.0) - 1) * Math.Max(1, Math.Abs(LossAt(parameters, input))) / Step;
        double[] slopes = Slopes(parameters, θ => LossAt(θ, input));
        AssertClose(slopes, gradient.Canonical(), 1e-6, $"{declaration}: dL/dθ", uncertainty);
        AssertClose(Slopes(input, x => LossAt(parameters, x)), inputGradient, 1e-6, $"{declaration}: dL/dx", uncertainty);
    }

    /// <summary>Every sum has one order, so the form does not show in the bits.</summary>
    [Theory]
    [MemberData(nameof(Indices))]
    public void All_forms_give_the_same_bits(int index)
    {
        Declaration declaration = Declarations[index] with { Precision = "Single" };
        float[][] results = Enum.GetValues<Form>().Select(form => Everything(declaration, form, index)).ToArray();
        Assert.All(results, result => Assert.Equal(results[0].Select(Bits), result.Select(Bits)));
    }

    /// <summary>The bits of a number; IEEE 754 leaves the sign and payload of NaN to the machine.</summary>
    private static int Bits(float value) => BitConverter.SingleToInt32Bits(float.IsNaN(value) ? float.NaN : value);

    private static float[] Everything(Declaration declaration, Form form, int seed)
    {
        var network = (ITrainable<float>)Networks.Create<float>(declaration, form);
        (double[] parameters, double[] input, double[] target) = Data(declaration, network.Parameters.Layout.ParameterCount, seed);
        network.Parameters.CopyFrom(To<float>(parameters));
        var output = new float[declaration.Outputs];
        var inputGradient = new float[declaration.Inputs];
        network.Forward(To<float>(input), output);
        ParameterBuffer<float> gradient = network.CreateGradient();
        float loss = network.Backward(To<float>(input), To<float>(target), gradient, inputGradient);
        for (int step = 0; step < 10; step++)
        {
            network.SgdStep(To<float>(input), To<float>(target), 0.01f);
        }

        var results = new List<float>([.. output, loss, .. inputGradient, .. gradient.Canonical(), .. network.Parameters.Canonical()]);
        foreach (float special in new[] { float.PositiveInfinity, float.NaN, -0f, 1e30f })
        {
            float[] x = To<float>(input);
            x[seed % x.Length] = special;
            gradient.Clear();
            results.Add(network.Backward(x, To<float>(target), gradient, inputGradient));
            network.Forward(x, output);
            results.AddRange([.. output, .. inputGradient, .. gradient.Canonical()]);
        }

        // A batch has the bits of its samples, also where it fills no group.
        foreach (int samples in new[] { 1, 3, 17, 40 })
        {
            float[] x = Enumerable.Range(0, samples).SelectMany(s => input.Select(value => (float)value * (1 + s))).ToArray();
            float[] y = Enumerable.Range(0, samples).SelectMany(_ => target.Select(value => (float)value)).ToArray();
            var outputs = new float[samples * declaration.Outputs];
            var inputGradients = new float[x.Length];
            network.ForwardBatch(x, outputs);
            gradient.Clear();
            results.Add(network.BackwardBatch(x, y, gradient, inputGradients));
            results.AddRange([.. outputs, .. inputGradients, .. gradient.Canonical()]);
        }

        return results.ToArray();
    }

    private static void CheckReference<T>(Declaration declaration, Form form, int seed, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var network = (ITrainable<T>)Networks.Create<T>(declaration, form);
        (double[] parameters, double[] input, double[] target) = Data(declaration, network.Parameters.Layout.ParameterCount, seed);
        network.Parameters.CopyFrom(To<T>(parameters));
        var reference = new ReferenceNetwork(declaration, parameters);

        var output = new T[declaration.Outputs];
        network.Forward(To<T>(input), output);
        AssertClose(reference.Forward(input), output, tolerance, $"{declaration}: output");

        ParameterBuffer<T> gradient = network.CreateGradient();
        var inputGradient = new T[declaration.Inputs];
        T loss = network.Backward(To<T>(input), To<T>(target), gradient, inputGradient);
        (double[] expected, double[] expectedInput) = reference.Backward(input, reference.OutputGradient(input, target));
        AssertClose(new[] { reference.Loss(input, target) }, new[] { loss }, tolerance, $"{declaration}: loss");
        AssertClose(expected, gradient.Canonical(), tolerance, $"{declaration}: gradient");
        AssertClose(expectedInput, inputGradient, tolerance * 10, $"{declaration}: input gradient");

        // The vector-Jacobian product for an arbitrary dL/da.
        double[] outputGradient = Random(new Random(seed + 1), declaration.Outputs);
        var trace = new T[network.TraceLength];
        network.Forward(To<T>(input), output, trace);
        ParameterBuffer<T> product = network.CreateGradient();
        network.Backward(To<T>(input), trace, To<T>(outputGradient), product, inputGradient);
        (expected, expectedInput) = reference.Backward(input, outputGradient);
        AssertClose(expected, product.Canonical(), tolerance, $"{declaration}: product");
        AssertClose(expectedInput, inputGradient, tolerance * 10, $"{declaration}: input product");
    }

    /// <summary>Parameters, an input and a target that fits the loss; all exact in single precision.</summary>
    private static (double[] Parameters, double[] Input, double[] Target) Data(Declaration declaration, int parameterCount, int seed)
    {
        var random = new Random(seed);

        // Beyond its kinks hard_sigmoid gives probabilities 0 and 1, and then the loss is infinite.
        double scale = declaration.Layers[^1].Activation == "HardSigmoid" ? 0.05 : 0.7;
        double[] parameters = To<float>(Random(random, parameterCount, scale)).Select(value => (double)value).ToArray();
        double[] input = To<float>(Random(random, declaration.Inputs)).Select(value => (double)value).ToArray();
        double[] target = Random(random, declaration.Outputs).Select(value => (double)(float)Math.Abs(value)).ToArray();
        if (declaration.Loss == "CategoricalCrossEntropy")
        {
            // A distribution in eighths, so that its sum is exact.
            Array.Clear(target);
            target[random.Next(target.Length)] += 0.625;
            target[random.Next(target.Length)] += 0.375;
        }

        return (parameters, input, target);
    }

    private static double[] Slopes(double[] at, Func<double[], double> value)
    {
        return Enumerable.Range(0, at.Length).Select(index =>
        {
            double[] above = (double[])at.Clone();
            double[] below = (double[])at.Clone();
            above[index] += Step;
            below[index] -= Step;
            return (value(above) - value(below)) / (2 * Step);
        }).ToArray();
    }
}
