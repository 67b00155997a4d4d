using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas;

/// <summary>
/// An elementary function built from + − × ÷, comparisons and bit operations only, each rounding by itself: the same bits wherever
/// IEEE 754 holds. The body is a straight line without a branch, so that it can be written for one number or for a vector. The class
/// has the name of the <see cref="Formulas.Function"/>; the catalogue finds it by that name.
/// </summary>
internal abstract class ElementaryFunction
{
    /// <summary>The name of the argument.</summary>
    public const string Argument = "x";

    protected static readonly Expression X = new Symbol(Argument);

    /// <summary>The function and how it is computed, for a comment.</summary>
    public abstract string Text { get; }

    /// <summary>The least argument that it is made for.</summary>
    public virtual double Least => double.NegativeInfinity;

    /// <summary>The largest size of an argument for which its error is bounded in units in the last place.</summary>
    public virtual double Most => double.PositiveInfinity;

    /// <summary>The steps from <see cref="Argument"/> to the result.</summary>
    public abstract FunctionBody Body(NumberType number);

    /// <summary>Chooses by number type.</summary>
    protected static T ByType<T>(NumberType number, T single, T @double) => number == NumberType.Single ? single : @double;
}

/// <summary>The body of an elementary function.</summary>
internal sealed class FunctionBody
{
    private readonly List<(string Name, Expression Value)> _lines = new();

    /// <summary>The named intermediate results, in order.</summary>
    public IReadOnlyList<(string Name, Expression Value)> Lines => _lines;

    /// <summary>The result.</summary>
    public Expression Result { get; private set; } = new Symbol(ElementaryFunction.Argument);

    /// <summary>Names an intermediate result.</summary>
    public Expression Let(string name, Expression value)
    {
        _lines.Add((name, value));
        return new Symbol(name);
    }

    /// <summary>The square of a named quantity, a line of its own: <c>r2</c> for r, <c>r4</c> for <c>r2</c>.</summary>
    public Expression Square(Expression x)
    {
        string name = ((Symbol)x).Name;
        string root = name.TrimEnd("0123456789".ToCharArray());
        int power = name == root ? 1 : int.Parse(name.Substring(root.Length), CultureInfo.InvariantCulture);
        string square = root + (2 * power).ToString(CultureInfo.InvariantCulture);
        return _lines.Any(line => line.Name == square) ? new Symbol(square) : Let(square, x * x);
    }

    /// <summary>
    /// A polynomial by Estrin's scheme, c₀ + c₁x + (c₂ + c₃x) x² + …: more products than Horner's rule has, but they do not wait for
    /// each other.
    /// </summary>
    /// <param name="x">The variable, a named quantity.</param>
    /// <param name="coefficients">The coefficients, highest power first.</param>
    public Expression Polynomial(Expression x, double[] coefficients)
    {
        List<Expression> terms = coefficients.Reverse().Select(c => (Expression)c).ToList();
        for (Expression power = x; ; power = Square(power))
        {
            var pairs = new List<Expression>();
            for (int index = 0; index < terms.Count; index += 2)
            {
                pairs.Add(index + 1 == terms.Count ? terms[index] : Sum(terms[index + 1] * power, terms[index]));
            }

            if (pairs.Count == 1)
            {
                return pairs[0];
            }

            terms = pairs;
        }
    }

    /// <summary>Sets the result.</summary>
    public FunctionBody Return(Expression result)
    {
        Result = result;
        return this;
    }

    private static Expression Sum(Expression x, Expression y) => y is Constant { Value: < 0 and var c } ? x - -c : x + y;
}
