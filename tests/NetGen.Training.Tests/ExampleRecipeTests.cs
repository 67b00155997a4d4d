using System;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>The recipes learn what they are for.</summary>
public sealed class ExampleRecipeTests
{
    [Fact]
    public void A_policy_learns_which_action_pays()
    {
        var actor = new Actor();
        actor.Initialize(1);
        Adam<float> optimizer = Adam.For(actor, 0.01);
        optimizer.ClipNorm = 0.5;
        ParameterBuffer<float> gradient = actor.CreateGradient();
        float[] output = new float[Actor.OutputCount];
        for (int step = 0; step < 60; step++)
        {
            gradient.Clear();
            for (int action = 0; action < 3; action++)
            {
                ExampleRecipes.LearnPolicy(actor, State(step), action, 1 / 3f, action == 2 ? 1 : -0.5f, valueTarget: 0.25f, 3, gradient);
            }

            optimizer.Step(gradient);
        }

        actor.Forward(State(0), output);
        Assert.True(output[2] > output[0] + 0.1 && output[2] > output[1] + 0.1, string.Join(" ", output));
        Assert.InRange(output[Actor.ValueOutput.Start], 0.2, 0.3);
    }

    /// <summary>The gradient is that of the surrogate: differences of the loss in single precision say so.</summary>
    [Fact]
    public void The_gradient_of_a_policy_is_that_of_its_loss()
    {
        var actor = new Actor();
        actor.Initialize(3);
        ParameterBuffer<float> gradient = actor.CreateGradient();
        ExampleRecipes.LearnPolicy(actor, State(1), 1, 0.3f, 2, 1.5f, m: 1, gradient);
        double[] slopes = [.. gradient.Canonical().Select(value => (double)value)];
        float[] parameters = actor.Parameters.Canonical();
        const float Step = 1 / 64f;
        foreach (int index in new[] { 0, 40, 200, parameters.Length - 1 })
        {
            double Loss(float by)
            {
                float[] moved = [.. parameters];
                moved[index] += by;
                actor.Parameters.CopyFrom(moved);
                float[] output = new float[Actor.OutputCount];
                actor.Forward(State(1), output);
                double sum = output.Take(3).Sum(logit => Math.Exp(logit));
                double ratio = Math.Exp(output[1]) / sum / 0.3;
                return -Math.Min(ratio * 2, Math.Clamp(ratio, 0.8, 1.2) * 2) + 0.25 * (output[3] - 1.5) * (output[3] - 1.5);
            }

            Assert.Equal((Loss(Step) - Loss(-Step)) / (2 * Step), slopes[index], 3);
        }
    }

    [Fact]
    public void Values_of_actions_are_learnt()
    {
        var online = new QNet();
        var target = new QNet();
        online.Initialize(1);
        Adam<float> optimizer = Adam.For(online, 0.01);
        ParameterBuffer<float> gradient = online.CreateGradient();
        float[] states = [.. State(0), .. State(1), .. State(2)];
        for (int step = 0; step < 200; step++)
        {
            if (step % 20 == 0)
            {
                ExampleRecipes.Catch(online, target);
            }

            ExampleRecipes.LearnValues(online, target, optimizer, gradient, states, [0, 1, 2], [1, -1, 0.5f], states, [true, true, false]);
        }

        float[] values = new float[9];
        online.ForwardBatch(states, values);
        Assert.Equal(1, values[0], 0.05);
        Assert.Equal(-1, values[4], 0.05);

        // What follows is the best of the same state: at least what this action brings itself.
        Assert.True(values[8] > 0.6, $"{values[8]}");
    }

    [Fact]
    public void Pictures_come_back_from_three_numbers()
    {
        var network = new Compressor();
        network.Initialize(1);
        TrainingResult result = ExampleRecipes.Compress(network, Pictures, 150);
        Assert.True(result.Epochs[^1].Loss < 0.1 * result.Epochs[0].Loss, $"{result.Epochs[0]}\n{result.Epochs[^1]}");
    }

    [Fact]
    public void A_judge_learns_from_the_code_of_pictures()
    {
        var network = new Compressor();
        network.Initialize(1);
        ExampleRecipes.Compress(network, Pictures, 150);
        var judge = new Judge();
        int[] labels = [.. Enumerable.Range(0, 40).Select(picture => picture % 5 < 2 ? 0 : 1)];
        TrainingResult result = ExampleRecipes.Transfer(network, judge, Pictures, labels, 150);
        Assert.True(result.Epochs[^1].Loss < 0.1, $"{result.Epochs[^1]}");
        float[] output = new float[Compressor.OutputCount];
        network.Forward(Pictures.AsSpan(0, 16), output);
        float[] trace = new float[Judge.TraceLength];
        judge.Forward(Pictures.AsSpan(0, 16), new float[2], trace);
        Assert.Equal(output[Compressor.CodeOutput], judge.Activations(trace, 1).ToArray());
    }

    [Fact]
    public void Prices_keep_their_units()
    {
        float[] inputs = [.. Enumerable.Range(0, 60 * 3).Select(index => 1000 + 100 * MathF.Sin(index * 1.7f))];
        float[] prices = [.. Enumerable.Range(0, 60).SelectMany(row => new[] { 5 * inputs[row * 3] - 2000, inputs[row * 3 + 1] + inputs[row * 3 + 2] })];
        var network = new Prices();
        ExampleRecipes.FitPrices(network, inputs, prices, 200);
        float[] output = new float[2];
        network.Forward(inputs.AsSpan(0, 3), output);
        Assert.InRange(output[0], prices[0] - 100, prices[0] + 100);
        Assert.InRange(output[1], prices[1] - 60, prices[1] + 60);
    }

    [Fact]
    public void A_quantile_is_learnt()
    {
        var network = new NinthDecile();
        network.Initialize(1);
        Adam<float> optimizer = Adam.For(network, 0.01);
        ParameterBuffer<float> gradient = network.CreateGradient();
        float[] inputs = new float[100];
        float[] targets = [.. Enumerable.Range(0, 100).Select(index => index / 100f)];
        for (int step = 0; step < 600; step++)
        {
            gradient.Clear();
            network.BackwardBatch(inputs, targets, gradient);
            optimizer.Step(gradient);
        }

        float[] output = new float[1];
        network.Forward([0], output);
        Assert.InRange(output[0], 0.85, 0.95);
    }

    private static float[] Pictures { get; } = [.. Enumerable.Range(0, 40 * 16).Select(index => MathF.Sin(index % 16 * (1 + index / 16 % 5) * 0.3f))];

    private static float[] State(int seed) => Values.Random(seed, 4);
}
