using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Formulas.Own;
using NetGen.Generator.Model;
using NetGen.Models.Graphs;

namespace NetGen.Generator.Importing;

/// <summary>The formulas of a model in the words of NetGen.</summary>
internal static class ModelFormulas
{
    /// <summary>What a formula of a file is called in comments.</summary>
    private const string FormulaName = "f";

    /// <summary>A formula as those that a class has itself: its operations one after another, each once.</summary>
    public static OwnFormula Own(Scalar formula)
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
            ScalarOperator.Erf => graph.Apply(Function.Erf, x[0]),
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
