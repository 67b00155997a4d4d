using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas.Own;

/// <summary>
/// The steps of formulas: what several operations read is computed once, under a name, and so is a part of a long expression. Powers become products, and the smaller or larger of two
/// values a selection that NaN passes through.
/// </summary>
internal sealed class FormulaSteps
{
    /// <summary>Operations in one step that are still easy to read.</summary>
    private const int Longest = 20;

    private readonly FormulaGraph _graph;
    private readonly string _prefix;
    private readonly Func<int, Expression?> _given;
    private readonly Dictionary<int, int> _readers = new();
    private readonly Dictionary<int, int> _sizes = new();
    private readonly Dictionary<int, Expression> _values = new();
    private readonly List<Step> _steps = new();

    private FormulaSteps(FormulaGraph graph, string prefix, Func<int, Expression?> given)
    {
        _graph = graph;
        _prefix = prefix;
        _given = given;
    }

    /// <summary>The values of some nodes, and the steps that come before them.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="prefix">What the names of steps begin with. They end with a letter, for the number of a layer follows.</param>
    /// <param name="given">The value of a node that is known, or null.</param>
    /// <param name="roots">The nodes.</param>
    public static (IReadOnlyList<Step> Steps, IReadOnlyList<Expression> Values) Of(FormulaGraph graph, string prefix, Func<int, Expression?> given, params int[] roots)
    {
        var lines = new FormulaSteps(graph, prefix, given);
        foreach (int root in roots)
        {
            lines.Count(root);
        }

        Expression[] values = roots.Select(lines.Value).ToArray();
        return (lines._steps, values);
    }

    /// <summary>What a node is computed from, in order, each as often as its expression has it.</summary>
    private IReadOnlyList<int> Operands(int number)
    {
        FormulaNode node = _graph[number];
        if (_given(number) is not null)
        {
            return new int[0];
        }

        if (node.Operator is FormulaOperator.Minimum or FormulaOperator.Maximum)
        {
            return node.Operands.Concat(node.Operands).ToArray();
        }

        if (node.Operator != FormulaOperator.Power)
        {
            return node.Operands.ToArray();
        }

        int x = node.Operands[0];
        if (node.Index <= 3)
        {
            return Enumerable.Repeat(x, node.Index).ToArray();
        }

        int half = _graph.Power(x, node.Index / 2);
        return node.Index % 2 == 0 ? new[] { half, half } : new[] { half, half, x };
    }

    private void Count(int node)
    {
        bool isNew = !_readers.ContainsKey(node);
        _readers[node] = isNew ? 1 : _readers[node] + 1;
        if (isNew)
        {
            foreach (int operand in Operands(node))
            {
                Count(operand);
            }
        }
    }

    private Expression Value(int number)
    {
        if (_values.TryGetValue(number, out Expression? known))
        {
            return known;
        }

        IReadOnlyList<int> operands = Operands(number);
        Expression value = _given(number) ?? Operation(_graph[number], operands.Select(Value).ToArray());
        _sizes[number] = 1 + operands.Sum(operand => _sizes[operand]);
        bool isShort = operands.Count == 0 || (value is Negate && operands.All(operand => Operands(operand).Count == 0));
        if ((_readers[number] > 1 && !isShort) || _sizes[number] > Longest)
        {
            string name = _prefix + Letters(_steps.Count);
            _steps.Add(Step.Each(name, value));
            value = Expression.Symbol(name);
            _sizes[number] = 1;
        }

        _values[number] = value;
        return value;
    }

    private static Expression Operation(FormulaNode node, IReadOnlyList<Expression> x) => node.Operator switch
    {
        FormulaOperator.Number => node.Value,
        FormulaOperator.Negate => -x[0],
        FormulaOperator.Add => x[0] + x[1],
        FormulaOperator.Subtract => x[0] - x[1],
        FormulaOperator.Multiply => new Binary(BinaryOperator.Multiply, x[0], x[1]),
        FormulaOperator.Divide => x[0] / x[1],
        FormulaOperator.Power => x.Aggregate((product, factor) => new Binary(BinaryOperator.Multiply, product, factor)),
        FormulaOperator.Apply => Expression.Apply((Function)Enum.Parse(typeof(Function), node.Function), x[0]),
        FormulaOperator.Minimum => Extreme(x[0], x[1], (left, right, whenTrue, whenFalse, comparison) => new Select(left, right, whenTrue, whenFalse, comparison)),
        FormulaOperator.Maximum => Extreme(x[0], x[1], (left, right, whenTrue, whenFalse, comparison) => new Select(right, left, whenTrue, whenFalse, comparison)),
        FormulaOperator.Variable => throw new ArgumentException("A variable has no value.", nameof(node)),
        _ => new Select(x[0], x[1], x[2], x[3], FormulaGraph.ComparisonOf(node)),
    };

    /// <summary>The value that comes first by a comparison; NaN on either side stays NaN.</summary>
    private static Expression Extreme(Expression x, Expression y, Func<Expression, Expression, Expression, Expression, Comparison, Expression> select) =>
        y is Constant ? select(y, x, y, x, Comparison.Below)
        : x is Constant ? select(x, y, x, y, Comparison.Below)
        : select(y, x, y, select(x, y, x, x + y, Comparison.AtMost), Comparison.Below);

    /// <summary>A, B, … Z, BA, BB, …</summary>
    private static string Letters(int number) => (number < 26 ? "" : Letters(number / 26)) + (char)('A' + (number % 26));
}
