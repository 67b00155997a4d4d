using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Tests;

/// <summary>
/// The emitted elementary functions against double-double arithmetic, on a sample of all floats and of all doubles. The exhaustive run
/// is a command of its own; <c>docs/numerics.md</c> shows it.
/// </summary>
public sealed class ElementaryFunctionTests
{
    /// <summary>A prime, so that the sample meets every exponent and all kinds of fractions.</summary>
    private const long FloatStep = 80021;

    private const int Doubles = 20000;

    private static readonly Dictionary<string, (Func<double, (double Hi, double Lo)> Exact, double Single, double Double)> Limits = new()
    {
        ["Exp"] = (Reference.Exp, 1, 1),
        ["Expm1"] = (Reference.Expm1, 2, 2),
        ["Log"] = (Reference.Log, 1, 1),
        ["Log1p"] = (Reference.Log1p, 1, 1),
        ["LogFromOne"] = (x => Reference.Log(LibraryFunctions.Argument("LogFromOne")(x)), 1, 1),
        ["Tanh"] = (Reference.Tanh, 2, 2),
        ["Sigmoid"] = (Reference.Sigmoid, 2.5, 2.5),
        ["Softplus"] = (Reference.Softplus, 2, 2.5),
        ["SoftplusTail"] = (x => Reference.Softplus(-Math.Abs(x)), 2, 2.5),
        ["Erf"] = (Reference.Erf, 2, 2),
        ["Erfc"] = (Reference.Erfc, 6, 6),
        ["Sin"] = (x => Reference.Sin(LibraryFunctions.Argument("Sin")(x)), 2, 2),
        ["Cos"] = (x => Reference.Cos(LibraryFunctions.Argument("Cos")(x)), 2, 2),
    };

    /// <summary>Whether a function tends to 0 for large arguments: it is 0 where the value would be subnormal.</summary>
    private static bool Vanishes(string name) => name is "Erfc" or "Exp" or "Sigmoid" or "Softplus" or "SoftplusTail";

    public static TheoryData<string, bool> Functions()
    {
        var data = new TheoryData<string, bool>();
        foreach (string name in Limits.Keys)
        {
            data.Add(name, false);
            data.Add(name, true);
        }

        return data;
    }

    [Fact]
    public void Every_function_has_a_limit() => Assert.Equal(LibraryFunctions.Names.Order(StringComparer.Ordinal), Limits.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Functions))]
    public void Single_is_within_its_limit(string name, bool fused)
    {
        (Func<double, (double Hi, double Lo)> exact, double limit, _) = Limits[name];
        Func<float, float> function = LibraryFunctions.Single(name, fused);
        for (long bits = 0; bits < 1L << 32; bits += FloatStep)
        {
            float x = BitConverter.Int32BitsToSingle((int)bits);
            double expected = exact(x).Hi;
            float nearest = (float)expected;
            float got = function(x);
            if (Vanishes(name) && nearest < 1.17549435e-38f)
            {
                Assert.True(got == 0, $"{name}({x:R}) is {got:R}.");
                continue;
            }

            if (!float.IsFinite(nearest))
            {
                Assert.True(got.Equals(nearest), $"{name}({x:R}): expected {nearest}, got {got}.");
                continue;
            }

            double ulp = MathF.BitIncrement(MathF.Abs(nearest)) - MathF.Abs(nearest);
            double error = Math.Abs(got - expected) / ulp;
            Assert.True(error <= limit, $"{name}({x:R}): expected {expected:R}, got {got:R}, {error:F2} ulp, allowed {limit}.");
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Double_is_within_its_limit(string name, bool fused)
    {
        (Func<double, (double Hi, double Lo)> exact, _, double limit) = Limits[name];
        Func<double, double> function = LibraryFunctions.Double(name, fused);
        var random = new Random(7);
        for (int count = 0; count < Doubles; count++)
        {
            double x = count % 3 == 0
                ? BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))
                : ((random.NextDouble() * 2) - 1) * Math.Pow(2, random.Next(-8, 10));
            if (count % 3 == 1)
            {
                // Where a difference in a polynomial may vanish: beside the multiples of ½, at all distances.
                x = (random.Next(-20, 21) * 0.5) + ((random.NextDouble() - 0.5) * Math.Pow(2, -random.Next(50)));
            }

            (double hi, double lo) = exact(x);
            double got = function(x);
            if (Vanishes(name) && hi < 2.2250738585072014e-308)
            {
                Assert.True(got == 0, $"{name}({x:R}) is {got:R}.");
                continue;
            }

            if (!double.IsFinite(hi))
            {
                Assert.True(got.Equals(hi), $"{name}({x:R}): expected {hi}, got {got}.");
                continue;
            }

            double ulp = Math.BitIncrement(Math.Abs(hi)) - Math.Abs(hi);
            double error = Math.Abs((got - hi) - lo) / ulp;
            Assert.True(error <= limit, $"{name}({x:R}): expected {hi:R}, got {got:R}, {error:F2} ulp, allowed {limit}.");
        }
    }

    /// <summary>The last numbers of which there is a logarithm, and the smallest of all, which are their own.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Log1p_begins_above_minus_one(bool fused)
    {
        Func<float, float> single = LibraryFunctions.Single("Log1p", fused);
        Func<double, double> @double = LibraryFunctions.Double("Log1p", fused);
        Assert.Equal((float.NegativeInfinity, float.NaN), (single(-1), single(MathF.BitDecrement(-1))));
        Assert.Equal((double.NegativeInfinity, double.NaN), (@double(-1), @double(Math.BitDecrement(-1))));
        Assert.Equal((-16.635532f, -36.7368005696771), (single(MathF.BitIncrement(-1)), @double(Math.BitIncrement(-1))));
        Assert.Equal((float.Epsilon, -float.Epsilon, double.Epsilon, -double.Epsilon), (single(float.Epsilon), single(-float.Epsilon), @double(double.Epsilon), @double(-double.Epsilon)));
    }

    /// <summary>Signs of zero, infinities, and NaN.</summary>
    [Theory]
    [InlineData("Exp", 1, 1, double.PositiveInfinity, 0)]
    [InlineData("Expm1", 0, -0.0, double.PositiveInfinity, -1)]
    [InlineData("Log", double.NegativeInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NaN)]
    [InlineData("Log1p", 0, -0.0, double.PositiveInfinity, double.NaN)]
    [InlineData("LogFromOne", 0, 0, double.PositiveInfinity, 0)]
    [InlineData("Tanh", 0, -0.0, 1, -1)]
    [InlineData("Sigmoid", 0.5, 0.5, 1, 0)]
    [InlineData("Softplus", 0.6931471805599453, 0.6931471805599453, double.PositiveInfinity, 0)]
    [InlineData("SoftplusTail", 0.6931471805599453, 0.6931471805599453, 0, 0)]
    [InlineData("Erf", 0, -0.0, 1, -1)]
    [InlineData("Erfc", 1, 1, 0, 2)]
    [InlineData("Sin", 0, -0.0, double.NaN, double.NaN)]
    [InlineData("Cos", 1, 1, double.NaN, double.NaN)]
    public void Special_values_are_exact(string name, double zero, double minusZero, double infinity, double minusInfinity)
    {
        foreach (bool fused in new[] { false, true })
        {
            Func<float, float> single = LibraryFunctions.Single(name, fused);
            Func<double, double> @double = LibraryFunctions.Double(name, fused);
            foreach ((double x, double expected) in new[]
            {
                (0.0, zero), (-0.0, minusZero), (double.PositiveInfinity, infinity), (double.NegativeInfinity, minusInfinity), (double.NaN, double.NaN),
            })
            {
                Assert.Equal(BitConverter.DoubleToInt64Bits(expected), Bits(@double(x)));
                Assert.Equal(BitConverter.DoubleToInt64Bits((float)expected), Bits(single((float)x)));
            }
        }

        static long Bits(double value) => BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value);
    }
}
