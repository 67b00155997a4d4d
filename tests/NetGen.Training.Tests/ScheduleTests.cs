using System;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Learning rates over time.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public void Constant_is_1() => Assert.Equal([1, 1, 1], new long[] { 0, 1, 1_000_000 }.Select(LearningRateSchedule.Constant.Factor));

    [Fact]
    public void Steps_multiply()
    {
        var schedule = new StepSchedule(3, 0.5);
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25], Enumerable.Range(0, 7).Select(step => schedule.Factor(step)));
    }

    [Fact]
    public void Cosine_follows_the_cosine()
    {
        var schedule = new CosineSchedule(1000, minimumFactor: 0.1);
        for (int step = 0; step < 1000; step++)
        {
            double expected = 0.1 + 0.9 * 0.5 * (1 + Math.Cos(Math.PI * step / 1000));
            Assert.Equal(expected, schedule.Factor(step), 4e-16);
        }

        Assert.Equal(1, schedule.Factor(0));
        Assert.Equal(0.1, schedule.Factor(1000));
        Assert.Equal(0.1, schedule.Factor(long.MaxValue));
    }

    [Fact]
    public void Cosine_warms_up_first()
    {
        var schedule = new CosineSchedule(12, warmupSteps: 3);
        Assert.Equal([0.25, 0.5, 0.75, 1], Enumerable.Range(0, 4).Select(step => schedule.Factor(step)));
        Assert.True(schedule.Factor(4) < 1);
        Assert.Equal(0, schedule.Factor(12));
    }

    [Fact]
    public void The_optimizer_uses_the_factor_of_the_steps_before()
    {
        var network = new SmallSingle();
        var optimizer = new Sgd<float>(network.Parameters, 0.5) { Schedule = new StepSchedule(1, 0.5) };
        ParameterBuffer<float> gradient = network.CreateGradient();
        gradient.Bias(0, 0) = 1;
        optimizer.Step(gradient);
        Assert.Equal(-0.5f, network.Parameters.Bias(0, 0));
        Assert.Equal(0.25, optimizer.CurrentLearningRate);
        optimizer.Step(gradient);
        Assert.Equal(-0.75f, network.Parameters.Bias(0, 0));
    }

    [Fact]
    public void Powers_are_exact_where_they_can_be()
    {
        Assert.Equal(1, DeterministicMath.Power(0.3, 0));
        Assert.Equal(Math.ScaleB(1, -40), DeterministicMath.Power(0.5, 40));
        Assert.Equal(Math.Pow(0.999, 12345), DeterministicMath.Power(0.999, 12345), 1e-18);
    }

    [Fact]
    public void Bad_settings_are_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>("stepSize", () => new StepSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>("gamma", () => new StepSchedule(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => new CosineSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>("warmupSteps", () => new CosineSchedule(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>("minimumFactor", () => new CosineSchedule(5, 0, 1.5));
    }
}
