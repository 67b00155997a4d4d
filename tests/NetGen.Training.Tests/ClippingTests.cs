using System;
using System.Linq;
using Xunit;
using static NetGen.Training.Tests.Values;

namespace NetGen.Training.Tests;

/// <summary>Norms and limits of gradients, alone and inside an optimizer.</summary>
public sealed class ClippingTests
{
    [Fact]
    public void The_norm_is_the_Euclidean_one()
    {
        ParameterBuffer<float> single = RandomBuffer(IrisNet.Layout, 1);
        double expected = Math.Sqrt(single.Canonical().Sum(value => (double)value * value));
        Assert.Equal(expected, single.Norm(), 1e-12);

        var wide = new ParameterBuffer<double>(IrisDouble.Layout);
        wide.CopyFrom(Array.ConvertAll(single.Canonical(), value => (double)value));
        Assert.Equal(expected, wide.Norm(), 1e-12);
    }

    /// <summary>A layout need not end where a vector does.</summary>
    [Fact]
    public void The_norm_counts_the_last_elements()
    {
        var layout = new ParameterLayout(
            11, new LayerLayout(inputs: 3, units: 3, weightOffset: 0, inputStride: 3, unitStride: 1, biasOffset: -1, initialBound: 1, traceOffset: -1));
        ParameterBuffer<float> gradient = RandomBuffer(layout, 4);
        Assert.Equal(Math.Sqrt(gradient.Canonical().Sum(value => (double)value * value)), gradient.Norm(), 1e-12);
        gradient.Weight(0, 2, 2) = float.NaN;
        Assert.False(gradient.IsFinite());
        Assert.Equal(double.NaN, gradient.Norm());
    }

    /// <summary>Large elements must not overflow: their squares are far outside float.</summary>
    [Fact]
    public void The_norm_of_huge_elements_is_finite()
    {
        var gradient = new ParameterBuffer<float>(SmallSingle.Layout);
        gradient.Weight(0, 0, 0) = 3e30f;
        gradient.Bias(1, 1) = 4e30f;
        Assert.Equal(5e30, gradient.Norm(), 1e24);
        Assert.Equal(5e30, gradient.ClipNorm(5), 1e24);
        Assert.Equal(3, gradient.Weight(0, 0, 0), 1e-5);
        Assert.Equal(4, gradient.Bias(1, 1), 1e-5);
    }

    /// <summary>0 times NaN is NaN: what holds no parameter is left out.</summary>
    [Fact]
    public void A_norm_that_is_no_number_leaves_the_padding_zero()
    {
        var gradient = new ParameterBuffer<float>(SmallSingle.Layout);
        gradient.Bias(1, 1) = float.NaN;
        Assert.Equal(double.NaN, gradient.ClipNorm(1));
        Assert.All(gradient.Canonical(), element => Assert.Equal(float.NaN, element));
        Assert.NotEmpty(gradient.Padding());
        Assert.All(gradient.Padding(), element => Assert.Equal(0, element));
    }

    [Fact]
    public void A_short_gradient_keeps_its_bits()
    {
        ParameterBuffer<float> gradient = RandomBuffer(IrisNet.Layout, 2);
        float[] before = gradient.Canonical();
        Assert.InRange(gradient.ClipNorm(1000), 1, 1000);
        Assert.Equal(before, gradient.Canonical());
    }

    [Fact]
    public void A_long_gradient_keeps_its_direction()
    {
        ParameterBuffer<float> gradient = RandomBuffer(IrisNet.Layout, 2);
        float[] before = gradient.Canonical();
        double norm = gradient.ClipNorm(0.5);
        float scale = (float)(0.5 / (norm + 1e-6));
        Assert.Equal(before.Select(value => value * scale), gradient.Canonical());
        Assert.Equal(0.5, gradient.Norm(), 1e-5);
    }

    [Fact]
    public void Values_are_cut_off()
    {
        ParameterBuffer<float> gradient = RandomBuffer(IrisNet.Layout, 2);
        float[] before = gradient.Canonical();
        gradient.ClipValue(0.25);
        Assert.Equal(before.Select(value => Math.Clamp(value, -0.25f, 0.25f)), gradient.Canonical());
    }

    /// <summary>An optimizer that clips is one that is given clipped gradients, to the bit, and leaves the gradient alone.</summary>
    [Theory]
    [InlineData(0.3, null)]
    [InlineData(null, 0.2)]
    public void An_optimizer_clips_on_the_way(double? clipNorm, double? clipValue)
    {
        IrisNet[] networks = [new(), new()];
        Array.ForEach(networks, network => network.Initialize(1));
        var clipping = new Adam<float>(networks[0].Parameters, weightDecay: 0.1) { ClipNorm = clipNorm, ClipValue = clipValue };
        var plain = new Adam<float>(networks[1].Parameters, weightDecay: 0.1);
        for (int step = 0; step < 3; step++)
        {
            ParameterBuffer<float> gradient = RandomBuffer(IrisNet.Layout, step);
            float[] before = gradient.Canonical();
            clipping.Step(gradient);
            Assert.Equal(before, gradient.Canonical());
            if (clipNorm is { } norm)
            {
                gradient.ClipNorm(norm);
            }
            else
            {
                gradient.ClipValue(clipValue!.Value);
            }

            Assert.NotEqual(before, gradient.Canonical());
            plain.Step(gradient);
            Assert.Equal(networks[1].Parameters.Canonical(), networks[0].Parameters.Canonical());
        }
    }

    [Fact]
    public void Limits_must_be_positive()
    {
        var gradient = new ParameterBuffer<float>(SmallSingle.Layout);
        Assert.Throws<ArgumentOutOfRangeException>("maximum", () => gradient.ClipNorm(0));
        Assert.Throws<ArgumentOutOfRangeException>("maximum", () => gradient.ClipValue(double.NaN));
        Assert.Throws<ArgumentNullException>("gradient", () => ((ParameterBuffer<float>)null!).Norm());
    }
}
