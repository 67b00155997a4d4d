namespace NetGen.Generator.Formulas;

/// <summary>
/// One step of a formula over the units of a layer: it names a quantity and says how it follows from earlier ones.
/// </summary>
/// <param name="Kind">Whether the quantity exists once for each unit or once for the layer.</param>
/// <param name="Name">Its name, from <see cref="Quantity"/> or local to the formula.</param>
/// <param name="Value">Its value. Symbols are variables of the formula or names of earlier steps.</param>
internal sealed record Step(StepKind Kind, string Name, Expression Value)
{
    /// <summary>A quantity of each unit.</summary>
    public static Step Each(string name, Expression value) => new(StepKind.Each, name, value);

    /// <summary>The sum over the units, first unit first.</summary>
    public static Step Sum(string name, Expression value) => new(StepKind.Sum, name, value);

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
    /// <summary>The pre-activation z = W·x + b.</summary>
    public const string Z = "z";

    /// <summary>The activation output a.</summary>
    public const string A = "a";

    /// <summary>The target y.</summary>
    public const string Y = "y";

    /// <summary>The gradient dL/da.</summary>
    public const string OutputGradient = "da";

    /// <summary>The gradient dL/dz.</summary>
    public const string Delta = "delta";

    /// <summary>The loss L.</summary>
    public const string Loss = "loss";

    public static readonly Expression ZValue = Expression.Symbol(Z);
    public static readonly Expression AValue = Expression.Symbol(A);
    public static readonly Expression YValue = Expression.Symbol(Y);
    public static readonly Expression OutputGradientValue = Expression.Symbol(OutputGradient);
}
