using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using NetGen.Generator.Planning;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>No emitted method leaves the budget within which the JIT optimises, whatever the network.</summary>
public sealed class BudgetTests
{
    /// <summary>The networks of the benchmarks, sizes around the planner's thresholds, and extremes.</summary>
    private static readonly int[][] Shapes =
    [
        [2, 3, 2], [2, 8, 1], [4, 16, 3], [4, 64, 64, 2], [8, 128, 128, 4], [32, 64, 64, 64, 16], [784, 128, 10], [256, 512, 512, 128],
        [16, 16], [16, 16, 1], [1, 256], [256, 1], [257, 1], [1, 257], [15, 17], [64, 4], [4, 64], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        [8, 8, 8, 8], [5, 9, 9, 9], [3, 7, 7, 7, 7, 7], [128, 2], [2, 128], [1, 40, 1], [1, 30, 4], [20, 10, 5], [60, 4], [1, 5000], [5000, 1],
    ];

    [Theory]
    [InlineData("Softmax", "CategoricalCrossEntropy", "Strict")]
    [InlineData("Sigmoid", "BinaryCrossEntropy", "Strict")]
    [InlineData("Tanh", "SquaredError", "Strict")]
    [InlineData("GeluTanh", "CategoricalCrossEntropyWithLogits", "Strict")]
    [InlineData("Gelu", "Huber", "Strict")]
    [InlineData("Mish", "BinaryCrossEntropyWithLogits", "Strict")]
    [InlineData("Selu", "AbsoluteError", "Strict")]
    [InlineData("LogSoftmax", "CategoricalCrossEntropyWithLogits", "Fused")]
    [InlineData("GeluTanh", "BinaryCrossEntropyWithLogits", "Fused")]
    public void Every_method_stays_within_the_budget(string activation, string loss, string arithmetic)
    {
        Declaration[] declarations = Shapes.Select(shape => new Declaration(
            shape[0],
            shape.Skip(1).Select(units => new Layer(units, activation)).ToList(),
            loss,
            Precision: "Double",
            Arithmetic: arithmetic)).ToArray();
        Networks.Prepare(declarations, Form.Auto);
        foreach (Declaration declaration in declarations)
        {
            foreach (MethodInfo method in Methods(Networks.Type(declaration)))
            {
                if (method.GetMethodBody() is not { } body)
                {
                    continue;
                }

                string name = $"{declaration}: {method.Name}";
                Assert.True(body.GetILAsByteArray()!.Length <= Limits.MethodIlBytes, $"{name} has {body.GetILAsByteArray()!.Length} bytes of IL.");
                Assert.True(body.LocalVariables.Count <= Limits.MethodLocals, $"{name} has {body.LocalVariables.Count} locals.");
                int multiplyAdds = Multiplications(body.GetILAsByteArray()!);
                Assert.True(multiplyAdds <= Limits.MethodMultiplyAdds, $"{name} has {multiplyAdds} multiplications.");
                int products = VectorProducts(method, body.GetILAsByteArray()!);
                Assert.True(products <= Limits.MethodVectorProducts, $"{name} has {products} products of vectors.");
            }
        }
    }

    private static IEnumerable<MethodInfo> Methods(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Concat(type.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public).SelectMany(Methods));

    /// <summary>
    /// Counts the byte of the <c>mul</c> instruction. A byte of an operand may look the same, so this may count too many, not too few.
    /// </summary>
    private static int Multiplications(byte[] il) => il.Count(code => code == 0x5A);

    /// <summary>Counts the calls that multiply vectors, with the same caution.</summary>
    private static int VectorProducts(MethodInfo method, byte[] il)
    {
        const byte Call = 0x28;
        int products = 0;
        for (int place = 0; place + 4 < il.Length; place++)
        {
            if (il[place] == Call && Name(method, BitConverter.ToInt32(il, place + 1)) is "op_Multiply" or "MultiplyAdd")
            {
                products++;
            }
        }

        return products;
    }

    private static string? Name(MethodInfo method, int token)
    {
        try
        {
            return method.Module.ResolveMethod(token, method.DeclaringType!.GetGenericArguments(), method.GetGenericArguments())?.Name;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
