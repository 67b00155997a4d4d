using System.Collections.Generic;

namespace NetGen.Models.Graphs;

/// <summary>What a layer applies to its values: an activation of NetGen, or a formula.</summary>
/// <param name="Name">The member of the enum; null for a formula that has none.</param>
/// <param name="Alpha">Its parameter α, or null for its default.</param>
/// <param name="Formula">The formula; null where it has a name.</param>
internal sealed record ModelActivation(string? Name, double? Alpha = null, Scalar? Formula = null)
{
    /// <summary>None.</summary>
    public static readonly ModelActivation Identity = new("Identity");

    /// <summary>The activations of NetGen that are an operation of the same name.</summary>
    private static readonly HashSet<ScalarOperator> Same = new()
    {
        ScalarOperator.Relu,
        ScalarOperator.Tanh,
        ScalarOperator.Sigmoid,
        ScalarOperator.Softplus,
        ScalarOperator.Softsign,
        ScalarOperator.Selu,
        ScalarOperator.Gelu,
        ScalarOperator.GeluTanh,
        ScalarOperator.Mish,
        ScalarOperator.Silu,
        ScalarOperator.HardSwish,
        ScalarOperator.HardSigmoid,
        ScalarOperator.Exp,
    };

    /// <summary>Whether there is none.</summary>
    public bool IsIdentity => Name == Identity.Name;

    /// <summary>Whether it is a limit on both sides of 0 alone.</summary>
    public bool IsClip { get; init; }

    /// <summary>The activation that a formula is.</summary>
    public static ModelActivation Of(Scalar formula) => (Named(formula) ?? new ModelActivation(null, null, formula)) with { IsClip = Clip(formula) is not null };

    /// <summary>Softmax of all values, or its logarithm.</summary>
    public static ModelActivation Softmax(bool isLog) => new(isLog ? "LogSoftmax" : "Softmax");

    /// <summary>The largest magnitude that a formula leaves as it is, where it does nothing but move others to it; null for any other formula.</summary>
    public static double? Clip(Scalar formula) =>
        formula is ScalarOperation { Operator: ScalarOperator.Minimum } least && least.Operands[1] is ScalarNumber high
        && least.Operands[0] is ScalarOperation { Operator: ScalarOperator.Maximum } most && most.Operands[0].IsVariable && most.Operands[1] is ScalarNumber low
        && low.Value == -high.Value && high.Value > 0
            ? high.Value
            : null;

    private static ModelActivation? Named(Scalar formula)
    {
        if (formula is not ScalarOperation operation)
        {
            return null;
        }

        if (operation.Operands[0].IsVariable)
        {
            bool isParametric = operation.Operator switch
            {
                ScalarOperator.LeakyRelu => operation.Alpha >= 0,
                ScalarOperator.Elu or ScalarOperator.Celu => operation.Alpha > 0,
                _ => false,
            };
            return isParametric ? new ModelActivation(operation.Operator.ToString(), operation.Alpha)
                : Same.Contains(operation.Operator) ? new ModelActivation(operation.Operator.ToString())
                : null;
        }

        bool isOfRelu = operation is { Operator: ScalarOperator.Minimum } && operation.Operands[0] is ScalarOperation { Operator: ScalarOperator.Relu } relu && relu.Operands[0].IsVariable;
        return Clip(formula) == 1 ? new ModelActivation("HardTanh")
            : isOfRelu && operation.Operands[1] is ScalarNumber { Value: 6 } ? new ModelActivation("Relu6")
            : null;
    }
}
