using NetGen.Generator.Formulas;

namespace NetGen.Generator.Emit;

/// <summary>How tightly a piece of text holds together.</summary>
internal enum Precedence
{
    Whole,
    Conditional,
    Sum,
    Product,
    Unary,
    Atom,
}

/// <summary>An expression as a part of a line: it is written to where the line is put together, without becoming a string first.</summary>
/// <param name="code">What writes it.</param>
/// <param name="value">The expression.</param>
/// <param name="outer">What stands around it.</param>
internal readonly struct CodePart(ExpressionCode code, Expression value, Precedence outer = Precedence.Whole)
{
    public void Write() => code.Write(value, outer);
}
