using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Generator.Formulas;

/// <summary>Questions about expressions and steps, and their simplification.</summary>
internal static class ExpressionQueries
{
    /// <summary>Whether a quantity occurs in the steps.</summary>
    public static bool Uses(this IReadOnlyList<Step> steps, string name) => steps.Any(step => step.Value.Symbols().Contains(name));

    /// <summary>Whether the steps only give quantities another name.</summary>
    public static bool OnlyRename(this IReadOnlyList<Step> steps) => steps.All(step => step is { Kind: StepKind.Each, Value: Symbol });

    /// <summary>Whether every unit is computed for itself: without a sum or maximum over the units, and what follows from one.</summary>
    public static bool IsElementwise(this IReadOnlyList<Step> steps) => steps.All(step => step.Kind == StepKind.Each);

    /// <summary>Whether an elementary function occurs in the steps.</summary>
    public static bool CallsFunction(this IReadOnlyList<Step> steps) => steps.Any(step => step.Value.CallsFunction());

    /// <summary>How many products the steps compute for a unit.</summary>
    public static int Products(this IReadOnlyList<Step> steps) => steps.Sum(step => step.Value.Products());

    /// <summary>How many operations the steps compute for a unit.</summary>
    public static int Operations(this IReadOnlyList<Step> steps) => steps.Sum(step => step.Value.Operations());

    /// <summary>The steps without which some quantities cannot be computed.</summary>
    public static IReadOnlyList<Step> Toward(this IReadOnlyList<Step> steps, params string[] quantities)
    {
        var names = new HashSet<string>(quantities);
        var needed = new List<Step>();
        foreach (Step step in steps.Reverse().Where(step => names.Contains(step.Name)))
        {
            needed.Insert(0, step);
            names.UnionWith(step.Value.Symbols());
        }

        return needed;
    }

    /// <summary>The names in an expression, in order of occurrence.</summary>
    public static IReadOnlyList<string> Symbols(this Expression expression)
    {
        var names = new List<string>();
        Collect(expression);
        return names;

        void Collect(Expression part)
        {
            if (part is Symbol symbol)
            {
                names.Add(symbol.Name);
            }

            for (int index = 0; part.Operand(index) is { } operand; index++)
            {
                Collect(operand);
            }
        }
    }

    /// <summary>Whether an elementary function occurs in the expression.</summary>
    public static bool CallsFunction(this Expression expression)
    {
        bool calls = expression is Apply;
        for (int index = 0; !calls && expression.Operand(index) is { } operand; index++)
        {
            calls = operand.CallsFunction();
        }

        return calls;
    }

    /// <summary>How many arithmetic operations stand inside one another.</summary>
    public static int Depth(this Expression expression)
    {
        int depth = 0;
        for (int index = 0; expression.Operand(index) is { } operand; index++)
        {
            depth = Math.Max(depth, operand.Depth());
        }

        return depth + (expression is Binary or Negate ? 1 : 0);
    }

    /// <summary>Whether the value is one of some constants.</summary>
    public static bool SelectsConstant(this Expression expression) => expression switch
    {
        Select s => s.WhenTrue.SelectsConstant() && s.WhenFalse.SelectsConstant(),
        _ => expression is Constant,
    };

    /// <summary>Whether computing the expression again costs less than storing its value: sums and products only.</summary>
    public static bool IsCheap(this Expression expression) => expression switch
    {
        Apply or Select or Flush or Damp or Binary { Operator: BinaryOperator.Divide } => false,
        _ => expression.Operands().All(IsCheap),
    };

    /// <summary>Replaces the number of units by its value, computes what is constant and drops divisions by 1.</summary>
    public static Expression Fold(this Expression expression, int units) => expression.IsFolded() ? expression : expression switch
    {
        UnitCount => units,
        Negate { Operand: var x } => x.Fold(units) switch { Constant c => -c.Value, var folded => -folded },
        Binary b => Fold(b.Operator, b.Left.Fold(units), b.Right.Fold(units)),
        _ => expression.WithOperands(operand => operand.Fold(units)),
    };

    /// <summary>The expression with other values in the place of its symbols.</summary>
    public static Expression Replace(this Expression expression, Func<string, Expression> value)
    {
        Func<Expression, Expression>? map = null;
        map = part => part is Symbol symbol ? value(symbol.Name) : part.WithOperands(map!);
        return map(expression);
    }

    /// <summary>The same operation on other operands; the expression itself where they are the same, for most parts of most formulas stay what they are.</summary>
    public static Expression WithOperands(this Expression expression, Func<Expression, Expression> map) => expression switch
    {
        Negate n => map(n.Operand) is var x && ReferenceEquals(x, n.Operand) ? n : new Negate(x),
        Binary b => (map(b.Left), map(b.Right)) is var (x, y) && ReferenceEquals(x, b.Left) && ReferenceEquals(y, b.Right) ? b : new Binary(b.Operator, x, y),
        Apply a => map(a.Argument) is var x && ReferenceEquals(x, a.Argument) ? a : new Apply(a.Function, x),
        Select s => new Select(map(s.Value), map(s.Bound), map(s.WhenTrue), map(s.WhenFalse), s.Comparison),
        BitsOf b => new BitsOf(map(b.Operand)),
        RealOf r => new RealOf(map(r.Operand)),
        IntegerBinary i => new IntegerBinary(i.Operator, map(i.Left), map(i.Right)),
        Shift h => new Shift(map(h.Operand), h.Left),
        Flush f => f with { Operand = map(f.Operand) },
        Damp d => d with { Gradient = map(d.Gradient), Slope = map(d.Slope) },
        Operation o => o.With(map),
        _ => expression,
    };

    /// <summary>Whether there is nothing to fold: most formulas are asked again for every layer and width.</summary>
    private static bool IsFolded(this Expression expression)
    {
        bool isFolded = expression is not (UnitCount or Negate { Operand: Constant } or Binary { Left: Constant, Right: Constant }
            or Binary { Operator: BinaryOperator.Divide, Right: Constant { Value: 1 } }
            or Binary { Operator: BinaryOperator.Multiply, Right: Constant { Value: 0 or 1 or double.NaN } or Select }
            or Binary { Operator: BinaryOperator.Multiply, Left: Constant { Value: 1 } });
        for (int index = 0; isFolded && expression.Operand(index) is { } operand; index++)
        {
            isFolded = operand.IsFolded();
        }

        return isFolded;
    }

    private static Expression Fold(BinaryOperator @operator, Expression left, Expression right) => (@operator, left, right) switch
    {
        (BinaryOperator.Add, Constant x, Constant y) => x.Value + y.Value,
        (BinaryOperator.Subtract, Constant x, Constant y) => x.Value - y.Value,
        (BinaryOperator.Multiply, Constant x, Constant y) => x.Value * y.Value,
        (BinaryOperator.Divide, Constant x, Constant y) => x.Value / y.Value,
        (BinaryOperator.Divide, _, Constant { Value: 1 }) => left,
        (BinaryOperator.Multiply, _, _) => left * right,
        _ => new Binary(@operator, left, right),
    };

    private static int Operations(this Expression expression) => (expression is Constant or Symbol ? 0 : 1) + expression.Operands().Sum(Operations);

    private static int Products(this Expression expression) =>
        (expression is Damp or Binary { Operator: BinaryOperator.Multiply } ? 1 : 0) + expression.Operands().Sum(Products);

    /// <summary>What an operation works on.</summary>
    public static IEnumerable<Expression> Operands(this Expression expression)
    {
        for (int index = 0; expression.Operand(index) is { } operand; index++)
        {
            yield return operand;
        }
    }

    /// <summary>One of them, counted from 0, or null after the last.</summary>
    private static Expression? Operand(this Expression expression, int index) => expression switch
    {
        Negate n when index == 0 => n.Operand,
        Binary b when index < 2 => index == 0 ? b.Left : b.Right,
        Apply a when index == 0 => a.Argument,
        Select s when index < 4 => index switch { 0 => s.Value, 1 => s.Bound, 2 => s.WhenTrue, _ => s.WhenFalse },
        BitsOf b when index == 0 => b.Operand,
        RealOf r when index == 0 => r.Operand,
        IntegerBinary i when index < 2 => index == 0 ? i.Left : i.Right,
        Shift h when index == 0 => h.Operand,
        Flush f when index == 0 => f.Operand,
        Damp d when index < 2 => index == 0 ? d.Gradient : d.Slope,
        Operation o => o.Part(index),
        _ => null,
    };
}
