using System.Linq;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emit;

/// <summary>Spells what vector code consists of. Values lie in memory behind references.</summary>
internal sealed class VectorText
{
    private readonly EmitContext _context;

    public VectorText(EmitContext context)
    {
        _context = context;
    }

    public string Load(VectorType type, string reference, string offset) =>
        $"{_context.Functions.Use(VectorHelpers.Load, type)}(ref {Place(reference, offset)})";

    public string Broadcast(VectorType type, string value) => $"{_context.Functions.Use(VectorHelpers.Broadcast, type)}({value})";

    /// <summary>One number of memory in every element.</summary>
    public string LoadAll(VectorType type, string reference, string offset) =>
        $"{_context.Functions.Use(VectorHelpers.LoadAll, type)}(ref {reference}, {offset})";

    public string Zero(VectorType type) => Broadcast(type, _context.Number(0));

    /// <summary>One element of a vector, as a number.</summary>
    public string Element(VectorType type, string vector, int index) =>
        $"{_context.Functions.Use(VectorHelpers.Element, type)}({vector}, {EmitContext.Text(index)})";

    /// <summary>A vector with zeros after its first elements.</summary>
    public string KeepFirst(VectorType type, string vector, int count) =>
        $"{_context.Functions.Use(VectorHelpers.KeepFirst, type)}({vector}, {EmitContext.Text(count)})";

    /// <summary>Sums of dot products, or what they are added to, with 0 in place of −0 where they need it.</summary>
    public string EndDot(VectorType type, string vector) => _context.IsFused && !_context.TakesArithmetic
        ? vector
        : $"{_context.Functions.Use(VectorHelpers.WithoutMinusZero, type)}({vector})";

    /// <summary>A place in memory as the runtime's functions take it. They count in integers of the size of an address, whose name a user's type may have.</summary>
    public string Place(string reference, string offset) => offset == "0" ? reference
        : offset.All(char.IsDigit) ? $"{reference}, {offset}"
        : _context.At(reference, offset);
}
