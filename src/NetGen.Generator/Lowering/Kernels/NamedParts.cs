using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>Gives parts of a deep expression lines of their own, so that no line is too long to read.</summary>
internal static class NamedParts
{
    /// <summary>Operations inside one another that are still easy to read where each carries a cast and its parentheses.</summary>
    private const int DepthAmongCasts = 3;

    /// <summary>The same where they do not. Polynomials alone are as deep.</summary>
    private const int DepthWithoutCasts = 12;

    /// <summary>Divides the value of a quantity, for the text of a network.</summary>
    /// <param name="name">The quantity.</param>
    /// <param name="value">Its value.</param>
    /// <param name="rounding">How the network rounds.</param>
    /// <param name="isFused">Whether a product rounds together with the sum that it is a term of.</param>
    public static IReadOnlyList<(string Name, Expression Value)> Split(string name, Expression value, Rounding rounding, bool isFused) =>
        Split(name, value, rounding.ByCast ? DepthAmongCasts : DepthWithoutCasts, isFused);

    /// <summary>Divides the value of a quantity.</summary>
    /// <param name="name">The quantity.</param>
    /// <param name="value">Its value.</param>
    /// <param name="depth">Operations inside one another that stay together.</param>
    /// <param name="keepsProducts">A product stays with the sum that it is a term of, as where the two round once.</param>
    /// <returns>The parts, each under a name of its own, and the value that they make up under the given name; the value alone where it is not deep.</returns>
    public static IReadOnlyList<(string Name, Expression Value)> Split(string name, Expression value, int depth = DepthAmongCasts, bool keepsProducts = false)
    {
        var lines = new List<(string, Expression)>();
        Expression Shallow(Expression expression)
        {
            Expression shallow = expression.WithOperands(Shallow);
            return shallow.Depth() <= depth ? shallow : shallow.WithOperands(operand => Part(shallow, operand));
        }

        Expression Part(Expression whole, Expression operand) => operand.Depth() < depth ? operand
            : keepsProducts && IsSum(whole) && operand is Binary { Operator: BinaryOperator.Multiply } ? operand.WithOperands(factor => factor.Depth() < depth - 1 ? factor : Named(factor))
            : Named(operand);

        Expression Named(Expression part)
        {
            string local = $"part{Notation.Text(lines.Count + 1)}Of{char.ToUpperInvariant(name[0])}{name.Substring(1)}";
            lines.Add((local, part));
            return Expression.Symbol(local);
        }

        Expression whole = Shallow(value);
        lines.Add((name, whole));
        return lines;
    }

    /// <summary>The same for a step: what exists for each unit.</summary>
    public static IEnumerable<Step> Split(Step step, int units) => step.Kind == StepKind.Each
        ? Split(step.Name, step.Value.Fold(units)).Select(line => Step.Each(line.Name, line.Value))
        : new[] { step };

    /// <summary>The quantities that an expression reads more than once.</summary>
    public static IEnumerable<string> Repeated(Expression expression) => expression.Symbols().GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key);

    private static bool IsSum(Expression expression) => expression is Binary { Operator: BinaryOperator.Add or BinaryOperator.Subtract };
}
