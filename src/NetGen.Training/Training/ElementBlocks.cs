using System;

namespace NetGen.Training;

/// <summary>Cuts the elements of a buffer into blocks that threads share. Elementwise work has the same bits however it is cut.</summary>
internal static class ElementBlocks
{
    /// <summary>Elements of a block: what stays in the nearest cache while several buffers are walked through.</summary>
    public const int Size = 1 << 13;

    public static int Count(int length) => (length + Size - 1) / Size;

    public static Range Of(int block, int length) => (block * Size)..Math.Min(length, (block + 1) * Size);
}
