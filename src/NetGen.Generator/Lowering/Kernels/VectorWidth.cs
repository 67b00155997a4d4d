using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>
/// How values and sums are laid over vectors of one width. Values lie in memory; a length that is no multiple of the width ends in a narrower vector.
/// </summary>
internal sealed class VectorWidth
{
    private readonly bool _isFused;

    public VectorWidth(NetworkPlan plan, int bits)
    {
        Widest = new VectorType(bits, plan.Spec.Number);
        _isFused = plan.Spec.IsFused;
    }

    /// <summary>The type of whole vectors.</summary>
    public VectorType Widest { get; }

    /// <summary>Registers for sums: half of what the hardware has, so that operands find room beside them.</summary>
    public int Accumulators => Widest.Bits == 512 ? 16 : 8;

    /// <summary>
    /// Sums of a tile of a batch. Of the sixteen registers of 256 bits twelve may be sums with fused arithmetic, where no product needs a register: three
    /// weights and one value take the others.
    /// </summary>
    public int TileSums => Widest.Bits == 256 && _isFused ? Tuning.FusedTileSums : Accumulators;

    /// <summary>The widest type of which a length is a multiple: vectors then end where rows end, however many rows there are.</summary>
    public VectorType Dividing(int length)
    {
        VectorType type = Widest;
        while (length % type.Count != 0)
        {
            type = type with { Bits = type.Bits / 2 };
        }

        return type;
    }

    /// <summary>Cuts a padded length into blocks of at most <paramref name="size"/> vectors of one type; vectors with padding stand alone.</summary>
    /// <param name="length">Elements, padding included.</param>
    /// <param name="used">Elements without padding.</param>
    /// <param name="size">Vectors of a block.</param>
    public IReadOnlyList<VectorBlock> Blocks(int length, int used, int size)
    {
        var blocks = new List<VectorBlock>();
        int whole = used == length ? length : used / Widest.Count * Widest.Count;
        Cut(blocks, 0, whole, size);
        int first = blocks.Count;
        Cut(blocks, whole, length, 1);
        for (int index = first; index < blocks.Count; index++)
        {
            VectorBlock block = blocks[index];
            if (block.IsLoop)
            {
                blocks[index] = block with { End = block.Start + block.Step };
                blocks.Insert(index + 1, block with { Start = block.Start + block.Step });
            }

            blocks[index] = blocks[index] with { Used = System.Math.Max(0, used - blocks[index].Start) };
        }

        return blocks;
    }

    /// <summary>
    /// The vectors that hold the lanes of a dot product: one of 512 bits, or two of 256, or four of 128, fewer for short rows.
    /// </summary>
    public (VectorType Type, int Count) LanesOf(int lanes)
    {
        VectorType type = Widest;
        while (type.Count > lanes)
        {
            type = type with { Bits = type.Bits / 2 };
        }

        return (type, lanes / type.Count);
    }

    private void Cut(List<VectorBlock> blocks, int start, int length, int size)
    {
        for (VectorType type = Widest; start < length; type = type with { Bits = type.Bits / 2 })
        {
            int vectors = (length - start) / type.Count;

            // Of four vectors in blocks of three one would be left alone, with too few sums to keep the multipliers busy.
            (int Count, int Size)[] parts = size == 3 && vectors > size && vectors % size == 1
                ? new[] { (vectors - 4, size), (4, 2) }
                : new[] { (vectors / size * size, size), (vectors % size, size) };
            foreach ((int count, int most) in parts)
            {
                if (count > 0)
                {
                    int end = start + (count * type.Count);
                    blocks.Add(new VectorBlock(type, start, end, System.Math.Min(count, most), end - start));
                    start = end;
                }
            }
        }
    }
}

/// <summary>Neighbouring elements that are computed alike: <see cref="Vectors"/> vectors at a time, from <see cref="Start"/> to before <see cref="End"/>.</summary>
/// <param name="Type">The type of the vectors.</param>
/// <param name="Start">The first element.</param>
/// <param name="End">The first element after the block.</param>
/// <param name="Vectors">Vectors that are computed at a time.</param>
/// <param name="Used">Elements before the padding.</param>
internal sealed record VectorBlock(VectorType Type, int Start, int End, int Vectors, int Used)
{
    /// <summary>Elements that are computed at a time.</summary>
    public int Step => Vectors * Type.Count;

    /// <summary>Whether the block happens more than once.</summary>
    public bool IsLoop => End - Start > Step;

    /// <summary>The first element of each vector, from where the block starts.</summary>
    public IEnumerable<int> Offsets => Enumerable.Range(0, Vectors).Select(vector => vector * Type.Count);
}
