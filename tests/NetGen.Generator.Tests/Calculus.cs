using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.TestKit;

namespace NetGen.Generator.Tests;

/// <summary>Evaluates and differentiates formulas, independently of the code that is emitted for them.</summary>
internal static class Calculus
{
    public static double Evaluate(Expression expression, Func<string, double> symbol, int units = 1)
    {
        double Value(Expression part) => Evaluate(part, symbol, units);
        return expression switch
        {
            Constant c => c.Value,
            Symbol s => symbol(s.Name),
            UnitCount => units,
            Negate n => -Value(n.Operand),
            Binary { Operator: BinaryOperator.Add } b => Value(b.Left) + Value(b.Right),
            Binary { Operator: BinaryOperator.Subtract } b => Value(b.Left) - Value(b.Right),
            Binary { Operator: BinaryOperator.Multiply } b => Value(b.Left) * Value(b.Right),
            Binary b => Value(b.Left) / Value(b.Right),
            Select s => Holds(s.Comparison, Value(s.Value), Value(s.Bound)) ? Value(s.WhenTrue) : Value(s.WhenFalse),
            Apply a => Function(a.Function, Value(a.Argument)),
            Flush f => Math.Abs(Value(f.Operand)) < Small.Bound(false, f.IsInner) ? 0 : Value(f.Operand),
            Damp d => Math.Abs(Value(d.Gradient) * Value(d.Slope)) < Small.Bound(false, d.IsInner) ? 0 : Value(d.Gradient) * Value(d.Slope),
            _ => throw new NotSupportedException(expression.ToString()),
        };
    }

    /// <summary>The derivative by a variable; no other symbol may depend on it.</summary>
    public static Expression Differentiate(Expression expression, string variable)
    {
        Expression D(Expression part) => Differentiate(part, variable);
        return expression switch
        {
            Constant or UnitCount => 0,
            Symbol s => s.Name == variable ? 1 : 0,
            Negate n => -D(n.Operand),
            Binary { Operator: BinaryOperator.Add } b => D(b.Left) + D(b.Right),
            Binary { Operator: BinaryOperator.Subtract } b => D(b.Left) - D(b.Right),
            Binary { Operator: BinaryOperator.Multiply } b => (D(b.Left) * b.Right) + (b.Left * D(b.Right)),
            Binary b => ((D(b.Left) * b.Right) - (b.Left * D(b.Right))) / (b.Right * b.Right),
            Select s => s with { WhenTrue = D(s.WhenTrue), WhenFalse = D(s.WhenFalse) },
            Apply a => Outer(a.Function, a.Argument) * D(a.Argument),
            Flush f => D(f.Operand),
            _ => throw new NotSupportedException(expression.ToString()),
        };
    }

    /// <summary>Runs the steps of a formula; a quantity of the layer has one value.</summary>
    public static Dictionary<string, double[]> Run(IReadOnlyList<Step> steps, int units, params (string Name, double[] Values)[] given)
    {
        Dictionary<string, double[]> values = given.ToDictionary(pair => pair.Name, pair => pair.Values);
        foreach (Step step in steps)
        {
            double At(int unit) => Evaluate(step.Value, name => values[name].Length == 1 ? values[name][0] : values[name][unit], units);
            double[] all = Enumerable.Range(0, units).Select(unit => step.Kind == StepKind.Once ? 0 : At(unit)).ToArray();
            values[step.Name] = step.Kind switch
            {
                StepKind.Each => all,
                StepKind.Sum => [all.Sum()],
                StepKind.Max => [all.Max()],
                _ => [At(0)],
            };
        }

        return values;
    }

    private static bool Holds(Comparison comparison, double x, double y) => comparison switch
    {
        Comparison.AtMost => x <= y,
        Comparison.Below => x < y,
        _ => x == y,
    };

    private static double Function(Function function, double x) => function switch
    {
        Formulas.Function.Abs => Math.Abs(x),
        Formulas.Function.Sqrt => Math.Sqrt(x),
        Formulas.Function.Exp => Math.Exp(x),
        Formulas.Function.Expm1 => Reference.Expm1(x).Hi,
        Formulas.Function.Softplus => Reference.Softplus(x).Hi,
        Formulas.Function.SoftplusTail => Reference.Softplus(-Math.Abs(x)).Hi,
        Formulas.Function.Erf => Reference.Erf(x).Hi,
        Formulas.Function.Erfc => Reference.Erfc(x).Hi,
        Formulas.Function.Log => Math.Log(x),
        Formulas.Function.Log1p => Reference.Log1p(x).Hi,
        Formulas.Function.LogFromOne => Math.Log(x),
        Formulas.Function.Sigmoid => 1 / (1 + Math.Exp(-x)),
        Formulas.Function.Tanh => Math.Tanh(x),
        Formulas.Function.Sin => Math.Sin(x),
        Formulas.Function.Cos => Math.Cos(x),
        _ => throw new NotSupportedException(function.ToString()),
    };

    private static Expression Outer(Function function, Expression x) => function switch
    {
        Formulas.Function.Abs => Expression.IfAtMost(x, 0, -1, 1),
        Formulas.Function.Sqrt => 0.5 / Expression.Apply(function, x),
        Formulas.Function.Exp => Expression.Apply(function, x),
        Formulas.Function.Expm1 => Expression.Apply(Formulas.Function.Exp, x),
        Formulas.Function.Softplus => Expression.Apply(Formulas.Function.Sigmoid, x),
        Formulas.Function.SoftplusTail => Expression.IfAtMost(x, 0, 1, -1) * Expression.Apply(Formulas.Function.Sigmoid, -Expression.Apply(Formulas.Function.Abs, x)),
        Formulas.Function.Erf => (2 / Math.Sqrt(Math.PI)) * Expression.Apply(Formulas.Function.Exp, -(x * x)),
        Formulas.Function.Erfc => (-2 / Math.Sqrt(Math.PI)) * Expression.Apply(Formulas.Function.Exp, -(x * x)),
        Formulas.Function.Log => 1 / x,
        Formulas.Function.Log1p => 1 / (1 + x),
        Formulas.Function.LogFromOne => 1 / x,
        Formulas.Function.Sigmoid => Expression.Apply(function, x) * Expression.Apply(function, -x),
        Formulas.Function.Sin => Expression.Apply(Formulas.Function.Cos, x),
        Formulas.Function.Cos => -Expression.Apply(Formulas.Function.Sin, x),
        Formulas.Function.Tanh => (1 - Expression.Apply(function, x)) * (1 + Expression.Apply(function, x)),
        _ => throw new NotSupportedException(function.ToString()),
    };
}
