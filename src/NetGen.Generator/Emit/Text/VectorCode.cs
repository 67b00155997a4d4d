using System;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emit;

/// <summary>Renders expressions as C# on vectors: the same operations in the same order for every element.</summary>
internal sealed class VectorCode : ExpressionCode
{
    private readonly VectorType _vector;

    /// <summary>Creates a renderer.</summary>
    /// <param name="context">The network.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="vector">The type of every quantity.</param>
    public VectorCode(EmitContext context, int units, VectorType vector)
        : base(context, units)
    {
        _vector = vector;
    }

    protected override string Use(string function) => Context.Functions.Use(function, _vector);

    protected override (string Text, Precedence Own) RenderConstant(double value) =>
        ($"{Use(VectorHelpers.Broadcast)}({Context.Number(value)})", Precedence.Atom);

    protected override string RenderInteger(long value) => $"{Use(nameof(Integer))}({Context.Integer(value)})";

    protected override (string Text, Precedence Own) RenderIntegers(IntegerBinary binary, Func<string, string> name) =>
        (RenderOperands(binary, name), Precedence.Conditional);

    /// <summary>What is shifted to the right is the bits of a positive number: no sign has to fill up.</summary>
    protected override (string Text, Precedence Own) RenderShift(Shift shift, Func<string, string> name) => shift.Left > 0
        ? ($"{Render(shift.Operand, name, Precedence.Atom)} << {EmitContext.Text(shift.Left)}", Precedence.Conditional)
        : ($"{Render(shift.Operand, name, Precedence.Atom)} >>> {EmitContext.Text(-shift.Left)}", Precedence.Conditional);

    protected override (string Text, Precedence Own) RenderSelect(Select select, Func<string, string> name)
    {
        string Whole(Expression part) => Render(part, name, Precedence.Whole);
        if (select.Comparison == Comparison.Below && select.Value == select.WhenTrue && select.Bound == select.WhenFalse)
        {
            return ($"{Use(VectorHelpers.Least)}({Whole(select.Value)}, {Whole(select.Bound)})", Precedence.Atom);
        }

        if (select.Comparison == Comparison.Below && select.Value == select.WhenFalse && select.Bound == select.WhenTrue)
        {
            return ($"{Use(VectorHelpers.Largest)}({Whole(select.Bound)}, {Whole(select.Value)})", Precedence.Atom);
        }

        string comparison = Use(select.Comparison switch
        {
            Comparison.AtMost => VectorHelpers.AtMost,
            Comparison.Below => VectorHelpers.Below,
            _ => VectorHelpers.Same,
        });
        string mask = $"{comparison}({Whole(select.Value)}, {Whole(select.Bound)})";
        return ($"{Use(VectorHelpers.Choose)}({mask}, {Whole(select.WhenTrue)}, {Whole(select.WhenFalse)})", Precedence.Atom);
    }

    protected override string RenderNegative(NegativeMultiplyAdd m, Func<string, string> name)
    {
        string Whole(Expression part) => Render(part, name, Precedence.Whole);
        return $"{Use(VectorHelpers.NegativeMultiplyAdd)}({Whole(m.X)}, {Whole(m.Y)}, {Whole(m.Z)})";
    }
}
