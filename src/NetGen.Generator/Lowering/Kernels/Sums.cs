using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;

namespace NetGen.Generator.Lowering;

/// <summary>How a kernel rounds, as far as its text shows it.</summary>
/// <param name="ByCast">
/// Every operation is rounded by a cast, for some runtimes compute single precision in double. Such expressions are divided sooner, for casts make them long.
/// </param>
/// <param name="IsFused">A product of a formula rounds together with the sum that it is a term of.</param>
internal sealed record Rounding(bool ByCast, bool IsFused = false)
{
    /// <summary>Terms of a sum in one expression.</summary>
    public int TermsInExpression => ByCast ? 2 : Planning.Tuning.SumGroup;
}

/// <summary>Sums of a few numbers.</summary>
internal static class Sums
{
    /// <summary>The sum of lanes, the upper half added to the lower until one is left.</summary>
    /// <param name="lanes">The lanes, a power of two; null where one is empty.</param>
    public static Expression ByHalves(IReadOnlyList<Expression?> lanes)
    {
        Expression?[] sums = lanes.ToArray();
        for (int half = sums.Length / 2; half > 0; half /= 2)
        {
            for (int index = 0; index < half; index++)
            {
                sums[index] = (sums[index], sums[index + half]) switch
                {
                    ({ } x, { } y) => new Binary(BinaryOperator.Add, x, y),
                    (var x, var y) => x ?? y,
                };
            }
        }

        return sums[0] ?? throw new ArgumentException("No lane has a term.", nameof(lanes));
    }

    /// <summary>The same of variables, with a statement for each addition where casts would make one expression of them too long; these change the variables.</summary>
    /// <param name="variables">The lanes in use, lowest first.</param>
    /// <param name="count">How many lanes there are, a power of two; those not in use are 0.</param>
    /// <param name="rounding">How the kernel rounds.</param>
    public static (IReadOnlyList<Statement> Before, Expression Sum) ByHalves(IReadOnlyList<string> variables, int count, Rounding rounding)
    {
        if (!rounding.ByCast)
        {
            return (Array.Empty<Statement>(), ByHalves(Enumerable.Range(0, count).Select(lane => lane < variables.Count ? Expression.Symbol(variables[lane]) : null).ToArray()));
        }

        var statements = new List<Statement>();
        for (int half = count / 2; half > 0; half /= 2)
        {
            Statement[] additions = Enumerable.Range(0, half)
                .Where(index => index + half < Math.Min(variables.Count, 2 * half))
                .Select(index => Assign.Add(variables[index], Expression.Symbol(variables[index + half])))
                .ToArray();
            if (additions.Length > 0)
            {
                statements.Add(new Row(additions));
            }
        }

        return (statements, Expression.Symbol(variables[0]));
    }

    /// <summary>The sum of variables in their order, likewise.</summary>
    public static (IReadOnlyList<Statement> Before, Expression Sum) InOrder(IReadOnlyList<string> variables, Rounding rounding)
    {
        if (!rounding.ByCast)
        {
            return (Array.Empty<Statement>(), variables.Select(Expression.Symbol).Aggregate((sum, term) => new Binary(BinaryOperator.Add, sum, term)));
        }

        Statement[] additions = variables.Skip(1).Select(variable => Assign.Add(variables[0], Expression.Symbol(variable))).ToArray();
        return (additions.Length == 0 ? additions : new[] { new Row(additions) }, Expression.Symbol(variables[0]));
    }
}
