using NetGen.Generator.Formulas;

namespace NetGen.Generator.Planning;

/// <summary>
/// The one rule for where parameters lie. A layer is stored input by input: row i holds the weights from input i to every unit,
/// so that neighbouring units lie side by side. Rows are padded with zeros to whole vectors, then comes the bias, padded alike.
/// </summary>
/// <remarks>
/// Padding a row to 8 (to 4 for at most 4 units) won or tied with every other treatment of odd sizes, and starting on a cache line
/// was worth up to 1.44x: the measurements are described in <c>docs/architecture.md</c>.
/// </remarks>
internal static class ParameterRule
{
    /// <summary>Elements in 64 bytes of single precision: every layer starts at a multiple of this.</summary>
    private const int LayerAlignment = 16;

    /// <summary>Elements from one weight row to the next, and room for the bias.</summary>
    public static int RowLength(int units) => (int)PaddedUnits(units);

    /// <summary>Elements of a layer, so that the next one starts aligned. Any size may be asked about; nothing overflows.</summary>
    public static long LayerLength(int inputs, int units, bool useBias) =>
        RoundUp(((long)inputs + (useBias ? 1 : 0)) * PaddedUnits(units), LayerAlignment);

    /// <summary>Initial weights are uniform in ± this bound.</summary>
    public static double InitialBound(Initialization rule, int inputs, int units) => rule switch
    {
        Initialization.He => System.Math.Sqrt(6.0 / inputs),
        _ => System.Math.Sqrt(6.0 / ((double)inputs + units)),
    };

    private static long PaddedUnits(int units) => units <= 4 ? 4 : RoundUp(units, 8);

    private static long RoundUp(long value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
