using System.Collections.Generic;
using System.Linq;
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
        [37, 5, 9, 1], [4, 32, 4], [30, 8, 1],
    ];

    /// <summary>The activations with the most code in every width; of the others the narrowest vectors, which take the most instructions.</summary>
    [Theory]
    [InlineData("Softmax", "CategoricalCrossEntropy", "Strict", Form.Auto)]
    [InlineData("Sigmoid", "BinaryCrossEntropy", "Strict", Form.Narrow)]
    [InlineData("Tanh", "SquaredError", "Strict", Form.Narrow)]
    [InlineData("GeluTanh", "CategoricalCrossEntropyWithLogits", "Strict", Form.Narrow)]
    [InlineData("Gelu", "Huber", "Strict", Form.Narrow)]
    [InlineData("Mish", "BinaryCrossEntropyWithLogits", "Strict", Form.Narrow)]
    [InlineData("Selu", "AbsoluteError", "Strict", Form.Narrow)]
    [InlineData("LogSoftmax", "CategoricalCrossEntropyWithLogits", "Fused", Form.Auto)]
    [InlineData("GeluTanh", "BinaryCrossEntropyWithLogits", "Fused", Form.Auto)]
    public void Every_method_stays_within_the_budget(string activation, string loss, string arithmetic, Form form)
    {
        Declaration[] declarations = Shapes.Select(shape => new Declaration(
            shape[0],
            shape.Skip(1).Select(units => new Layer(units, activation)).ToList(),
            loss,
            Precision: "Double",
            Arithmetic: arithmetic)).ToArray();
        Check(declarations, form);
    }

    /// <summary>The floor dialect, whose methods are small for the sake of other compilers, with its casts.</summary>
    [Theory]
    [InlineData("Softmax", "CategoricalCrossEntropy")]
    [InlineData("Gelu", "Huber")]
    [InlineData("Mish", "BinaryCrossEntropyWithLogits")]
    [InlineData("Selu", "AbsoluteError")]
    public void Every_method_of_the_floor_dialect_is_small(string activation, string loss)
    {
        Declaration[] Declare(IEnumerable<int[]> shapes) => shapes
            .Select(shape => new Declaration(shape[0], shape.Skip(1).Select(units => new Layer(units, activation)).ToList(), loss)).ToArray();
        Check(Declare(Shapes), Form.Scalar);
        Check(Declare(Shapes.Where(shape => shape.Zip(shape.Skip(1), (inputs, units) => inputs * units).Sum() <= 5000)), Form.Unrolled);
    }

    private static void Check(Declaration[] declarations, Form form)
    {
        Networks.Prepare(declarations, form);
        Assert.All(declarations, declaration => Assert.Empty(MethodBudget.Violations(Networks.Type(declaration, form), Compiled.IsFloor(form))));
    }
}
