using System.Collections.Generic;
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

    /// <summary>Sets the result.</summary>
    public FunctionBody Return(Expression result)
    {
        Result = result;
        return this;
    }
}
