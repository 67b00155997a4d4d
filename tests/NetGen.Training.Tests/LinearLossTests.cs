using System;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>An output whose target is its gradient, beside one with a loss: what comes of both in one call is what the vector-Jacobian product makes of the gradients of both.</summary>
public sealed class LinearLossTests
{
    private const int Samples = 8;

    /// <summary>The weights of heads and of samples are powers of two, which round nothing, so that the bits are the same.</summary>
    [Fact]
    public void Given_gradients_and_losses_go_in_one_batch()
    {
        LinearNet network = New();
        float[] inputs = Values.Random(2, Samples * LinearNet.InputCount);
        float[] targets = Array.ConvertAll(Values.Random(3, Samples * LinearNet.OutputCount), value => 10 * value);
        ParameterBuffer<float> gradient = network.CreateGradient();
        var inputGradients = new float[inputs.Length];
        float mean = network.BackwardBatch(inputs, targets, gradient, inputGradients);

        ParameterBuffer<float> expected = network.CreateGradient();
        double losses = 0;
        for (int s = 0; s < Samples; s++)
        {
            ReadOnlySpan<float> x = inputs.AsSpan(s * LinearNet.InputCount, LinearNet.InputCount);
            float[] y = targets[(s * LinearNet.OutputCount)..((s + 1) * LinearNet.OutputCount)];
            var a = new float[LinearNet.OutputCount];
            var trace = new float[LinearNet.TraceLength];
            network.Forward(x, a, trace);
            float[] slopes = [.. y[LinearNet.PolicyOutput], 0.5f * (a[^1] - y[^1])];
            var inputGradient = new float[LinearNet.InputCount];
            network.Backward(x, trace, Array.ConvertAll(slopes, slope => slope / Samples), expected, inputGradient);
            Assert.Equal(inputGradient, inputGradients[(s * LinearNet.InputCount)..((s + 1) * LinearNet.InputCount)].Select(value => value / Samples));

            float loss = network.Backward(x, y, network.CreateGradient());
            losses += loss;
            double error = a[^1] - y[^1];
            Assert.Equal(y[LinearNet.PolicyOutput].Zip(a, (slope, output) => slope * (double)output).Sum() + (0.25 * error * error), loss, 1e-5 * (1 + Math.Abs(loss)));
        }

        Assert.Equal(expected.AsSpan().ToArray(), gradient.AsSpan().ToArray());
        Assert.Equal((float)(losses / Samples), mean);
    }

    /// <summary>A trainer takes gradients of any sign and size, and follows them.</summary>
    [Fact]
    public void A_trainer_follows_given_gradients()
    {
        LinearNet network = New();
        float[] inputs = Values.Random(2, Samples * LinearNet.InputCount);
        float[] targets = [.. Enumerable.Repeat(new float[] { -40, 0, 0, 0.5f }, Samples).SelectMany(row => row)];
        float before = MeanOfFirst();
        using Trainer<float> trainer = Trainer.Create(network, Adam.For(network, 0.01), Dataset.Create(network, inputs, targets), new() { BatchSize = Samples });
        trainer.Fit(20);
        Assert.InRange(MeanOfFirst(), before + 0.2f, float.MaxValue);

        float MeanOfFirst()
        {
            var outputs = new float[Samples * LinearNet.OutputCount];
            network.ForwardBatch(inputs, outputs);
            return outputs.Chunk(LinearNet.OutputCount).Average(row => row[0]);
        }
    }

    /// <summary>The likeliest normal distribution has the mean and the deviation of the data.</summary>
    [Fact]
    public void A_density_learns_mean_and_deviation()
    {
        var network = new NormalNet();
        network.Initialize(1);
        double[] inputs = [1, -1.5, 2.5, 1, 0.5, 3.5];
        using Trainer<double> trainer = Trainer.Create(network, Adam.For(network, 0.02), Dataset.Create(network, inputs, new double[] { -1, -1 }), new() { BatchSize = 2 });
        trainer.Fit(3000);
        var density = new double[NormalNet.OutputCount];
        network.Forward(inputs.AsSpan(0, 3), density);
        Assert.Contains(network.Parameters.AsSpan().ToArray(), value => Math.Abs(value - Math.Log(0.5)) < 1e-3);
        Assert.Equal(-1 - Math.Log(2 * Math.PI) - Math.Log(0.5), density[0], 1e-6);
    }

    private static LinearNet New()
    {
        var network = new LinearNet();
        network.Initialize(1);
        return network;
    }
}

/// <summary>A policy whose gradient is given, and a value.</summary>
[Network(5)]
[Dense(12, Activation.Tanh)]
[Head("Policy", Loss.Linear)]
[Dense(3)]
[Head("Value", Loss.HalfSquaredError, Weight = 0.5)]
[Dense(1)]
internal sealed partial class LinearNet;

/// <summary>The density of two values with means that are constant.</summary>
[Network(Precision = Precision.Double)]
internal sealed partial class NormalNet
{
    static void Wire(Wiring w) =>
        w.Output("LogDensity", w.Input("One", 1).Dense(2, useBias: false).GaussianLogDensity(w.Input("Value", 2), w.Parameter("LogStd", 2, 1)), Loss.Linear);
}
