using System;
using System.Linq;
using System.Reflection;
using NetGen.Runtime;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Tests;

/// <summary>The functions for everybody are those of networks, and of many numbers those of one; their accuracy is that of <see cref="ElementaryFunctionTests"/>.</summary>
public sealed class StrictMathTests
{
    private delegate void Mapping<T>(ReadOnlySpan<T> x, Span<T> result);

    private static string[] Names => typeof(StrictMath).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(method => method.Name).Distinct().ToArray();

    public static TheoryData<string> Functions => new(Names);

    [Fact]
    public void All_functions_but_the_parts_of_others_are_there() =>
        Assert.Equal(LibraryFunctions.Names.Except([nameof(Strict1.LogFromOne), nameof(Strict1.SoftplusTail)]).Order(StringComparer.Ordinal), Names.Order(StringComparer.Ordinal));

    /// <summary>Every length up to three of the widest vectors, so that each width and what is left of it has its turn, in place and apart.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void Many_numbers_have_the_bits_of_one(string name)
    {
        var random = new Random(11);
        float[] special = [0, -0f, 1, -1, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, float.MaxValue, -90, 90, 9.2f, 1e-20f];
        var single = Method<Func<float, float>>(name, typeof(float));
        var @double = Method<Func<double, double>>(name, typeof(double));
        var singles = Method<Mapping<float>>(name, typeof(ReadOnlySpan<float>), typeof(Span<float>));
        var doubles = Method<Mapping<double>>(name, typeof(ReadOnlySpan<double>), typeof(Span<double>));
        for (int length = 0; length <= 50; length++)
        {
            float[] x = Enumerable.Range(0, length).Select(i => random.Next(2) == 0 ? special[random.Next(special.Length)] : (random.NextSingle() - 0.5f) * 40).ToArray();
            double[] wide = x.Select(value => value * 1.1).ToArray();
            float[] result = new float[length + 1];
            singles(x, result);
            Assert.Equal(x.Select(single).Append(0).Select(value => Bits(value)), result.Select(value => Bits(value)));
            double[] inPlace = [.. wide];
            doubles(inPlace, inPlace);
            Assert.Equal(wide.Select(@double).Select(Bits), inPlace.Select(Bits));
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Wrong_spans_are_refused_before_anything_is_written(string name)
    {
        var map = Method<Mapping<float>>(name, typeof(ReadOnlySpan<float>), typeof(Span<float>));
        float[] values = [1, 2, 3, 4];
        Assert.Contains("4 arguments", Assert.Throws<ArgumentException>(() => map(values, new float[3])).Message);
        Assert.Throws<ArgumentException>(() => map(values.AsSpan(0, 3), values.AsSpan(1)));
        Assert.Equal([1, 2, 3, 4], values);
    }

    /// <summary>All NaN are one.</summary>
    private static long Bits(double value) => double.IsNaN(value) ? -1 : BitConverter.DoubleToInt64Bits(value);

    private static T Method<T>(string name, params Type[] parameters)
        where T : Delegate => typeof(StrictMath).GetMethod(name, parameters)!.CreateDelegate<T>();
}
