using System.Linq;
using NetGen.Generator.Lowering;

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

    /// <summary>A statement that adds <c>x·y</c> to a variable.</summary>
    public string AddProduct(VectorType type, string variable, string x, string y) => _context.IsFused
        ? $"{variable} = {MultiplyAdd(type, x, y, variable)};"
        : $"{variable} += {x} * {y};";

    /// <summary>Sums of dot products, or what they are added to, with 0 in place of −0 where they need it.</summary>
    public string EndDot(VectorType type, string vector) => _context.IsFused && !_context.TakesArithmetic
        ? vector
        : $"{_context.Functions.Use(VectorHelpers.WithoutMinusZero, type)}({vector})";

    /// <summary><c>z + x·y</c> as the network's arithmetic has it.</summary>
    public string MultiplyAdd(VectorType type, string x, string y, string z) => _context.IsFused
        ? $"{_context.Functions.Use(VectorHelpers.MultiplyAdd, type)}({x}, {y}, {z})"
        : $"{z} + ({x} * {y})";

    /// <summary>A place in memory as the runtime's functions take it. They count in integers of the size of an address, whose name a user's type may have.</summary>
    public string Place(string reference, string offset) => offset == "0" ? reference
        : offset.All(char.IsDigit) ? $"{reference}, {offset}"
        : _context.At(reference, offset);
}
