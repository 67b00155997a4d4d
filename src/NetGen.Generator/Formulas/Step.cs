using System.Globalization;
using NetGen.Generator.Model;

namespace NetGen.Generator.Formulas;

/// <summary>
/// One step of a formula over the units of a layer: it names a quantity and says how it follows from earlier ones.
/// </summary>
/// <param name="Kind">Whether the quantity exists once for each unit or once for the layer.</param>
/// <param name="Name">Its name, from <see cref="Quantity"/> or local to the formula.</param>
/// <param name="Value">Its value. Symbols are variables of the formula or names of earlier steps.</param>
/// <param name="InLanes">
/// In which order a sum adds its terms, which decides its bits: first unit first, or like a dot product over the units, in lanes that are added by halves.
/// </param>
internal sealed record Step(StepKind Kind, string Name, Expression Value, bool InLanes = false)
{
    /// <summary>A quantity of each unit.</summary>
    public static Step Each(string name, Expression value) => new(StepKind.Each, name, value);

    /// <summary>The sum over the units, first unit first.</summary>
    public static Step Sum(string name, Expression value) => new(StepKind.Sum, name, value);

    /// <summary>The sum over the units in lanes.</summary>
    public static Step SumInLanes(string name, Expression value) => new(StepKind.Sum, name, value, InLanes: true);

    /// <summary>The largest value of the units.</summary>
    public static Step Max(string name, Expression value) => new(StepKind.Max, name, value);

    /// <summary>A quantity of the layer, computed from other quantities of the layer.</summary>
    public static Step Once(string name, Expression value) => new(StepKind.Once, name, value);
}

/// <summary>How the value of a <see cref="Step"/> is meant.</summary>
internal enum StepKind
{
    Each,
    Sum,
    Max,
    Once,
}

/// <summary>The names that formulas and emitted code share; a formula's other names are its own.</summary>
internal static class Quantity
{
    /// <summary>What a layer reads, x; the first of several.</summary>
    public const string X = "x";

    /// <summary>Weights of a layer: the name of their block.</summary>
    public const string Weight = BlockSpec.WeightName;

    /// <summary>Biases of a layer: the name of their block.</summary>
    public const string Bias = BlockSpec.BiasName;

    /// <summary>The pre-activation z, such as W·x + b.</summary>
    public const string Z = "z";

    /// <summary>The activation output a.</summary>
    public const string A = "a";

    /// <summary>The target y.</summary>
    public const string Y = "y";

    /// <summary>The weight of a sample.</summary>
    public const string SampleWeight = "sampleWeight";

    /// <summary>Whether a class is possible: 1, or 0.</summary>
    public const string Allowed = "allowed";

    /// <summary>The gradient dL/da.</summary>
    public const string OutputGradient = "da";

    /// <summary>The gradient dL/dz.</summary>
    public const string Delta = "delta";

    /// <summary>The loss L.</summary>
    public const string Loss = "loss";

    public static readonly Expression XValue = Expression.Symbol(X);
    public static readonly Expression WeightValue = Expression.Symbol(Weight);
    public static readonly Expression BiasValue = Expression.Symbol(Bias);
    public static readonly Expression DeltaValue = Expression.Symbol(Delta);
    public static readonly Expression ZValue = Expression.Symbol(Z);
    public static readonly Expression AValue = Expression.Symbol(A);
    public static readonly Expression YValue = Expression.Symbol(Y);
    public static readonly Expression OutputGradientValue = Expression.Symbol(OutputGradient);

    /// <summary>One of the nodes that a layer reads: <c>x</c>, <c>x2</c>, <c>x3</c>.</summary>
    /// <param name="index">Which one, from 0.</param>
    public static string Input(int index) => index == 0 ? X : X + (index + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The gradient of a quantity.</summary>
    public static string GradientOf(string name) => "d" + name;
}
