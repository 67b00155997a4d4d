using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests;

/// <summary>
/// The arithmetics that kernels take are what other kernels name: their functions those of the versioned classes, and these the same for one number as for vectors; their
/// products those of the standard. Bit by bit, for numbers of every size.
/// </summary>
public sealed class ArithmeticTests
{
    private delegate T Ternary<T>(T x, T y, T z);

    public static TheoryData<Type, Type> Functions => new() { { typeof(StrictArithmetic1), typeof(Strict1) }, { typeof(FusedArithmetic1), typeof(Fused1) } };

    /// <summary>Every function of an arithmetic, of which there are thirteen for one number and for a vector of either type.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_are_those_of_their_version(Type arithmetic, Type functions)
    {
        MethodInfo[] methods = Unary(arithmetic).Where(method => method.Name != nameof(IArithmetic.WithoutMinusZero)).ToArray();
        Assert.Equal(52, methods.Length);
        if (arithmetic == typeof(FusedArithmetic1) && !FusedArithmetic1.IsSupported)
        {
            return;
        }

        Assert.All(methods, method => Compare(functions.GetMethod(method.Name, [method.ReturnType])!, method));
    }

    /// <summary>Every function for vectors, of which there are thirteen for each of three widths of either type.</summary>
    [Theory]
    [InlineData(typeof(Strict1))]
    [InlineData(typeof(Fused1))]
    public void Functions_of_vectors_have_the_bits_of_one_number(Type functions)
    {
        MethodInfo[] vectors = Unary(functions).Where(method => method.ReturnType.IsGenericType && Catalogued(method.Name)).ToArray();
        Assert.Equal(78, vectors.Length);
        Assert.All(vectors.Where(method => functions == typeof(Strict1) || HasFused(method.ReturnType)), method =>
            Compare(functions.GetMethod(method.Name, [method.ReturnType.GetGenericArguments()[0]])!, method));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Products_are_those_of_the_standard(Type arithmetic, Type functions)
    {
        bool isFused = functions == typeof(Fused1);
        if (!isFused || FusedArithmetic1.IsSupported)
        {
            CheckProducts<float>(arithmetic, isFused ? MathF.FusedMultiplyAdd : (x, y, z) => z + (x * y));
            CheckProducts<double>(arithmetic, isFused ? Math.FusedMultiplyAdd : (x, y, z) => z + (x * y));
        }
    }

    private static void CheckProducts<T>(Type arithmetic, Ternary<T> multiplyAdd)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] grid = Grid<T>();
        var random = new Random(5);
        T[] x = Shuffled(grid, random);
        T[] y = Shuffled(grid, random);
        T[] z = Shuffled(grid, random);
        T[] minusX = Array.ConvertAll(x, value => -value);
        T[] Expected(T[] left, T[] start) => left.Select((value, i) => multiplyAdd(value, y[i], start[i])).ToArray();

        var number = arithmetic.GetMethod(nameof(IArithmetic.MultiplyAdd), [typeof(T), typeof(T), typeof(T)])!.CreateDelegate<Ternary<T>>();
        AssertBits("MultiplyAdd of numbers", Expected(x, z), x.Select((value, i) => number(value, y[i], z[i])).ToArray());
        AssertBits("MultiplyAdd", Expected(x, z), OfThree<T>(arithmetic, nameof(IArithmetic.MultiplyAdd), x, y, z));
        AssertBits("NegativeMultiplyAdd", Expected(minusX, z), OfThree<T>(arithmetic, nameof(IArithmetic.NegativeMultiplyAdd), x, y, z));

        var first = Method(arithmetic, nameof(IArithmetic.First), typeof(Vector128<T>), 2).CreateDelegate<Func<Vector128<T>, Vector128<T>, Vector128<T>>>();
        var end = Method(arithmetic, nameof(IArithmetic.WithoutMinusZero), typeof(Vector128<T>), 1).CreateDelegate<Func<Vector128<T>, Vector128<T>>>();
        T[] sums = Map(x, i => end(first(Vector128.Create(x.AsSpan(i)), Vector128.Create(y.AsSpan(i)))));
        AssertBits("First", Expected(x, new T[x.Length]), sums);
    }

    private static T[] OfThree<T>(Type arithmetic, string name, T[] x, T[] y, T[] z)
        where T : unmanaged
    {
        var method = Method(arithmetic, name, typeof(Vector128<T>), 3).CreateDelegate<Ternary<Vector128<T>>>();
        return Map(x, i => method(Vector128.Create(x.AsSpan(i)), Vector128.Create(y.AsSpan(i)), Vector128.Create(z.AsSpan(i))));
    }

    private static T[] Map<T>(T[] x, Func<int, Vector128<T>> at)
        where T : unmanaged
    {
        var result = new T[x.Length];
        for (int i = 0; i < x.Length; i += Vector128<T>.Count)
        {
            at(i).CopyTo(result, i);
        }

        return result;
    }

    /// <summary>Compares two methods of one number or of a vector each, for every number of the grid.</summary>
    private static void Compare(MethodInfo expected, MethodInfo found)
    {
        if (found.ReturnType == typeof(float) || (found.ReturnType.IsGenericType && found.ReturnType.GetGenericArguments()[0] == typeof(float)))
        {
            Compare<float>(expected, found);
        }
        else
        {
            Compare<double>(expected, found);
        }
    }

    private static void Compare<T>(MethodInfo expected, MethodInfo found)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The part of others that has ln x for x ≥ 1 says nothing of smaller numbers.
        T[] grid = found.Name == nameof(IArithmetic.LogFromOne) ? Array.ConvertAll(Grid<T>(), x => T.Abs(x) + T.One) : Grid<T>();
        AssertBits($"{found.DeclaringType!.Name}.{found}", Apply(expected, grid), Apply(found, grid));
    }

    private static T[] Apply<T>(MethodInfo method, T[] x)
        where T : unmanaged => method.ReturnType == typeof(T) ? Apply(method.CreateDelegate<Func<T, T>>(), x)
        : method.ReturnType == typeof(Vector128<T>) ? Apply(method.CreateDelegate<Func<Vector128<T>, Vector128<T>>>(), x)
        : method.ReturnType == typeof(Vector256<T>) ? Apply(method.CreateDelegate<Func<Vector256<T>, Vector256<T>>>(), x)
        : Apply(method.CreateDelegate<Func<Vector512<T>, Vector512<T>>>(), x);

    /// <summary>Applies a function of some neighbouring numbers to all.</summary>
    private static T[] Apply<TVector, T>(Func<TVector, TVector> function, T[] x)
        where T : unmanaged
        where TVector : struct
    {
        var result = new T[x.Length];
        for (int i = 0; i < x.Length; i += Unsafe.SizeOf<TVector>() / Unsafe.SizeOf<T>())
        {
            Unsafe.As<T, TVector>(ref result[i]) = function(Unsafe.As<T, TVector>(ref x[i]));
        }

        return result;
    }

    private static void AssertBits<T>(string what, T[] expected, T[] found)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] wrong = Enumerable.Range(0, expected.Length).Where(i => !expected[i].Equals(found[i]) || T.IsNegative(expected[i]) != T.IsNegative(found[i]))
            .Where(i => !T.IsNaN(expected[i]) || !T.IsNaN(found[i])).ToArray();
        Assert.True(wrong.Length == 0, $"{what}: {wrong.Length} differ, {string.Join("; ", wrong.Take(3).Select(i => $"{expected[i]:R} and {found[i]:R}"))}");
    }

    /// <summary>Special numbers, numbers of every size, and those between which functions change: as many as fill vectors.</summary>
    private static T[] Grid<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Count = 4096;
        var random = new Random(3);
        var grid = new List<T>
        {
            T.Zero, T.NegativeZero, T.One, -T.One, T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Epsilon, -T.Epsilon, T.BitDecrement(T.PositiveInfinity),
            T.BitIncrement(T.NegativeInfinity),
        };
        while (grid.Count < Count)
        {
            double size = grid.Count % 2 == 0 ? Math.Pow(2, random.Next(-1080, 1024)) : 120;
            grid.Add(T.CreateTruncating(((2 * random.NextDouble()) - 1) * size));
        }

        return [.. grid];
    }

    private static T[] Shuffled<T>(T[] grid, Random random)
    {
        T[] copy = [.. grid];
        random.Shuffle(copy);
        return copy;
    }

    private static IEnumerable<MethodInfo> Unary(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(method => method.GetParameters() is [var x] && x.ParameterType == method.ReturnType);

    /// <summary>Functions have names that an arithmetic has; what makes small numbers 0 is none of them.</summary>
    private static bool Catalogued(string name) => name != nameof(IArithmetic.WithoutMinusZero) && typeof(IArithmetic).GetMethods().Any(method => method.Name == name);

    private static MethodInfo Method(Type type, string name, Type real, int parameters) => type.GetMethod(name, [.. Enumerable.Repeat(real, parameters)])!;

    private static bool HasFused(Type vector) => vector.GetGenericTypeDefinition() == typeof(Vector128<>) ? FusedArithmetic1.IsSupported
        : vector.GetGenericTypeDefinition() == typeof(Vector256<>) ? Fma.IsSupported
        : Avx512F.IsSupported;
}
