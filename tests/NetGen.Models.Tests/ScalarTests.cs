using System;
using System.Linq;
using NetGen.Models.Graphs;
using Xunit;

namespace NetGen.Models.Tests;

/// <summary>Activations are the formulas that they are expanded to.</summary>
public sealed class ScalarTests
{
    private const double Alpha = 0.7;

    public static TheoryData<string> Activations => [.. Enum.GetValues<ScalarOperator>().Where(operation => ScalarExpansion.Of(operation) is not null).Select(operation => operation.ToString())];

    [Theory]
    [MemberData(nameof(Activations))]
    public void An_activation_is_its_formula(string name)
    {
        var operation = Enum.Parse<ScalarOperator>(name);
        Scalar formula = ScalarExpansion.Of(operation)!;
        foreach (double z in new[] { -7.5, -3, -1.25, -0.1, 0, 0.2, 1, 2.75, 3, 8 })
        {
            double value = ScalarFunctions.Value(operation, Alpha, [z]);
            Assert.Equal(value, At(formula, z), 1e-12 * Math.Max(1, Math.Abs(value)));
        }
    }

    private static double At(Scalar formula, double z) => formula switch
    {
        ScalarParameter => Alpha,
        ScalarOperation operation => ScalarFunctions.Value(operation.Operator, operation.Alpha, [.. operation.Operands.Select(operand => At(operand, z))]),
        _ => formula.At(z),
    };
}
