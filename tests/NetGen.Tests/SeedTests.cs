using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using NetGen.TestKit;
using Xunit;
using static NetGen.TestKit.Tensors;
using static NetGen.Tests.TensorAssert;

namespace NetGen.Tests;

/// <summary>What is particular to one of the five back-propagation texts.</summary>
public sealed class SeedTests
{
    /// <summary>S1: the number of updates that bring the cost below 0.1 is known exactly.</summary>
    [Theory]
    [InlineData("s1_seed0", 2980)]
    [InlineData("s1_seed2", 2499)]
    public void Gradient_descent_needs_the_known_number_of_updates(string name, int updates)
    {
        Assert.Equal(updates, UpdatesToThreshold<double>(name));
        Assert.InRange(UpdatesToThreshold<float>(name), updates - 3, updates + 3);
    }

    /// <summary>S3: online updates, where the hidden delta must come from the weights before the update.</summary>
    [Theory]
    [InlineData("s3_2_3_1")]
    [InlineData("s3_3_5_2")]
    public void Online_updates_agree(string name)
    {
        CheckOnline<double>(name, 1e-9);
        CheckOnline<float>(name, 1e-4);
    }

    /// <summary>S4: the text's code takes the input gradient after the update. Ours must not agree with it.</summary>
    [Fact]
    public void The_input_gradient_comes_before_the_update()
    {
        foreach (GoldenCase golden in Golden.Cases("s4"))
        {
            var network = (ITrainable<double>)Networks.Create<double>(golden.Declaration);
            double[] right = Golden.Flatten(golden.Json.GetProperty("input_grad_per_sample"));
            double[] wrong = Golden.Flatten(golden.Json.GetProperty("article_code_wrong").GetProperty("returned_input_grad"));
            double rate = golden.Json.GetProperty("training")[0].GetProperty("optimizer").GetProperty("lr").GetDouble();
            int inputs = golden.Declaration.Inputs;
            int outputs = golden.Declaration.Outputs;
            for (int s = 0; s < golden.BatchSize; s++)
            {
                network.Parameters.CopyFrom(golden.Parameters);
                var inputGradient = new double[inputs];
                network.SgdStep(golden.Inputs.AsSpan(s * inputs, inputs), golden.Targets.AsSpan(s * outputs, outputs), rate, inputGradient);
                AssertClose(right[(s * inputs)..((s + 1) * inputs)], inputGradient, 1e-12, golden.Name);
                Assert.NotEqual(golden.Parameters, network.Parameters.Canonical());
            }

            Assert.True(right.Zip(wrong, (x, y) => Math.Abs(x - y)).Max() > 1e-3, golden.Name);
        }
    }

    private static int UpdatesToThreshold<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        GoldenCase golden = Golden.Cases("s1").Single(golden => golden.Name == name);
        JsonElement until = golden.Json.GetProperty("until_threshold");
        var network = (ITrainable<T>)Networks.Create<T>(golden.Declaration);
        network.Parameters.CopyFrom(To<T>(golden.Parameters));
        T[] x = To<T>(golden.Inputs);
        T[] y = To<T>(golden.Targets);
        T rate = T.CreateChecked(until.GetProperty("learning_rate").GetDouble());
        T threshold = T.CreateChecked(until.GetProperty("stop_when_cost_below").GetDouble());
        ParameterBuffer<T> gradient = network.CreateGradient();
        for (int updates = 0; updates < 10000; updates++)
        {
            gradient.Clear();
            if (network.BackwardBatch(x, y, gradient) < threshold)
            {
                return updates;
            }

            network.Parameters.AddScaled(gradient, -double.CreateChecked(rate));
        }

        return -1;
    }

    private static void CheckOnline<T>(string name, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        GoldenCase golden = Golden.Cases("s3").Single(golden => golden.Name == name);
        JsonElement online = golden.Json.GetProperty("online");
        var network = (ITrainable<T>)Networks.Create<T>(golden.Declaration);
        network.Parameters.CopyFrom(To<T>(golden.Parameters));
        List<T[]> samples = online.GetProperty("samples").EnumerateArray().Select(row => To<T>(Golden.Flatten(row))).ToList();
        List<T[]> targets = online.GetProperty("targets").EnumerateArray().Select(row => To<T>(Golden.Flatten(row))).ToList();
        T rate = T.CreateChecked(online.GetProperty("learning_rate").GetDouble());
        int updates = online.GetProperty("epochs").GetInt32() * samples.Count;
        int checks = 0;
        for (int update = 1; update <= updates; update++)
        {
            int s = (update - 1) % samples.Count;
            network.SgdStep(samples[s], targets[s], rate);
            if (online.GetProperty("after_update").TryGetProperty(update.ToString(CultureInfo.InvariantCulture), out JsonElement expected))
            {
                AssertClose(Golden.Parameters(expected.GetProperty("float64")), network.Parameters.Canonical(), tolerance, $"after {update} updates");
                checks++;
            }
        }

        Assert.Equal(online.GetProperty("after_update").EnumerateObject().Count(), checks);
    }
}
