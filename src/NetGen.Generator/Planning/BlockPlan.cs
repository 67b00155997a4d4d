using System.Collections.Generic;
using NetGen.Generator.Model;

namespace NetGen.Generator.Planning;

/// <summary>A block of parameters, placed.</summary>
/// <param name="Name">Its name in the network, such as <c>layers.0.weight</c>.</param>
/// <param name="Block">The block.</param>
/// <param name="Offset">Its first element in a buffer.</param>
/// <param name="FirstParameter">Its first parameter in canonical order.</param>
internal sealed record BlockPlan(string Name, BlockSpec Block, int Offset, int FirstParameter)
{
    /// <summary>Elements, padding included.</summary>
    public int Length { get; } = (int)ParameterRule.BlockLength(Block);

    /// <summary>Parameters, without padding.</summary>
    public int Count => (int)Block.Count;

    /// <summary>Row j of a matrix holds the weights to unit j; otherwise row i holds those from input i.</summary>
    public bool IsUnitMajor { get; } = Block.IsMatrix && ParameterRule.IsUnitMajor(Block.Columns, Block.Rows);

    /// <summary>Elements of a row of a matrix, padded to whole vectors.</summary>
    public int RowElements { get; } = Block.IsMatrix ? ParameterRule.RowElements(Block.Columns, Block.Rows) : 0;

    /// <summary>Elements from one row of a matrix to the next.</summary>
    public int RowLength { get; } = Block.IsMatrix ? ParameterRule.RowLength(Block.Columns, Block.Rows) : 0;

    /// <summary>Element of a weight, from the first of the matrix.</summary>
    public int Element(int input, int unit) => IsUnitMajor ? (unit * RowLength) + input : (input * RowLength) + unit;

    /// <summary>Places the blocks of a layer one after another.</summary>
    public static IReadOnlyList<BlockPlan> Place(SizedLayer layer, int offset, int firstParameter)
    {
        var placed = new List<BlockPlan>();
        foreach (BlockSpec block in layer.Blocks)
        {
            var plan = new BlockPlan($"{layer.Name}.{block.Name}", block, offset, firstParameter);
            placed.Add(plan);
            offset += plan.Length;
            firstParameter += plan.Count;
        }

        return placed;
    }
}
