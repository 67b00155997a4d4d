using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Sample.Iris;

/// <summary>
/// Draws positive numbers as a curve of braille characters, which have 2 × 4 dots each. The vertical axis is logarithmic: a loss
/// falls by orders of magnitude, and on a linear axis most of the curve would lie on the ground.
/// </summary>
internal static class LearningCurve
{
    private const int DotColumns = 2;
    private const int DotRows = 4;
    private const char NoDots = '\u2800';

    /// <summary>The bit of each dot in a braille character, by row and column (Unicode, block 2800).</summary>
    private static readonly int[,] DotBits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    /// <param name="values">One value per epoch, at least two.</param>
    /// <param name="name">What the values are.</param>
    /// <param name="width">Characters from left to right, axis not counted.</param>
    /// <param name="height">Characters from top to bottom, axis not counted.</param>
    /// <returns>The lines of the picture.</returns>
    public static IEnumerable<string> Draw(IReadOnlyList<double> values, string name, int width, int height)
    {
        double top = Math.Log(values.Max());
        double bottom = Math.Log(values.Min());
        double range = Math.Max(top - bottom, 1e-9); // a constant curve has no range of its own
        char[][] cells = Plot(values, v => (top - Math.Log(v)) / range, width, height);

        yield return $"  {name} (logarithmic axis)";
        for (int line = 0; line < height; line++)
        {
            // Label the first, the middle and the last line with the value in their middle.
            bool labelled = line == 0 || line == height / 2 || line == height - 1;
            double value = Math.Exp(top - range * (line + 0.5) / height);
            string label = labelled ? $"{value,8:0.000} ┤" : "         │";
            yield return label + new string(cells[line]).TrimEnd(NoDots);
        }

        yield return "         └" + new string('─', width);
        string last = $"epoch {values.Count}";
        yield return "          1" + last.PadLeft(width - 1);
    }

    private static char[][] Plot(IReadOnlyList<double> values, Func<double, double> depth, int width, int height)
    {
        char[][] cells = [.. Enumerable.Range(0, height).Select(_ => Enumerable.Repeat(NoDots, width).ToArray())];
        int columns = width * DotColumns;
        int rows = height * DotRows;
        int previous = -1;
        for (int column = 0; column < columns; column++)
        {
            int index = (int)Math.Round((double)column / (columns - 1) * (values.Count - 1));
            int row = (int)Math.Round(depth(values[index]) * (rows - 1));

            // Join the dots: from the row next to the previous column's to this one.
            int from = previous < 0 || previous == row ? row : previous + Math.Sign(row - previous);
            for (int r = Math.Min(from, row); r <= Math.Max(from, row); r++)
            {
                cells[r / DotRows][column / DotColumns] |= (char)DotBits[r % DotRows, column % DotColumns];
            }

            previous = row;
        }

        return cells;
    }
}
