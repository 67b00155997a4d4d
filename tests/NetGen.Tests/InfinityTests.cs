using System;
using System.Linq;
using System.Numerics;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Tests;

/// <summary>At ±∞, and at numbers whose squares overflow, an activation and its derivative have the limits of mathematics.</summary>
public sealed class InfinityTests
{
    private const double Infinity = double.PositiveInfinity;
    private const double Selu = 1.0507009873554805;

    private static readonly (string Name, double Low, double High, double SlopeLow, double SlopeHigh)[] Limits =
    [
        ("Identity", -Infinity, Infinity, 1, 1),
        ("Sigmoid", 0, 1, 0, 0),
        ("Tanh", -1, 1, 0, 0),
        ("Relu", 0, Infinity, 0, 1),
        ("LeakyRelu", -Infinity, Infinity, 0.01, 1),
        ("Elu", -1, Infinity, 0, 1),
        ("Selu", -Selu * 1.6732632423543772, Infinity, 0, Selu),
        ("Gelu", 0, Infinity, 0, 1),
        ("GeluTanh", 0, Infinity, 0, 1),
        ("Silu", 0, Infinity, 0, 1),
        ("Softplus", 0, Infinity, 0, 1),
        ("Softsign", -1, 1, 0, 0),
        ("Mish", 0, Infinity, 0, 1),
        ("HardSigmoid", 0, 1, 0, 0),
        ("HardTanh", -1, 1, 0, 0),
        ("Relu6", 0, 6, 0, 0),
        ("Exp", 0, Infinity, 0, Infinity),
        ("HardSwish", 0, Infinity, 0, 1),
        ("ClippedRelu", 0, 1, 0, 0),
        ("SquaredClippedRelu", 0, 1, 0, 0),
        ("Celu", -1, Infinity, 0, 1),
    ];

    static InfinityTests()
    {
        Networks.Prepare(
            Limits.SelectMany(limit => new[] { "Single", "Double" }, (limit, precision) => Network(limit.Name) with { Precision = precision }).ToList(),
            Form.Auto,
            Form.Scalar);
    }

    public static TheoryData<string, Form> Names()
    {
        var data = new TheoryData<string, Form>();
        foreach ((string name, _, _, _, _) in Limits)
        {
            data.Add(name, Form.Auto);
            data.Add(name, Form.Scalar);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Single_has_the_limits(string name, Form form) => Check(name, form, float.MaxValue);

    [Theory]
    [MemberData(nameof(Names))]
    public void Double_has_the_limits(string name, Form form) => Check(name, form, double.MaxValue);

    /// <summary>Sine has no limit, nor has the slope of snake.</summary>
    [Theory]
    [InlineData("Sin")]
    [InlineData("Snake")]
    public void What_has_no_limit_is_NaN(string name)
    {
        INetwork<double> network = Networks.Create<double>(Network(name) with { Precision = "Double" });
        network.Parameters.Weight(0, 0, 0) = 1;
        foreach (double x in new[] { Infinity, -Infinity })
        {
            (double a, double slope) = At(network, x);
            Assert.Equal(name == "Snake" ? x : double.NaN, a);
            Assert.Equal(double.NaN, slope);
        }

        (double largest, double finite) = At(network, 1e300);
        Assert.InRange(largest, name == "Snake" ? 1e300 : -1, name == "Snake" ? 1e300 : 1);
        Assert.InRange(finite, name == "Snake" ? 0 : -30, name == "Snake" ? 2 : 30);
    }

    private static void Check<T>(string name, Form form, T largest)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        INetwork<T> network = Networks.Create<T>(Network(name), form);
        network.Parameters.Weight(0, 0, 0) = T.One;
        var limit = Limits.Single(limit => limit.Name == name);
        CheckAt(network, T.NegativeInfinity, limit.Low, limit.SlopeLow);
        CheckAt(network, T.PositiveInfinity, limit.High, limit.SlopeHigh);

        // The largest numbers are as good as infinite, except where the activation is as large as they.
        double ToLimit(double at, T number) => double.IsInfinity(at) ? double.CreateChecked(number) * (at < 0 ? limit.SlopeLow : limit.SlopeHigh) : at;
        CheckAt(network, -largest, ToLimit(limit.Low, -largest), limit.SlopeLow);
        CheckAt(network, largest, name == "Selu" ? Infinity : ToLimit(limit.High, largest), limit.SlopeHigh);
    }

    private static void CheckAt<T>(INetwork<T> network, T x, double value, double slope)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (T a, T dx) = At(network, x);
        AssertNear(value, double.CreateChecked(a), $"{network.GetType().Name} at {x}");
        AssertNear(slope, double.CreateChecked(dx), $"the slope of {network.GetType().Name} at {x}");
    }

    private static (T Value, T Slope) At<T>(INetwork<T> network, T x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var a = new T[1];
        var trace = new T[network.TraceLength];
        var dx = new T[1];
        network.Forward([x], a, trace);
        network.Backward([x], trace, [T.One], network.CreateGradient(), dx);
        return (a[0], dx[0]);
    }

    private static void AssertNear(double expected, double actual, string what) => Assert.True(
        double.IsInfinity(expected) ? actual == expected : Math.Abs(actual - expected) <= 1e-6 * Math.Abs(expected),
        $"{what} is {actual:R}, expected {expected:R}.");

    private static Declaration Network(string activation) => new(1, [new Layer(1, activation, UseBias: false)]);
}
