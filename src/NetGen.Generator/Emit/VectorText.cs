using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emit;

/// <summary>
/// Spells what vector code consists of, for one width. Values lie in memory behind references; a length that is no multiple of the width
/// ends in a narrower vector.
/// </summary>
internal sealed class VectorText
{
    private readonly EmitContext _context;

    public VectorText(EmitContext context, int bits)
    {
        _context = context;
        Widest = new VectorType(bits, context.Plan.Spec.Number);
    }

    /// <summary>The type of whole vectors.</summary>
    public VectorType Widest { get; }

    /// <summary>Registers for sums: half of what the hardware has, so that operands find room beside them.</summary>
    public int Accumulators => Widest.Bits == 512 ? 16 : 8;

    /// <summary>
    /// Sums of a tile of a batch. Of the sixteen registers of 256 bits twelve may be sums with fused arithmetic, where no product needs a register: three
    /// weights and one value take the others.
    /// </summary>
    public int TileSums => Widest.Bits == 256 && _context.IsFused ? Limits.FusedTileSums : Accumulators;

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

    /// <summary>A vector of a block with zeros in the padding, so that neither infinities nor NaN get there.</summary>
    public string Keep(VectorBlock block, int offset, string value) => block.Used < offset + block.Type.Count
        ? KeepFirst(block.Type, value, System.Math.Max(0, block.Used - offset))
        : value;

    public string Load(VectorType type, string reference, string offset) =>
        $"{_context.Functions.Use(VectorHelpers.Load, type)}(ref {Place(reference, offset)})";

    public string Load(VectorType type, string reference, int offset) => Load(type, reference, EmitContext.Text(offset));

    public string Store(VectorType type, string value, string reference, string offset) =>
        $"{_context.Functions.Use(VectorHelpers.Store, type)}({value}, ref {Place(reference, offset)});";

    public string Store(VectorType type, string value, string reference, int offset) =>
        Store(type, value, reference, EmitContext.Text(offset));

    public string Broadcast(VectorType type, string value) => $"{_context.Functions.Use(VectorHelpers.Broadcast, type)}({value})";

    /// <summary>One number of memory in every element.</summary>
    public string LoadAll(VectorType type, string reference, string offset) =>
        $"{_context.Functions.Use(VectorHelpers.LoadAll, type)}(ref {reference}, {offset})";

    public string LoadAll(VectorType type, string reference, int offset) => LoadAll(type, reference, EmitContext.Text(offset));

    public string Zero(VectorType type) => Broadcast(type, _context.Number(0));

    /// <summary>One element of a vector, as a number.</summary>
    public string Element(VectorType type, string vector, int index) =>
        $"{_context.Functions.Use(VectorHelpers.Element, type)}({vector}, {EmitContext.Text(index)})";

    /// <summary>A vector with zeros after its first elements.</summary>
    public string KeepFirst(VectorType type, string vector, int count) =>
        $"{_context.Functions.Use(VectorHelpers.KeepFirst, type)}({vector}, {EmitContext.Text(count)})";

    /// <summary><c>z + x·y</c> as the network's arithmetic has it.</summary>
    public string MultiplyAdd(VectorType type, string x, string y, string z) => _context.IsFused
        ? $"{_context.Functions.Use(VectorHelpers.MultiplyAdd, type)}({x}, {y}, {z})"
        : $"{z} + ({x} * {y})";

    /// <summary>A statement that adds <c>x·y</c> to a variable.</summary>
    public string AddProduct(VectorType type, string variable, string x, string y) => _context.IsFused
        ? $"{variable} = {MultiplyAdd(type, x, y, variable)};"
        : $"{variable} += {x} * {y};";

    /// <summary>
    /// A statement that begins a dot product with <c>x·y</c> or adds that to it. Strict sums so begun have the bits of sums that start from 0, and an addition
    /// less to wait for, but for the sign of a zero: if every product is −0, so is their sum, and <see cref="EndDot"/> has to follow. Fused, adding to 0 is
    /// part of the product.
    /// </summary>
    public string DotProduct(VectorType type, string dot, string x, string y, bool isFirst) => !isFirst ? AddProduct(type, dot, x, y)
        : _context.TakesArithmetic ? $"var {dot} = {_context.Functions.Use(VectorHelpers.First, type)}({x}, {y});"
        : _context.IsFused ? $"var {dot} = {MultiplyAdd(type, x, y, Zero(type))};"
        : $"var {dot} = {x} * {y};";

    /// <summary>Sums of dot products, or what they are added to, with 0 in place of −0 where they need it.</summary>
    public string EndDot(VectorType type, string vector, bool startsFromZero = false) => startsFromZero || (_context.IsFused && !_context.TakesArithmetic)
        ? vector
        : $"{_context.Functions.Use(VectorHelpers.WithoutMinusZero, type)}({vector})";

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

    /// <summary>The sums over the lanes of up to four dot products, halves added to halves, as vectors of 128 bits.</summary>
    /// <param name="type">The type of the accumulators.</param>
    /// <param name="sums">The accumulators of each dot product.</param>
    public IReadOnlyList<string> SumLanes(VectorType type, IReadOnlyList<IReadOnlyList<string>> sums)
    {
        VectorType narrow = type with { Bits = 128 };
        int group = narrow.Count;
        List<string> folded = sums.Select(lanes => Fold(type, lanes)).ToList();
        var results = new List<string>();
        for (int first = 0; first < folded.Count; first += group)
        {
            results.Add(SumEach(narrow, folded.Skip(first).Take(group).ToList()));
        }

        return results;
    }

    /// <summary>A vector of 128 bits with the sums of the elements of others, and zeros after them.</summary>
    private string SumEach(VectorType type, IReadOnlyList<string> vectors) => (type.Number, vectors.Count) switch
    {
        (NumberType.Single, 1) => $"{_context.Functions.Use(VectorHelpers.Sum, type)}({vectors[0]})",
        (NumberType.Single, 2) => $"{_context.Functions.Use(VectorHelpers.SumPair, type)}({vectors[0]}, {vectors[1]})",
        _ => $"{_context.Functions.Use(VectorHelpers.Sums, type)}({string.Join(", ", Enumerable.Range(0, type.Count).Select(index => index < vectors.Count ? vectors[index] : Zero(type)))})",
    };

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

    private string Fold(VectorType type, IReadOnlyList<string> lanes)
    {
        string sum = Sums.ByHalves(lanes);
        for (; type.Bits > 128; type = type with { Bits = type.Bits / 2 })
        {
            sum = $"{_context.Functions.Use(VectorHelpers.Halve, type)}({sum})";
        }

        return sum;
    }

    /// <summary>A place in memory as the runtime's functions take it. They count in integers of the size of an address, whose name a user's type may have.</summary>
    private string Place(string reference, string offset) => offset == "0" ? reference
        : offset.All(char.IsDigit) ? $"{reference}, {offset}"
        : _context.At(reference, offset);
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
