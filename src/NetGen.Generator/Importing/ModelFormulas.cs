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
        int result = Node(graph, formula, variable, graph.Number(0), new Dictionary<Scalar, int>());
        return graph.Formula(FormulaName, result);
    }

    /// <summary>The node of a formula of a variable and, in the formula of an activation, its parameter.</summary>
    private static int Node(FormulaGraph graph, Scalar formula, int variable, int alpha, Dictionary<Scalar, int> known)
    {
        if (!known.TryGetValue(formula, out int node))
        {
            node = formula switch
            {
                ScalarVariable => variable,
                ScalarParameter => alpha,
                ScalarNumber number => graph.Number(number.Value),
                _ => Operation(graph, (ScalarOperation)formula, ((ScalarOperation)formula).Operands.Select(operand => Node(graph, operand, variable, alpha, known)).ToArray()),
            };
            known.Add(formula, node);
        }

        return node;
    }

    private static int Operation(FormulaGraph graph, ScalarOperation operation, int[] x) => operation.Operator switch
    {
        ScalarOperator.Negate => graph.Negative(x[0]),
        ScalarOperator.Add => graph.Sum(x[0], x[1]),
        ScalarOperator.Subtract => graph.Difference(x[0], x[1]),
        ScalarOperator.Multiply => graph.Product(x[0], x[1]),
        ScalarOperator.Divide => graph.Quotient(x[0], x[1]),
        ScalarOperator.Minimum => graph.Minimum(x[0], x[1]),
        ScalarOperator.Maximum => graph.Maximum(x[0], x[1]),
        ScalarOperator.Power => graph.Power(x[0], (int)operation.Alpha),
        ScalarOperator.Absolute => graph.Apply(Function.Abs, x[0]),
        ScalarOperator.SquareRoot => graph.Apply(Function.Sqrt, x[0]),
        ScalarOperator.Exp => graph.Apply(Function.Exp, x[0]),
        ScalarOperator.Expm1 => graph.Apply(Function.Expm1, x[0]),
        ScalarOperator.Log => graph.Apply(Function.Log, x[0]),
        ScalarOperator.Sin => graph.Apply(Function.Sin, x[0]),
        ScalarOperator.Cos => graph.Apply(Function.Cos, x[0]),
        ScalarOperator.Erf => graph.Apply(Function.Erf, x[0]),
        ScalarOperator.Erfc => graph.Apply(Function.Erfc, x[0]),
        ScalarOperator.Tanh => graph.Apply(Function.Tanh, x[0]),
        ScalarOperator.Sigmoid => graph.Apply(Function.Sigmoid, x[0]),
        ScalarOperator.Softplus => graph.Apply(Function.Softplus, x[0]),
        ScalarOperator.Positive => graph.Select(Comparison.Below, graph.Number(0), x[0], x[1], x[2]),
        _ => ScalarExpansion.Of(operation.Operator) is { } expansion
            ? Node(graph, expansion, x[0], graph.Number(operation.Alpha), new Dictionary<Scalar, int>())
            : throw new InvalidOperationException($"{operation.Operator} has no formula."),
    };
}
