using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Activations;
using NetGen.Generator.Formulas.Own;
using NetGen.Generator.Model;
using NetGen.Models.Graphs;

namespace NetGen.Generator.Importing;

/// <summary>An activation of a model: one that NetGen has, or a formula.</summary>
/// <param name="Name">The enum member, or the name that stands for a formula.</param>
/// <param name="Alpha">Its parameter α, or null for its default.</param>
/// <param name="Own">The formula.</param>
internal sealed record ModelActivation(string Name, double? Alpha, OwnFormula? Own)
{
    /// <summary>Whether it is a limit on both sides of 0 alone.</summary>
    public bool IsClip { get; init; }
}

/// <summary>The formulas of a model in the words of NetGen.</summary>
internal static class ModelFormulas
{
    /// <summary>What a formula of a file is called in comments.</summary>
    private const string FormulaName = "f";

    /// <summary>The activations of NetGen that are an operation of the same name.</summary>
    private static readonly Dictionary<ScalarOperator, string> Same = new()
    {
        [ScalarOperator.Relu] = nameof(Relu),
        [ScalarOperator.Tanh] = nameof(Tanh),
        [ScalarOperator.Sigmoid] = nameof(Sigmoid),
        [ScalarOperator.Softplus] = nameof(Softplus),
        [ScalarOperator.Softsign] = nameof(Softsign),
        [ScalarOperator.Selu] = nameof(Selu),
        [ScalarOperator.Gelu] = nameof(Gelu),
        [ScalarOperator.GeluTanh] = nameof(GeluTanh),
        [ScalarOperator.Mish] = nameof(Mish),
        [ScalarOperator.Silu] = nameof(Silu),
        [ScalarOperator.HardSwish] = nameof(HardSwish),
        [ScalarOperator.HardSigmoid] = nameof(HardSigmoid),
        [ScalarOperator.Exp] = nameof(Exp),
    };

    /// <summary>An activation.</summary>
    public static ModelActivation Activation(Scalar formula) => Named(formula) ?? new ModelActivation(Catalogue.Own, null, Own(formula)) { IsClip = Clip(formula) is not null };

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
            (string Name, double Alpha)? parametric = operation.Operator switch
            {
                ScalarOperator.LeakyRelu when operation.Alpha >= 0 => (nameof(LeakyRelu), operation.Alpha),
                ScalarOperator.Elu when operation.Alpha > 0 => (nameof(Elu), operation.Alpha),
                ScalarOperator.Celu when operation.Alpha > 0 => (nameof(Celu), operation.Alpha),
                _ => null,
            };
            return parametric is { } found ? new ModelActivation(found.Name, found.Alpha, null)
                : Same.TryGetValue(operation.Operator, out string? name) ? new ModelActivation(name, null, null)
                : null;
        }

        bool isOfRelu = operation is { Operator: ScalarOperator.Minimum } && operation.Operands[0] is ScalarOperation { Operator: ScalarOperator.Relu } relu && relu.Operands[0].IsVariable;
        return Clip(formula) == 1 ? new ModelActivation(nameof(HardTanh), null, null) { IsClip = true }
            : isOfRelu && operation.Operands[1] is ScalarNumber { Value: 6 } ? new ModelActivation(nameof(Relu6), null, null)
            : null;
    }

    /// <summary>A formula as those that a class has itself: its operations one after another, each once.</summary>
    private static OwnFormula Own(Scalar formula)
    {
        var graph = new FormulaGraph();
        int variable = graph.Variable(0);
        var known = new Dictionary<Scalar, int>();
        int Of(Scalar part)
        {
            if (!known.TryGetValue(part, out int node))
            {
                node = part switch
                {
                    ScalarVariable => variable,
                    ScalarNumber number => graph.Number(number.Value),
                    _ => Operation(graph, (ScalarOperation)part, ((ScalarOperation)part).Operands.Select(Of).ToArray()),
                };
                known.Add(part, node);
            }

            return node;
        }

        Of(formula);
        return graph.Formula(FormulaName, known[formula]);
    }

    private static int Operation(FormulaGraph graph, ScalarOperation operation, int[] x)
    {
        int Number(double value) => graph.Number(value);
        int Positive(int above, int otherwise) => graph.Select(Comparison.Below, Number(0), x[0], above, otherwise);
        int Scaled(double factor, int value) => graph.Product(Number(factor), value);
        int Expm1(int value) => graph.Apply(Function.Expm1, value);
        int HardSigmoid() => graph.Minimum(graph.Maximum(graph.Sum(Scaled(1.0 / 6, x[0]), Number(0.5)), Number(0)), Number(1));
        double alpha = operation.Alpha;
        return operation.Operator switch
        {
            ScalarOperator.Negate => graph.Negative(x[0]),
            ScalarOperator.Add => graph.Sum(x[0], x[1]),
            ScalarOperator.Subtract => graph.Difference(x[0], x[1]),
            ScalarOperator.Multiply => graph.Product(x[0], x[1]),
            ScalarOperator.Divide => graph.Quotient(x[0], x[1]),
            ScalarOperator.Minimum => graph.Minimum(x[0], x[1]),
            ScalarOperator.Maximum => graph.Maximum(x[0], x[1]),
            ScalarOperator.Power => graph.Power(x[0], (int)alpha),
            ScalarOperator.Absolute => graph.Apply(Function.Abs, x[0]),
            ScalarOperator.SquareRoot => graph.Apply(Function.Sqrt, x[0]),
            ScalarOperator.Exp => graph.Apply(Function.Exp, x[0]),
            ScalarOperator.Log => graph.Apply(Function.Log, x[0]),
            ScalarOperator.Sin => graph.Apply(Function.Sin, x[0]),
            ScalarOperator.Cos => graph.Apply(Function.Cos, x[0]),
            ScalarOperator.Erf => graph.Difference(Number(1), graph.Apply(Function.Erfc, x[0])),
            ScalarOperator.Tanh => graph.Apply(Function.Tanh, x[0]),
            ScalarOperator.Sigmoid => graph.Apply(Function.Sigmoid, x[0]),
            ScalarOperator.Softplus => graph.Apply(Function.Softplus, x[0]),
            ScalarOperator.Relu => Positive(x[0], Number(0)),
            ScalarOperator.LeakyRelu => Positive(x[0], Scaled(alpha, x[0])),
            ScalarOperator.Elu => Positive(x[0], Scaled(alpha, Expm1(x[0]))),
            ScalarOperator.Celu => Positive(x[0], Scaled(alpha, Expm1(graph.Quotient(x[0], Number(alpha))))),
            ScalarOperator.Selu => Scaled(ScalarFunctions.SeluScale, Positive(x[0], Scaled(ScalarFunctions.SeluAlpha, Expm1(x[0])))),
            ScalarOperator.Softsign => graph.Quotient(x[0], graph.Sum(Number(1), graph.Apply(Function.Abs, x[0]))),
            ScalarOperator.Gelu => graph.Product(Scaled(0.5, x[0]), graph.Apply(Function.Erfc, Scaled(-Math.Sqrt(0.5), x[0]))),
            ScalarOperator.GeluTanh => graph.Product(
                x[0], graph.Apply(Function.Sigmoid, Scaled(2 * Math.Sqrt(2 / Math.PI), graph.Sum(x[0], Scaled(0.044715, graph.Power(x[0], 3)))))),
            ScalarOperator.Mish => graph.Product(x[0], graph.Apply(Function.Tanh, graph.Apply(Function.Softplus, x[0]))),
            ScalarOperator.Silu => graph.Product(x[0], graph.Apply(Function.Sigmoid, x[0])),
            ScalarOperator.HardSwish => graph.Product(x[0], HardSigmoid()),
            ScalarOperator.HardSigmoid => HardSigmoid(),
            _ => throw new InvalidOperationException($"{operation.Operator} has no formula."),
        };
    }
}
