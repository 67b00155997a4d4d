using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emit;

/// <summary>Writes expressions as C# on vectors: the same operations in the same order for every element.</summary>
internal sealed class VectorCode : ExpressionCode
{
    private readonly VectorType _vector;

    /// <summary>Creates a renderer.</summary>
    /// <param name="context">The network.</param>
    /// <param name="vector">The type of every quantity.</param>
    public VectorCode(EmitContext context, VectorType vector)
        : base(context)
    {
        _vector = vector;
    }

    /// <summary>What is shifted to the right is the bits of a positive number: no sign has to fill up.</summary>
    protected override string RightShift => ">>>";

    protected override string Use(string function) => Context.Functions.Use(function, _vector);

    protected override Precedence Of(Expression expression) => expression switch
    {
        Constant or Select => Precedence.Atom,
        IntegerBinary => Precedence.Conditional,
        _ => base.Of(expression),
    };

    protected override void WriteConstant(double value) => Add($"{Use(VectorHelpers.Broadcast)}({Context.Number(value)})");

    protected override void WriteInteger(long value) => Add($"{Use(nameof(Integer))}({Context.Integer(value)})");

    protected override void WriteIntegers(IntegerBinary binary) => WriteOperands(binary);

    protected override void WriteSelect(Select select)
    {
        if (select.Comparison == Comparison.Below && select.Value == select.WhenTrue && select.Bound == select.WhenFalse)
        {
            Add($"{Use(VectorHelpers.Least)}({Whole(select.Value)}, {Whole(select.Bound)})");
            return;
        }

        if (select.Comparison == Comparison.Below && select.Value == select.WhenFalse && select.Bound == select.WhenTrue)
        {
            Add($"{Use(VectorHelpers.Largest)}({Whole(select.Bound)}, {Whole(select.Value)})");
            return;
        }

        string comparison = Use(select.Comparison switch
        {
            Comparison.AtMost => VectorHelpers.AtMost,
            Comparison.Below => VectorHelpers.Below,
            _ => VectorHelpers.Same,
        });
        Add($"{Use(VectorHelpers.Choose)}({comparison}({Whole(select.Value)}, {Whole(select.Bound)}), {Whole(select.WhenTrue)}, {Whole(select.WhenFalse)})");
    }

    protected override void WriteNegative(NegativeMultiplyAdd m) =>
        Add($"{Use(VectorHelpers.NegativeMultiplyAdd)}({Whole(m.X)}, {Whole(m.Y)}, {Whole(m.Z)})");
}
