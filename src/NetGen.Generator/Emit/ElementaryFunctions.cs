using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Model;

namespace NetGen.Generator.Emit;

/// <summary>
/// The elementary functions that the emitted code calls. A function that is used, and what it needs itself, is written once per
/// network; the others do not appear.
/// </summary>
internal sealed class ElementaryFunctions
{
    private readonly NumberType _number;
    private readonly SortedSet<Function> _used = new();

    public ElementaryFunctions(NumberType number)
    {
        _number = number;
    }

    /// <summary>Notes that a function is needed and returns its name inside <c>Kernels</c>.</summary>
    public string Use(Function function)
    {
        if (_used.Add(function))
        {
            foreach (Function needed in Needs(function))
            {
                Use(needed);
            }
        }

        return function.ToString();
    }

    /// <summary>Writes the functions in use.</summary>
    public void Write(SourceWriter writer)
    {
        string t = _number == NumberType.Single ? "float" : "double";
        string math = _number == NumberType.Single ? "global::System.MathF" : "global::System.Math";
        string zero = Literal.Of(0, _number);
        string one = Literal.Of(1, _number);
        foreach (Function function in _used)
        {
            writer.Line();
            switch (function)
            {
                case Function.Abs:
                    writer.CommentLine($"|x|");
                    writer.Line($"internal static {t} Abs({t} x) => {math}.Abs(x);");
                    break;
                case Function.Exp:
                    writer.CommentLine($"eˣ");
                    writer.Line($"internal static {t} Exp({t} x) => {math}.Exp(x);");
                    break;
                case Function.Log:
                    writer.CommentLine($"ln x");
                    writer.Line($"internal static {t} Log({t} x) => {math}.Log(x);");
                    break;
                case Function.Tanh:
                    writer.CommentLine($"tanh x");
                    writer.Line($"internal static {t} Tanh({t} x) => {math}.Tanh(x);");
                    break;
                case Function.Log1P:
                    writer.CommentLine($"ln (1 + x) for 0 ≤ x ≤ 1: the quotient takes out the rounding error of 1 + x");
                    writer.Open($"internal static {t} Log1P({t} x)");
                    writer.Line($"{t} u = {one} + x;");
                    writer.Line($"return u == {one} ? x : Log(u) * (x / (u - {one}));");
                    writer.Close();
                    break;
                case Function.Sigmoid:
                    writer.CommentLine($"σ(x) = 1 / (1 + e⁻ˣ), for negative x as eˣ / (1 + eˣ): the exponential never overflows");
                    writer.Open($"internal static {t} Sigmoid({t} x)");
                    writer.Line($"{t} e = Exp(-Abs(x));");
                    writer.Line($"return x < {zero} ? e / ({one} + e) : {one} / ({one} + e);");
                    writer.Close();
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(function), function, "No text for this function.");
            }
        }
    }

    private static IEnumerable<Function> Needs(Function function) => function switch
    {
        Function.Log1P => new[] { Function.Log },
        Function.Sigmoid => new[] { Function.Exp, Function.Abs },
        _ => Enumerable.Empty<Function>(),
    };
}
