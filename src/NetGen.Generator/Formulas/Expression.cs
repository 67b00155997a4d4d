namespace NetGen.Generator.Formulas;

/// <summary>
/// A formula as a small tree. Formulas are written with the operators and functions below; renderers turn the tree into C# or
/// into printed mathematics, and tests differentiate and evaluate it.
/// </summary>
internal abstract record Expression
{
    /// <summary>The number of units of the layer, known when the code is generated.</summary>
    public static readonly Expression Units = new UnitCount();

    public static implicit operator Expression(double value) => new Constant(value);

    public static Expression operator +(Expression x, Expression y) => new Binary(BinaryOperator.Add, x, y);

    public static Expression operator -(Expression x, Expression y) => new Binary(BinaryOperator.Subtract, x, y);

    public static Expression operator -(Expression x) => new Negate(x);

    public static Expression operator /(Expression x, Expression y) => new Binary(BinaryOperator.Divide, x, y);

    /// <summary>Multiplies; a factor 1 disappears, and a factor that selects between constants becomes a selection, so that 0 · ∞ cannot arise.</summary>
    public static Expression operator *(Expression x, Expression y) => (x, y) switch
    {
        (_, Constant { Value: 1 }) => x,
        (Constant { Value: 1 }, _) => y,
        (_, Constant { Value: 0 or double.NaN }) => y,
        (_, Select { WhenTrue: Constant { Value: 0 }, WhenFalse: Constant { Value: 1 } } mask) => mask with { WhenFalse = x },
        (Formulas.Symbol, Select slope) when slope.SelectsConstant() => slope with { WhenTrue = x * slope.WhenTrue, WhenFalse = x * slope.WhenFalse },
        _ => new Binary(BinaryOperator.Multiply, x, y),
    };

    /// <summary>A named quantity: a variable of the formula or the result of an earlier step.</summary>
    public static Expression Symbol(string name) => new Symbol(name);

    /// <summary>Applies an elementary function.</summary>
    public static Expression Apply(Function function, Expression argument) => new Apply(function, argument);

    /// <summary><c>x ≤ bound ? whenTrue : whenFalse</c>; NaN chooses <paramref name="whenFalse"/>.</summary>
    public static Expression IfAtMost(Expression x, Expression bound, Expression whenTrue, Expression whenFalse) =>
        new Select(x, bound, whenTrue, whenFalse);

    /// <summary><c>x ≥ bound ? whenTrue : whenFalse</c>; NaN chooses <paramref name="whenFalse"/>.</summary>
    public static Expression IfAtLeast(Expression x, Expression bound, Expression whenTrue, Expression whenFalse) =>
        new Select(bound, x, whenTrue, whenFalse);

    /// <summary>
    /// A slope between kinks: <paramref name="inside"/> where low &lt; x &lt; high, else 0. NaN gives NaN, for it may lie on any side of a kink; a selection by
    /// itself would choose a side.
    /// </summary>
    public static Expression Between(double low, double high, Expression x, double inside) =>
        IfAtMost(x, low, 0, IfAtLeast(x, high, 0, Below(x, high, inside)));

    /// <summary>A value where x is below a bound, for an x that is, or is NaN; then NaN.</summary>
    public static Expression Below(Expression x, double bound, double value) => new Select(x, bound, value, double.NaN, Comparison.Below);

    /// <summary>A value where x is above a bound, for an x that is, or is NaN; then NaN.</summary>
    public static Expression Above(Expression x, double bound, double value) => new Select(bound, x, value, double.NaN, Comparison.Below);

    /// <summary>The smaller of x and a bound; NaN stays NaN.</summary>
    public static Expression Minimum(Expression x, double bound) => new Select(bound, x, bound, x, Comparison.Below);

    /// <summary>The larger of x and a bound; NaN stays NaN.</summary>
    public static Expression Maximum(Expression x, double bound) => new Select(x, bound, bound, x, Comparison.Below);

    /// <summary>x between −bound and bound, else the nearer of them; NaN stays NaN.</summary>
    public static Expression Clamp(Expression x, double bound) => Minimum(Maximum(x, -bound), bound);

    /// <summary>A polynomial by Horner's rule.</summary>
    /// <param name="x">The variable.</param>
    /// <param name="coefficients">The coefficients, highest power first.</param>
    public static Expression Polynomial(Expression x, double[] coefficients)
    {
        Expression value = coefficients[0];
        for (int index = 1; index < coefficients.Length; index++)
        {
            double c = coefficients[index];
            value = c < 0 ? (value * x) - -c : (value * x) + c;
        }

        return value;
    }

    /// <summary><c>x = 0 ? whenZero : otherwise</c>; NaN chooses <paramref name="otherwise"/>.</summary>
    public static Expression IfZero(Expression x, Expression whenZero, Expression otherwise) =>
        new Select(x, 0, whenZero, otherwise, Comparison.Equal);
}

/// <summary>A number.</summary>
internal sealed record Constant(double Value) : Expression;

/// <summary>A named quantity.</summary>
internal sealed record Symbol(string Name) : Expression;

/// <summary>The number of units of the layer.</summary>
internal sealed record UnitCount : Expression;

/// <summary><c>−x</c>.</summary>
internal sealed record Negate(Expression Operand) : Expression;

/// <summary>A sum, difference, product or quotient.</summary>
internal sealed record Binary(BinaryOperator Operator, Expression Left, Expression Right) : Expression;

/// <summary>An elementary function of one argument.</summary>
internal sealed record Apply(Function Function, Expression Argument) : Expression;

/// <summary><c>Value ≤ Bound ? WhenTrue : WhenFalse</c>, or with another comparison. NaN compares false.</summary>
internal sealed record Select(
    Expression Value, Expression Bound, Expression WhenTrue, Expression WhenFalse, Comparison Comparison = Comparison.AtMost) : Expression;

/// <summary>The comparisons of real numbers.</summary>
internal enum Comparison
{
    /// <summary><c>x ≤ y</c>.</summary>
    AtMost,

    /// <summary><c>x &lt; y</c>.</summary>
    Below,

    /// <summary><c>x = y</c>.</summary>
    Equal,
}

/// <summary>The arithmetic operators.</summary>
internal enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// <summary>The elementary functions.</summary>
internal enum Function
{
    /// <summary><c>|x|</c>.</summary>
    Abs,

    /// <summary><c>√x</c>, which every processor rounds correctly.</summary>
    Sqrt,

    /// <summary><c>eˣ</c>.</summary>
    Exp,

    /// <summary><c>eˣ − 1</c>, accurate for small x.</summary>
    Expm1,

    /// <summary><c>ln x</c>.</summary>
    Log,

    /// <summary><c>ln x</c> for x ≥ 1: no special case but NaN and +∞.</summary>
    LogFromOne,

    /// <summary><c>σ(x) = 1 / (1 + e⁻ˣ)</c>.</summary>
    Sigmoid,

    /// <summary><c>tanh x</c>.</summary>
    Tanh,

    /// <summary><c>ln (1 + eˣ)</c>.</summary>
    Softplus,

    /// <summary><c>ln (1 + e^−|x|)</c>: what softplus has above max(x, 0).</summary>
    SoftplusTail,

    /// <summary><c>erfc x = 2/√π ∫ₓ^∞ e^(−t²) dt</c>, which is 1 − erf x.</summary>
    Erfc,

    /// <summary><c>erf x = 2/√π ∫₀ˣ e^(−t²) dt</c>.</summary>
    Erf,

    /// <summary><c>ln (1 + x)</c>, accurate for small x.</summary>
    Log1p,

    /// <summary><c>sin x</c>.</summary>
    Sin,

    /// <summary><c>cos x</c>.</summary>
    Cos,
}
