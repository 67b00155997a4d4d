using System;
using System.Linq;
using Xunit;

namespace NetGen.Tests;

/// <summary><see cref="Subnormals"/> makes 0 of subnormal numbers, with their sign, and of nothing else, whatever the length.</summary>
public sealed class ClearTests
{
    [Fact]
    public void Subnormal_floats_become_0_and_others_stay()
    {
        float[] kinds = [1e-40f, -1e-40f, float.Epsilon, 1.17549421e-38f, 1.17549435e-38f, -1.17549435e-38f, 0, -0f, 1, -2, float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        for (int length = 0; length < 40; length++)
        {
            float[] values = Enumerable.Range(0, length).Select(index => kinds[index % kinds.Length]).ToArray();
            int[] expected = values.Select(value => BitConverter.SingleToInt32Bits(float.IsSubnormal(value) ? MathF.CopySign(0, value) : value)).ToArray();
            Subnormals.Clear(values);
            Assert.Equal(expected, values.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Fact]
    public void Subnormal_doubles_become_0_and_others_stay()
    {
        double[] kinds = [1e-310, -1e-310, double.Epsilon, 2.2250738585072009e-308, 2.2250738585072014e-308, 0, -0.0, 1, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        for (int length = 0; length < 30; length++)
        {
            double[] values = Enumerable.Range(0, length).Select(index => kinds[index % kinds.Length]).ToArray();
            long[] expected = values.Select(value => BitConverter.DoubleToInt64Bits(double.IsSubnormal(value) ? Math.CopySign(0, value) : value)).ToArray();
            Subnormals.Clear(values);
            Assert.Equal(expected, values.Select(BitConverter.DoubleToInt64Bits));
        }
    }
}
