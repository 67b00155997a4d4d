using System;

namespace NetGen.Generator.Formulas;

/// <summary>An operation that a kernel has and a formula has not: it reads memory, or works on vectors.</summary>
internal abstract record Operation : Expression
{
    /// <summary>What it works on, counted from 0; null after the last.</summary>
    public abstract Expression? Part(int index);

    /// <summary>The same operation on other parts.</summary>
    public abstract Operation With(Func<Expression, Expression> map);
}
