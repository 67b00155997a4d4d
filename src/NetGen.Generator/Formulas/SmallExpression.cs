namespace NetGen.Generator.Formulas;

// What becomes 0 long before it is subnormal: processors take as long for an operation whose exact result lies below the normal range as for fifty
// others. NaN passes through.

/// <summary>x, and 0 where |x| is below a bound.</summary>
/// <param name="Operand">x.</param>
/// <param name="IsInner">Whether the network multiplies the result with other such numbers: <see cref="Small.Inner"/> is the bound, else <see cref="Small.Outer"/>.</param>
internal sealed record Flush(Expression Operand, bool IsInner = false) : Expression;

/// <summary>
/// The product of a gradient and a slope, and 0 where its size is below a bound; neither it nor the comparison computes anything subnormal from a normal
/// gradient and a slope that is normal or 0.
/// </summary>
/// <param name="Gradient">The gradient.</param>
/// <param name="Slope">The slope.</param>
/// <param name="IsInner">As in <see cref="Flush"/>.</param>
internal sealed record Damp(Expression Gradient, Expression Slope, bool IsInner = false) : Expression;

/// <summary>The bounds.</summary>
internal static class Small
{
    /// <summary>Below this what a network gives is 0: its product with a number of ordinary size is still normal.</summary>
    public static double Outer(bool single) => single ? 1e-30 : 1e-290;

    /// <summary>
    /// Below this what a hidden unit gives, or passes back to a hidden unit, is 0: a gradient is the product of two such numbers and the learning rate.
    /// </summary>
    public static double Inner(bool single) => single ? 1e-17 : 1e-145;

    /// <summary>A power of two that makes the smallest normal number 1.</summary>
    public static double Scale(bool single) => single ? 8.5070591730234616e37 : 4.4942328371557898e307;

    public static double Bound(bool single, bool isInner) => isInner ? Inner(single) : Outer(single);

    /// <summary>The names in generated code.</summary>
    public static string Name(this Flush flush) => flush.IsInner ? FlushInner : nameof(Flush);

    public static string Name(this Damp damp) => damp.IsInner ? DampInner : nameof(Damp);

    public const string FlushInner = nameof(FlushInner);

    public const string DampInner = nameof(DampInner);
}
