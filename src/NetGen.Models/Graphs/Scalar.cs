using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Graphs;

/// <summary>A formula of one variable, which a node of a model applies to each of its values. Equal formulas are equal values.</summary>
internal abstract record Scalar
{
    /// <summary>Most operations of one formula: longer ones go on in another node.</summary>
    public const int MostOperations = 64;

    /// <summary>The variable.</summary>
    public static readonly Scalar Variable = new ScalarVariable();

    /// <summary>Whether it is the variable itself.</summary>
    public bool IsVariable => this is ScalarVariable;

    /// <summary>Number of operations, those that occur twice counted twice.</summary>
    public int Operations => this is ScalarOperation operation ? 1 + operation.Operands.Sum(operand => operand.Operations) : 0;

    /// <summary>The value for a value of the variable, in double precision.</summary>
    public abstract double At(double variable);

    /// <summary>The same formula of another variable, which is a formula itself.</summary>
    public abstract Scalar Of(Scalar variable);

    /// <summary>A number.</summary>
    public static Scalar Number(double value) => new ScalarNumber(value);

    /// <summary>Applies an operation; to numbers alone, it is a number.</summary>
    public static Scalar Apply(ScalarOperator operation, params Scalar[] operands) => Apply(operation, 0, operands);

    /// <summary>Applies an operation that has a parameter; to numbers alone, it is a number.</summary>
    public static Scalar Apply(ScalarOperator operation, double alpha, params Scalar[] operands)
    {
        var applied = new ScalarOperation(operation, alpha, operands);
        return operands.All(operand => operand is ScalarNumber) ? Number(applied.At(0)) : Simplified(applied);
    }

    /// <summary>The slope and the value at 0 of a formula that is a straight line; null for any other.</summary>
    public (double Slope, double Intercept)? Line()
    {
        switch (this)
        {
            case ScalarVariable:
                return (1, 0);
            case ScalarNumber number:
                return (0, number.Value);
        }

        var operation = (ScalarOperation)this;
        (double Slope, double Intercept)?[] lines = operation.Operands.Select(operand => operand.Line()).ToArray();
        if (lines.Any(line => line is null))
        {
            return null;
        }

        (double slope, double intercept) = lines[0]!.Value;
        (double otherSlope, double other) = lines.Length > 1 ? lines[1]!.Value : default;
        return operation.Operator switch
        {
            ScalarOperator.Negate => (-slope, -intercept),
            ScalarOperator.Add => (slope + otherSlope, intercept + other),
            ScalarOperator.Subtract => (slope - otherSlope, intercept - other),
            ScalarOperator.Multiply when otherSlope == 0 => (slope * other, intercept * other),
            ScalarOperator.Multiply when slope == 0 => (intercept * otherSlope, intercept * other),
            ScalarOperator.Divide when otherSlope == 0 => (slope / other, intercept / other),
            _ => null,
        };
    }

    /// <summary>The straight line that a formula is a formula of, where all of the variable is in that line alone; the variable itself for any other.</summary>
    public Scalar InnerLine()
    {
        Scalar[] lines = Lines().Distinct().ToArray();
        return lines.Length == 1 ? lines[0] : Variable;
    }

    /// <summary>The same formula with a part of it as the variable.</summary>
    public Scalar Without(Scalar part) => Equals(part) ? Variable
        : this is ScalarOperation operation ? Apply(operation.Operator, operation.Alpha, operation.Operands.Select(operand => operand.Without(part)).ToArray())
        : this;

    /// <summary>The largest parts that are straight lines and no numbers.</summary>
    private IEnumerable<Scalar> Lines() => this is ScalarNumber ? Enumerable.Empty<Scalar>()
        : Line() is not null || this is not ScalarOperation operation ? new[] { this }
        : operation.Operands.SelectMany(operand => operand.Lines());

    /// <summary>What changes nothing is not there, however it is written.</summary>
    private static Scalar Simplified(ScalarOperation applied)
    {
        Scalar first = applied.Operands[0];
        Scalar? second = applied.Operands.Count > 1 ? applied.Operands[1] : null;
        return applied.Operator switch
        {
            ScalarOperator.Add when second == Number(0) => first,
            ScalarOperator.Add when first == Number(0) => second!,
            ScalarOperator.Subtract when second == Number(0) => first,
            ScalarOperator.Multiply or ScalarOperator.Divide when second == Number(1) => first,
            ScalarOperator.Multiply when first == Number(1) => second!,

            // Numbers stand behind, so that a formula is known however it was written.
            ScalarOperator.Add or ScalarOperator.Multiply when first is ScalarNumber => applied with { Operands = new ValueList<Scalar>(second!, first) },
            ScalarOperator.Power when applied.Alpha == 1 => first,
            ScalarOperator.Multiply when first == second => Apply(ScalarOperator.Power, 2, first),
            _ => applied,
        };
    }
}

/// <summary>The variable of a formula.</summary>
internal sealed record ScalarVariable : Scalar
{
    public override double At(double variable) => variable;

    public override Scalar Of(Scalar variable) => variable;
}

/// <summary>A number of a formula.</summary>
/// <param name="Value">The number.</param>
internal sealed record ScalarNumber(double Value) : Scalar
{
    public override double At(double variable) => Value;

    public override Scalar Of(Scalar variable) => this;
}

/// <summary>The parameter of an activation, in the formula that it stands for.</summary>
internal sealed record ScalarParameter : Scalar
{
    public override double At(double variable) => throw new InvalidOperationException("A parameter has a value where its activation is applied.");

    public override Scalar Of(Scalar variable) => this;
}

/// <summary>An operation of a formula.</summary>
/// <param name="Operator">Which.</param>
/// <param name="Alpha">Its parameter, if it has one.</param>
/// <param name="Operands">What it is applied to.</param>
internal sealed record ScalarOperation(ScalarOperator Operator, double Alpha, ValueList<Scalar> Operands) : Scalar
{
    /// <summary>Applies an operation.</summary>
    public ScalarOperation(ScalarOperator operation, double alpha, params Scalar[] operands)
        : this(operation, alpha, new ValueList<Scalar>(operands))
    {
    }

    public override double At(double variable) => ScalarFunctions.Value(Operator, Alpha, Operands.Select(operand => operand.At(variable)).ToArray());

    public override Scalar Of(Scalar variable) => Apply(Operator, Alpha, Operands.Select(operand => operand.Of(variable)).ToArray());
}

/// <summary>The operations of formulas. Those that are activations of NetGen have their names.</summary>
internal enum ScalarOperator
{
    Negate,
    Add,
    Subtract,
    Multiply,
    Divide,
    Minimum,
    Maximum,

    /// <summary>A power with a whole exponent from 2 on, which is the parameter.</summary>
    Power,
    Absolute,
    SquareRoot,
    Exp,
    Log,
    Sin,
    Cos,
    Erf,
    Tanh,
    Sigmoid,
    Softplus,
    Relu,
    LeakyRelu,
    Elu,
    Celu,
    Selu,
    Softsign,
    Gelu,
    GeluTanh,
    Mish,
    Silu,
    HardSwish,
    HardSigmoid,

    /// <summary>eˣ − 1; like the next ones in formulas of activations alone.</summary>
    Expm1,
    Erfc,

    /// <summary>The second operand where the first is above 0, else the third.</summary>
    Positive,
}
