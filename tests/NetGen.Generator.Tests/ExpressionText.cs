using NetGen.Generator.Emit;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Tests;

/// <summary>What the emitter writes for a formula alone.</summary>
internal static class ExpressionText
{
    /// <summary>The C# of a formula, in the arithmetic of its network.</summary>
    public static string Render(this ExpressionCode code, Expression formula, int units = 1)
    {
        TextBuffer parts = code.Context.Writer.Parts;
        int start = parts.Length;
        code.Write(Express.Formula(formula, units, code.Context.IsFused), Precedence.Whole);
        string text = parts.Text(start, parts.Length);
        parts.Truncate(start);
        return text;
    }
}
