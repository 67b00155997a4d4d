using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>
/// The one rule for where parameters lie. A layer is stored input by input: row i holds the weights from input i to every unit,
/// so that neighbouring units lie side by side. A layer with few units and many inputs is stored unit by unit instead, because its rows
/// would not fill a vector. Rows are padded with zeros to whole vectors, long ones of a layer stored by inputs moved apart, then comes the bias,
/// padded alike.
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

    /// <summary>
    /// Rows at a multiple of this distance meet in a few sets of a cache and push each other out, as a batch reads down a column of vectors: they are moved
    /// apart by a line, or by two in double precision. 256-512-512-128 in one run as it was and so, of the best native time: forward 256 samples 1.15 and
    /// 1.09, gradient 1.21 and 1.17, a step with one sample 0.88 and 0.79 (Intel Emerald Rapids, 512 bits, fused); with half the distance 8-128-128-4 and 784-128-10 gain nothing.
    /// </summary>
    private const int SameSetElements = 256;

    /// <summary>Whether row j holds the weights from every input to unit j, rather than row i those from input i.</summary>
    public static bool IsUnitMajor(int inputs, int units) => units < Vector && inputs >= Vector;

    /// <summary>Elements that the values of a layer take, one for each unit: z, a, delta and the bias.</summary>
    public static int PaddedUnits(int units) => (int)Padded(units);

    /// <summary>Elements of a weight row, padded to whole vectors.</summary>
    public static int RowElements(int inputs, int units) => (int)PaddedRow(inputs, units);

    /// <summary>Elements from one weight row to the next.</summary>
    public static int RowLength(int inputs, int units) => (int)RowDistance(inputs, units);

    /// <summary>Elements of a block of parameters: the rows of a matrix, or neighbours. Any size may be asked about; nothing overflows.</summary>
    public static long BlockLength(BlockSpec block) => block.IsMatrix ? MatrixLength(block.Columns, block.Rows) : Padded(block.Count);

    /// <summary>Elements of a layer, whose blocks lie one after another, so that the next one starts aligned.</summary>
    public static long LayerLength(IEnumerable<BlockSpec> blocks) => RoundUp(blocks.Sum(BlockLength), LayerAlignment);

    private static long MatrixLength(int inputs, int units) => RowDistance(inputs, units) * (IsUnitMajor(inputs, units) ? units : inputs);

    private static long PaddedRow(int inputs, int units) => IsUnitMajor(inputs, units) ? RoundUp(inputs, Vector) : Padded(units);

    private static long RowDistance(int inputs, int units)
    {
        long row = PaddedRow(inputs, units);
        return !IsUnitMajor(inputs, units) && row % SameSetElements == 0 ? row + LayerAlignment : row;
    }

    private static long Padded(long units) => units <= Vector / 2 ? Vector / 2 : RoundUp(units, Vector);

    private static long RoundUp(long value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
