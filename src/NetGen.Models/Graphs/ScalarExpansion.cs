using System;

namespace NetGen.Models.Graphs;

/// <summary>
/// Activations as formulas of fewer operations, those that formulas of C# have: the one place that says which. The generator differentiates them and a declaration has them as text, so both compute the same bits.
/// </summary>
internal static class ScalarExpansion
{
    private static readonly Scalar Z = Scalar.Variable;
    private static readonly Scalar Alpha = new ScalarParameter();

    /// <summary>The formula of an activation, of the variable and its parameter; null for what is no activation.</summary>
    public static Scalar? Of(ScalarOperator operation) => operation switch
    {
        ScalarOperator.Relu => Positive(Z, Number(0)),
        ScalarOperator.LeakyRelu => Positive(Z, Times(Alpha, Z)),
        ScalarOperator.Elu => Positive(Z, Times(Alpha, Expm1(Z))),
        ScalarOperator.Celu => Positive(Z, Times(Alpha, Expm1(Node(ScalarOperator.Divide, Z, Alpha)))),
        ScalarOperator.Selu => Times(Number(ScalarFunctions.SeluScale), Positive(Z, Times(Number(ScalarFunctions.SeluAlpha), Expm1(Z)))),
        ScalarOperator.Softsign => Node(ScalarOperator.Divide, Z, Plus(Number(1), Node(ScalarOperator.Absolute, Z))),
        ScalarOperator.Gelu => Times(Times(Number(0.5), Z), Node(ScalarOperator.Erfc, Times(Number(-Math.Sqrt(0.5)), Z))),
        ScalarOperator.GeluTanh => Times(Z, Node(ScalarOperator.Sigmoid, Times(Number(2 * Math.Sqrt(2 / Math.PI)), Plus(Z, Times(Number(0.044715), new ScalarOperation(ScalarOperator.Power, 3, Z)))))),
        ScalarOperator.Mish => Times(Z, Node(ScalarOperator.Tanh, Node(ScalarOperator.Softplus, Z))),
        ScalarOperator.Silu => Times(Z, Node(ScalarOperator.Sigmoid, Z)),
        ScalarOperator.HardSwish => Times(Z, HardSigmoid()),
        ScalarOperator.HardSigmoid => HardSigmoid(),
        _ => null,
    };

    /// <summary>Whether the formula of an activation has its parameter.</summary>
    public static bool HasParameter(ScalarOperator operation) => operation is ScalarOperator.LeakyRelu or ScalarOperator.Elu or ScalarOperator.Celu;

    private static Scalar HardSigmoid() =>
        Node(ScalarOperator.Minimum, Node(ScalarOperator.Maximum, Plus(Times(Number(1.0 / 6), Z), Number(0.5)), Number(0)), Number(1));

    private static Scalar Positive(Scalar above, Scalar otherwise) => Node(ScalarOperator.Positive, Z, above, otherwise);

    private static Scalar Expm1(Scalar value) => Node(ScalarOperator.Expm1, value);

    private static Scalar Plus(Scalar left, Scalar right) => Node(ScalarOperator.Add, left, right);

    private static Scalar Times(Scalar left, Scalar right) => Node(ScalarOperator.Multiply, left, right);

    private static Scalar Number(double value) => Scalar.Number(value);

    // As it stands here: what is simplified may have its factors in another order.
    private static Scalar Node(ScalarOperator operation, params Scalar[] operands) => new ScalarOperation(operation, 0, operands);
}
