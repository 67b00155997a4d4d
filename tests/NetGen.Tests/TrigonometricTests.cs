using System;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Tests;

/// <summary>Sine and cosine where they are hardest, and beyond the arguments for which their error is bounded in units in the last place.</summary>
public sealed class TrigonometricTests
{
    private const double HalfPi = Math.PI / 2;

    /// <summary>n ½π lies below 2^20.</summary>
    private const int Multiples = 667544;

    public static TheoryData<string, bool> Functions() => new() { { "Sin", false }, { "Sin", true }, { "Cos", false }, { "Cos", true } };

    /// <summary>The numbers next to multiples of ½π, where nearly all digits of the argument are lost; 29 ½π is 2^-60 from a double, the nearest of all.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void Beside_multiples_of_half_pi_the_digits_are_right(string name, bool fused)
    {
        Func<double, (double Hi, double Lo)> exact = Exact(name);
        Func<float, float> single = LibraryFunctions.Single(name, fused);
        Func<double, double> @double = LibraryFunctions.Double(name, fused);
        for (int n = 1; n <= Multiples; n += n < 1000 ? 1 : 61)
        {
            // As double precision has n ½π, and beside it.
            for (double x = Math.BitDecrement(n * HalfPi), last = Math.BitIncrement(n * HalfPi); x <= last; x = Math.BitIncrement(x))
            {
                (double hi, double lo) = exact(x);
                double error = Math.Abs((@double(x) - hi) - lo) / (Math.BitIncrement(Math.Abs(hi)) - Math.Abs(hi));
                Assert.True(error <= 2, $"{name}({x:R}) is {error:F2} ulp off.");
            }

            float narrow = (float)(n * HalfPi);
            double value = exact(narrow).Hi;
            float nearest = Math.Abs((float)value);
            double narrowError = Math.Abs(single(narrow) - value) / (MathF.BitIncrement(nearest) - nearest);
            Assert.True(narrowError <= 2, $"{name}({narrow:R}) is {narrowError:F2} ulp off.");
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Sine_is_odd_and_cosine_even(string name, bool fused)
    {
        int sign = name == "Sin" ? -1 : 1;
        Func<float, float> single = LibraryFunctions.Single(name, fused);
        Func<double, double> @double = LibraryFunctions.Double(name, fused);
        var random = new Random(3);
        for (int count = 0; count < 20000; count++)
        {
            double x = random.NextDouble() * Math.Pow(2, random.Next(-30, 21));
            Assert.Equal(BitConverter.DoubleToInt64Bits(sign * @double(x)), BitConverter.DoubleToInt64Bits(@double(-x)));
            Assert.Equal(BitConverter.SingleToInt32Bits(sign * single((float)x)), BitConverter.SingleToInt32Bits(single(-(float)x)));
        }
    }

    /// <summary>Between -1 and 1, and right for a number within half a unit in the last place of x.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Beyond_the_bound_the_argument_is_rounded(bool isSine)
    {
        Func<double, (double Hi, double Lo)> exact = isSine ? Reference.Sin : Reference.Cos;
        var random = new Random(5);
        for (int count = 0; count < 20000; count++)
        {
            double x = (random.Next(2) == 0 ? -1 : 1) * (1 + random.NextDouble()) * Math.Pow(2, random.Next(20, 50));
            double got = isSine ? StrictMath.Sin(x) : StrictMath.Cos(x);
            Assert.InRange(Math.Abs(got), 0, 1);
            Assert.InRange(Math.Abs(got - exact(x).Hi), 0, (0.5 * (Math.BitIncrement(Math.Abs(x)) - Math.Abs(x))) + 1e-15);
            float narrow = (float)((1 + random.NextDouble()) * Math.Pow(2, random.Next(20, 22)));
            float value = isSine ? StrictMath.Sin(narrow) : StrictMath.Cos(narrow);
            Assert.InRange(Math.Abs(value), 0, 1);
            Assert.InRange(Math.Abs(value - exact(narrow).Hi), 0, 0.5 * (MathF.BitIncrement(narrow) - narrow));
        }
    }

    /// <summary>Where a number is hardly an angle any more.</summary>
    [Fact]
    public void Far_beyond_the_value_is_constant()
    {
        const double Last = 1L << 50;
        foreach (double x in new[] { 1e16, 1e300, double.MaxValue })
        {
            Assert.Equal(StrictMath.Sin(Last), StrictMath.Sin(x));
            Assert.Equal(StrictMath.Cos(Last), StrictMath.Cos(-x));
        }

        const float LastSingle = 1 << 22;
        foreach (float x in new[] { 1e8f, 1e30f, float.MaxValue })
        {
            Assert.Equal(-StrictMath.Sin(LastSingle), StrictMath.Sin(-x));
            Assert.Equal(StrictMath.Cos(LastSingle), StrictMath.Cos(x));
        }
    }

    private static Func<double, (double Hi, double Lo)> Exact(string name) => name == "Sin" ? Reference.Sin : Reference.Cos;
}
