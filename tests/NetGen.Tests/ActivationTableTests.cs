using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Tests;

/// <summary>Values and derivatives of the activations against correctly rounded ones, from far below to far above the kinks.</summary>
public sealed class ActivationTableTests
{
    private static readonly Dictionary<string, JsonElement> Table = Read();

    private static readonly double[] Points = Golden.Flatten(Golden.Read("activation_table").RootElement.GetProperty("x"));

    static ActivationTableTests()
    {
        Networks.Prepare(Table.Keys.SelectMany(name => new[] { Network(name, "Single"), Network(name, "Double") }).ToList(), Form.Auto);
    }

    public static TheoryData<string> Names => new(Table.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Double_is_as_good_as_exact(string name) => Check<double>(name, "value", "derivative", "_float64", 2e-15);

    [Theory]
    [MemberData(nameof(Names))]
    public void Single_is_as_good_as_exact(string name) => Check<float>(name, "value_float32", "derivative_float32", "_float32", 1e-6);

    public static TheoryData<string> Tails => new("gelu", "gelu_tanh", "silu", "mish", "sigmoid", "softplus");

    /// <summary>Where an activation tends to 0, value and derivative keep their digits, down to 1e-30; the error of the exponent, a power of z, is part of the rounding of z.</summary>
    [Theory]
    [MemberData(nameof(Tails))]
    public void A_tail_keeps_its_digits(string name)
    {
        CheckTail<double>(name, "value", "derivative", Math.Pow(2, -52));
        CheckTail<float>(name, "value_float32", "derivative_float32", Math.Pow(2, -23));
    }

    private static void CheckTail<T>(string name, string value, string derivative, double unit)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] values = Golden.Flatten(Table[name].GetProperty(value));
        double[] derivatives = Golden.Flatten(Table[name].GetProperty(derivative));
        for (int index = 0; Points[index] <= -2; index++)
        {
            (T a, T slope) = Run<T>(name, Points[index]);
            double tolerance = 4 * unit * (1 + Math.Abs(Math.Pow(Points[index], name == "gelu_tanh" ? 3 : 2)));
            AssertDigits(values[index], double.CreateChecked(a), $"{name}({Points[index]:R})");
            AssertDigits(derivatives[index], double.CreateChecked(slope), $"{name}'({Points[index]:R})");
            void AssertDigits(double expected, double got, string what) => Assert.True(
                Math.Abs(expected) < 2e-30 || Math.Abs(got - expected) <= tolerance * Math.Abs(expected),
                $"{what}: expected {expected:R}, got {got:R}, allowed {tolerance:E1} of it.");
        }
    }

    private static (T A, T Slope) Run<T>(string name, double z)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        INetwork<T> network = Networks.Create<T>(Network(name, typeof(T) == typeof(float) ? "Single" : "Double"));
        network.Parameters.Weight(0, 0, 0) = T.One;
        T[] x = [T.CreateChecked(z)];
        var a = new T[1];
        var trace = new T[network.TraceLength];
        var slope = new T[1];
        network.Forward(x, a, trace);
        network.Backward(x, trace, [T.One], network.CreateGradient(), slope);
        return (a[0], slope[0]);
    }

    private static void Check<T>(string name, string value, string derivative, string precision, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] values = Golden.Flatten(Table[name].GetProperty(value));
        double[] derivatives = Golden.Flatten(Table[name].GetProperty(derivative));

        // How far PyTorch is from the exact values. Derivatives are formed from a, where its error is magnified: PyTorch's a is within
        // 1 ulp, ours within 2, and a product rounds once more, so three times its error is accepted.
        double Yardstick(string what) =>
            3 * Table[name].GetProperty("pytorch_1_13_deviation").GetProperty(what + precision).GetProperty("max_error").GetDouble();
        for (int index = 0; index < Points.Length; index++)
        {
            (T a, T slope) = Run<T>(name, Points[index]);
            AssertNear(values[index], a, Math.Max(tolerance, Yardstick("value")), $"{name}({Points[index]:R})");
            AssertNear(derivatives[index], slope, Math.Max(tolerance, Yardstick("derivative")), $"{name}'({Points[index]:R})");
        }
    }

    /// <summary>The measure of the table: the error relative to the value, or to 0.01 where that is larger.</summary>
    private static void AssertNear<T>(double expected, T actual, double tolerance, string what)
        where T : INumber<T>
    {
        double got = double.CreateChecked(actual);
        double error = Math.Abs(got - expected) / Math.Max(0.01, Math.Abs(expected));
        Assert.True(error <= tolerance, $"{what}: expected {expected:R}, got {got:R}, error {error:E1}, allowed {tolerance:E1}.");
    }

    private static Declaration Network(string name, string precision)
    {
        double? alpha = Table[name].TryGetProperty("alpha", out JsonElement given) && given.ValueKind == JsonValueKind.Number ? given.GetDouble() : null;
        string activation = Golden.ActivationName(Table[name].GetProperty("activation").GetString()!);
        return new Declaration(1, [new Layer(1, activation, UseBias: false, alpha)], Precision: precision);
    }

    private static Dictionary<string, JsonElement> Read() => Golden.Read("activation_table").RootElement.GetProperty("functions")
        .EnumerateArray()
        .ToDictionary(entry => entry.GetProperty("activation").GetString()! + (entry.TryGetProperty("alpha", out JsonElement alpha) ? alpha.ToString() : ""));
}
