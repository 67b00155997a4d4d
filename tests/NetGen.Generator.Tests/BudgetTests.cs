using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>No emitted method leaves the budget within which the JIT optimises, whatever the network.</summary>
public sealed class BudgetTests
{
    /// <summary>The networks of the benchmarks, sizes around the planner's thresholds, and extremes.</summary>
    internal static readonly int[][] Shapes =
    [
        [2, 3, 2], [2, 8, 1], [4, 16, 3], [4, 64, 64, 2], [8, 128, 128, 4], [32, 64, 64, 64, 16], [784, 128, 10], [256, 512, 512, 128],
        [16, 16], [16, 16, 1], [1, 256], [256, 1], [257, 1], [1, 257], [15, 17], [64, 4], [4, 64], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        [8, 8, 8, 8], [5, 9, 9, 9], [3, 7, 7, 7, 7, 7], [128, 2], [2, 128], [1, 40, 1], [1, 30, 4], [20, 10, 5], [60, 4], [1, 4000], [5000, 1],
        [37, 5, 9, 1], [4, 32, 4], [30, 8, 1], [2, 38], [4, 28], [8, 24], [1, 88],
    ];

    /// <summary>The activations and losses with the most code or locals, in every width or, of every second network, in the narrowest, which takes the most instructions.</summary>
    [Theory]
    [InlineData("Softmax", "CategoricalCrossEntropy", "Strict", Form.Auto, 1)]
    [InlineData("GeluTanh", "Huber", "Strict", Form.Narrow, 2)]
    public void Every_method_stays_within_the_budget(string activation, string loss, string arithmetic, Form form, int step) =>
        CheckWithJit(Every(step, Shapes), activation, new Declaration(1, [], loss, Precision: "Double", Arithmetic: arithmetic), form);

    /// <summary>Other heads, in networks of each kind and those that fill a method nearly.</summary>
    [Theory]
    [InlineData("GeluTanh", "CategoricalCrossEntropyWithLogits", "Strict", Form.Narrow)]
    [InlineData("Mish", "BinaryCrossEntropyWithLogits", "Strict", Form.Narrow)]
    [InlineData("LogSoftmax", "CategoricalCrossEntropyWithLogits", "Fused", Form.Auto)]
    [InlineData("GeluTanh", "BinaryCrossEntropyWithLogits", "Fused", Form.Auto, "Single")]
    public void Every_method_of_other_heads_stays_within_the_budget(string activation, string loss, string arithmetic, Form form, string precision = "Double") =>
        CheckWithJit([.. Shapes.Take(5), .. Shapes.TakeLast(10)], activation, new Declaration(1, [], loss, Precision: precision, Arithmetic: arithmetic), form);

    /// <summary>The same where all products are unrolled, in every width.</summary>
    [Theory]
    [InlineData("GeluTanh", "BinaryCrossEntropyWithLogits", "Strict", "Double", 1)]
    [InlineData("Softmax", "CategoricalCrossEntropy", "Fused", "Single", 2)]
    public void Every_method_of_unrolled_layers_stays_within_the_budget(string activation, string loss, string arithmetic, string precision, int step) =>
        CheckWithJit(
            Every(step, Unrolled), activation, new Declaration(1, [], loss, Precision: precision, Arithmetic: arithmetic, Unroll: "Full"), Form.Auto);

    /// <summary>The floor dialect, whose methods are small for the sake of other compilers, with its casts.</summary>
    [Theory]
    [InlineData("Softmax", "CategoricalCrossEntropy")]
    [InlineData("Gelu", "Huber")]
    public void Every_method_of_the_floor_dialect_is_small(string activation, string loss)
    {
        var options = new Declaration(1, [], loss);
        Check(Declare(Shapes, activation, options), Form.Scalar);
        Check(Declare(Unrolled, activation, options), Form.Unrolled);
    }

    private static IEnumerable<int[]> Every(int step, IEnumerable<int[]> shapes) => shapes.Where((_, index) => index % step == 0);

    internal static bool IsSmall(int[] shape) => shape.Zip(shape.Skip(1), (inputs, units) => inputs * units).Sum() <= 5000;

    /// <summary>Where all products are unrolled: a hidden layer of 64 by 64 fills many methods, a long row or column is more of the same after a quarter of it.</summary>
    private static IEnumerable<int[]> Unrolled => Shapes.Where(IsSmall).Select(shape => shape.Length == 2 ? shape.Select(size => Math.Min(size, 1200)).ToArray() : shape);

    internal static Declaration[] Declare(IEnumerable<int[]> shapes, string activation, Declaration options) => shapes
        .Select(shape => options with { Inputs = shape[0], Layers = shape.Skip(1).Select(units => new Layer(units, activation)).ToList() })
        .ToArray();

    private static (IReadOnlyList<Type> Types, byte[] Image) Check(Declaration[] declarations, Form form)
    {
        (IReadOnlyList<Type> types, Compiled compiled) = Networks.Compile(declarations, form);
        Assert.All(types, type => Assert.Empty(MethodBudget.Violations(type, Compiled.IsFloor(form))));
        Assert.Equal(declarations.Length, compiled.GeneratedTrees.Count);
        Assert.All(compiled.GeneratedTrees, tree => Assert.Empty(MethodBudget.Violations(tree.GetRoot())));
        Assert.Empty(MethodBudget.NotFound(types.SelectMany(GeneratedMethods.Of), compiled.GeneratedTrees.Select(tree => tree.GetRoot())));
        return (types, compiled.Emit()!);
    }

    /// <summary>Counts what is in the methods, then asks the JIT itself, which says in its log where it gave up optimising.</summary>
    private static void CheckWithJit(IEnumerable<int[]> shapes, string activation, Declaration options, Form form)
    {
        (IReadOnlyList<Type> types, byte[] image) = Check(Declare(shapes, activation, options), form);
        string[] log = JitProcess.Log(image, ("DOTNET_JitDisasmSummary", "1"));
        foreach (Type network in types)
        {
            // A generic method is there once for each of its instances. Members of a contract hand over to kernels, and the runtime compiles none before it is called.
            ILookup<Type, MethodInfo> expected = GeneratedMethods.Instances(GeneratedMethods.Of(network)).Where(method => !method.IsVirtual).ToLookup(method => method.DeclaringType!);
            Assert.NotEmpty(expected);
            Assert.All(expected, methods => Assert.InRange(log.Count(line => IsOf(line, methods.Key)), methods.Count(), int.MaxValue));
        }

        Assert.DoesNotContain(log, line => line.Contains("MinOpts", StringComparison.Ordinal) && types.SelectMany(GeneratedMethods.Types).Any(type => IsOf(line, type)));
    }

    /// <summary>Whether a line of the log is about a method of a class: "  12: JIT compiled A.B+C:D(int):int [FullOpts, IL size=20, code size=31]".</summary>
    private static bool IsOf(string line, Type type) =>
        line.Contains($"JIT compiled {GeneratedMethods.InLog(type)}{(type.IsGenericTypeDefinition ? "" : ":")}", StringComparison.Ordinal);
}
