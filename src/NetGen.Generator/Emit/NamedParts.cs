using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;

namespace NetGen.Generator.Emit;

/// <summary>Gives parts of a deep expression lines of their own, for text in which every operation carries a cast and its parentheses.</summary>
internal static class NamedParts
{
    /// <summary>Operations inside one another that are still easy to read.</summary>
    private const int Depth = 3;

    /// <summary>Divides the value of a quantity.</summary>
    /// <returns>The parts, each under a name of its own, and the value that they make up under the given name; the value alone where it is not deep.</returns>
    public static IReadOnlyList<(string Name, Expression Value)> Split(string name, Expression value)
    {
        var lines = new List<(string, Expression)>();
        Expression Shallow(Expression expression)
        {
            Expression shallow = expression.WithOperands(Shallow);
            return DepthOf(shallow) <= Depth ? shallow : shallow.WithOperands(operand => DepthOf(operand) < Depth ? operand : Named(operand));
        }

        Expression Named(Expression part)
        {
            string local = $"part{EmitContext.Text(lines.Count + 1)}Of{char.ToUpperInvariant(name[0])}{name.Substring(1)}";
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

    private static int DepthOf(Expression expression) =>
        (expression is Binary or Negate ? 1 : 0) + expression.Operands().Select(DepthOf).DefaultIfEmpty(0).Max();
}
