using NetGen.Generator.Formulas;

namespace NetGen.Generator.Planning;

/// <summary>
/// The one rule for where parameters lie. A layer is stored input by input: row i holds the weights from input i to every unit,
/// so that neighbouring units lie side by side. A layer with few units and many inputs is stored unit by unit instead, because its rows
/// would not fill a vector. Rows are padded with zeros to whole vectors, then comes the bias, padded alike.
/// </summary>
/// <remarks>
/// Padding a row to 8 (to 4 for at most 4 units) won or tied with every other treatment of odd sizes, and starting on a cache line
/// was worth up to 1.44x: the measurements are described in <c>docs/architecture.md</c>.
/// </remarks>
internal static class ParameterRule
{
    /// <summary>Elements in 64 bytes of single precision: every layer starts at a multiple of this.</summary>
    private const int LayerAlignment = 16;

    /// <summary>Elements of a vector of 256 bits in single precision, to which rows are padded.</summary>
    private const int Vector = 8;

    /// <summary>Whether row j holds the weights from every input to unit j, rather than row i those from input i.</summary>
    public static bool IsUnitMajor(int inputs, int units) => units < Vector && inputs >= Vector;

    /// <summary>Elements that the values of a layer take, one for each unit: z, a, delta and the bias.</summary>
    public static int PaddedUnits(int units) => (int)Padded(units);

    /// <summary>Elements from one weight row to the next.</summary>
    public static int RowLength(int inputs, int units) => (int)PaddedRow(inputs, units);

    /// <summary>Elements of a layer's weights.</summary>
    public static long WeightLength(int inputs, int units) =>
        PaddedRow(inputs, units) * (IsUnitMajor(inputs, units) ? units : inputs);

    /// <summary>Elements of a layer, so that the next one starts aligned. Any size may be asked about; nothing overflows.</summary>
    public static long LayerLength(int inputs, int units, bool useBias) =>
        RoundUp(WeightLength(inputs, units) + (useBias ? Padded(units) : 0), LayerAlignment);

    /// <summary>Initial weights are uniform in ± this bound.</summary>
    public static double InitialBound(Initialization rule, int inputs, int units) => rule switch
    {
        Initialization.He => System.Math.Sqrt(6.0 / inputs),
        Initialization.LeCun => System.Math.Sqrt(3.0 / inputs),
        _ => System.Math.Sqrt(6.0 / ((double)inputs + units)),
    };

    private static long PaddedRow(int inputs, int units) => IsUnitMajor(inputs, units) ? RoundUp(inputs, Vector) : Padded(units);

    private static long Padded(int units) => units <= Vector / 2 ? Vector / 2 : RoundUp(units, Vector);

    private static long RoundUp(long value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
