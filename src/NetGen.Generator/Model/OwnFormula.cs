using System;

namespace NetGen.Generator.Model;

/// <summary>
/// A formula that the class itself has as a method, as it was read. Each node works on earlier ones and the last is the value, so that what occurs twice is there once and
/// two formulas are compared in the time that it takes to read them.
/// </summary>
/// <param name="Name">The name of the method.</param>
/// <param name="Nodes">The nodes.</param>
internal sealed record OwnFormula(string Name, EquatableArray<FormulaNode> Nodes);

/// <summary>A variable, a number or an operation of a formula.</summary>
/// <param name="Operator">Which of them.</param>
/// <param name="Operands">The nodes that it works on.</param>
/// <param name="Bits">The bits of a number, so that 0 and −0 differ; which variable, from 0; the exponent of a power.</param>
/// <param name="Function">The elementary function that is applied.</param>
internal sealed record FormulaNode(FormulaOperator Operator, EquatableArray<int> Operands = default, long Bits = 0, string Function = "")
{
    /// <summary>A number.</summary>
    public static FormulaNode Number(double value) => new(FormulaOperator.Number, Bits: BitConverter.DoubleToInt64Bits(value));

    /// <summary>The value of a number.</summary>
    public double Value => BitConverter.Int64BitsToDouble(Bits);

    /// <summary>The exponent of a power, or which variable it is.</summary>
    public int Index => (int)Bits;
}

/// <summary>What a node of a formula is.</summary>
internal enum FormulaOperator
{
    Variable,
    Number,
    Negate,
    Add,
    Subtract,
    Multiply,
    Divide,

    /// <summary>A power with an integer from 2 on.</summary>
    Power,
    Apply,
    Minimum,
    Maximum,

    /// <summary>The third operand where the first is below the second, else the fourth.</summary>
    IfBelow,

    /// <summary>The same where the first is at most the second.</summary>
    IfAtMost,

    /// <summary>The same where both are equal.</summary>
    IfEqual,
}
