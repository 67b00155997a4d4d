using System;

namespace NetGen.Sample.Siren;

/// <summary>The picture to be learned: letters before a wave, a number from 0 to 1 for each cell.</summary>
internal static class SirenPicture
{
    public const int Width = 72;
    public const int Height = 20;
    private const int FirstColumn = 7;
    private const int FirstRow = 3;
    private const int CellsPerPoint = 2;

    private static readonly string[] Letters =
    [
        " #### ##### ####  ##### #   #",
        "#       #   #   # #     ##  #",
        "#       #   #   # #     ##  #",
        " ###    #   ####  ####  # # #",
        "    #   #   # #   #     #  ##",
        "    #   #   #  #  #     #  ##",
        "####  ##### #   # ##### #   #",
    ];

    /// <summary>Brightness of a cell.</summary>
    public static float At(int column, int row)
    {
        int letter = (column - FirstColumn) / CellsPerPoint;
        int line = (row - FirstRow) / CellsPerPoint;
        bool isLetter = column >= FirstColumn && row >= FirstRow && line < Letters.Length && letter < Letters[line].Length && Letters[line][letter] == '#';
        return isLetter ? 1 : 0.25f + (0.25f * MathF.Sin((0.3f * column) + (0.5f * row)));
    }

    /// <summary>Where a cell is, from −1 to 1 in both directions.</summary>
    public static (float X, float Y) Place(int column, int row) => ((2f * column / (Width - 1)) - 1, (2f * row / (Height - 1)) - 1);
}
