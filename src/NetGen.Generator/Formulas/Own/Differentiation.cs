using System;
using System.Collections.Generic;
using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Own;

/// <summary>
/// The derivative of a formula by its first variable: node by node from the variables to the value, each once, so that it takes a few operations for each of the formula.
/// At a kink it is one number all the same: |x| has 0 at 0, the smaller or larger of two equal values the mean of their derivatives, a selection that of the branch which is taken. NaN on a
/// side of <c>min</c>, <c>max</c> and <c>|x|</c> gives NaN, for it may lie on any side of a kink.
/// </summary>
internal static class Differentiation
{
    /// <summary>Adds the derivative of a node to its graph.</summary>
    public static int Derivative(FormulaGraph graph, int root)
    {
        var slopes = new int[root + 1];
        for (int node = 0; node <= root; node++)
        {
            slopes[node] = Slope(graph, node, slopes);
        }

        return slopes[root];
    }

    private static int Slope(FormulaGraph graph, int number, IReadOnlyList<int> slopes)
    {
        FormulaNode node = graph[number];
        int X() => node.Operands[0];
        int Y() => node.Operands[1];
        int Dx() => slopes[X()];
        int Dy() => slopes[Y()];
        switch (node.Operator)
        {
            case FormulaOperator.Variable:
                return graph.Number(node.Index == 0 ? 1 : 0);
            case FormulaOperator.Number:
                return graph.Number(0);
            case FormulaOperator.Negate:
                return graph.Negative(Dx());
            case FormulaOperator.Add:
                return graph.Sum(Dx(), Dy());
            case FormulaOperator.Subtract:
                return graph.Difference(Dx(), Dy());
            case FormulaOperator.Multiply:
                return graph.Sum(graph.Product(Dx(), Y()), graph.Product(X(), Dy()));
            case FormulaOperator.Divide:
                return graph.Quotient(graph.Difference(Dx(), graph.Product(number, Dy())), Y());
            case FormulaOperator.Power:
                return graph.Product(graph.Product(graph.Number(node.Index), graph.Power(X(), node.Index - 1)), Dx());
            case FormulaOperator.Minimum:
                return Extreme(graph, X(), Y(), Dx(), Dy());
            case FormulaOperator.Maximum:
                return Extreme(graph, Y(), X(), Dx(), Dy());
            case FormulaOperator.Apply:
                return graph.ValueOf(Dx()) == 0 ? Dx() : Applied(graph, number, X(), Dx(), (Function)Enum.Parse(typeof(Function), node.Function));
            default:
                return graph.Select(FormulaGraph.ComparisonOf(node), X(), Y(), slopes[node.Operands[2]], slopes[node.Operands[3]]);
        }
    }

    /// <summary>The slope of the first value where it is the smaller one, else that of the second.</summary>
    private static int Extreme(FormulaGraph graph, int smaller, int larger, int dx, int dy)
    {
        int mean = graph.Product(graph.Number(0.5), graph.Sum(dx, dy));
        int tie = graph.Select(Comparison.Equal, smaller, larger, mean, graph.Number(double.NaN));
        return dx == dy ? dx : graph.Select(Comparison.Below, smaller, larger, dx, graph.Select(Comparison.Below, larger, smaller, dy, tie));
    }

    private static int Applied(FormulaGraph graph, int value, int x, int dx, Function function)
    {
        int Times(int slope) => graph.Product(slope, dx);
        int one = graph.Number(1);
        switch (function)
        {
            case Function.Abs:
                int zero = graph.Number(0);
                int atZero = graph.Select(Comparison.Equal, x, zero, zero, graph.Number(double.NaN));
                return graph.Select(Comparison.Below, x, zero, graph.Negative(dx), graph.Select(Comparison.Below, zero, x, dx, atZero));
            case Function.Sqrt:
                return graph.Quotient(dx, graph.Product(graph.Number(2), value));
            case Function.Exp:
                return Times(value);
            case Function.Expm1:
                return Times(graph.Apply(Function.Exp, x));
            case Function.Log:
                return graph.Quotient(dx, x);
            case Function.Log1p:
                return graph.Quotient(dx, graph.Sum(one, x));
            case Function.Tanh:
                return Times(graph.Product(graph.Difference(one, value), graph.Sum(one, value)));
            case Function.Sigmoid:
                return Times(graph.Product(value, graph.Difference(one, value)));
            case Function.Softplus:
                return Times(graph.Apply(Function.Sigmoid, x));
            case Function.Erf or Function.Erfc:
                double density = 2 / Math.Sqrt(Math.PI);
                return Times(graph.Product(graph.Number(function == Function.Erf ? density : -density), graph.Apply(Function.Exp, graph.Negative(graph.Power(x, 2)))));
            case Function.Sin:
                return Times(graph.Apply(Function.Cos, x));
            case Function.Cos:
                return Times(graph.Negative(graph.Apply(Function.Sin, x)));
            default:
                throw new ArgumentOutOfRangeException(nameof(function), function, "No derivative of this function.");
        }
    }
}
