using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;

namespace NetGen.Generator.Emit;

/// <summary>
/// Spells what vector code consists of, for one width. Values lie in memory behind references.
/// </summary>
internal sealed class VectorText
{
    private readonly EmitContext _context;

    public VectorText(EmitContext context, int bits)
    {
        _context = context;
        Width = new VectorWidth(context.Plan, bits);
    }

    /// <summary>How values are laid over vectors.</summary>
    public VectorWidth Width { get; }

    /// <summary>The type of whole vectors.</summary>
    public VectorType Widest => Width.Widest;

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
