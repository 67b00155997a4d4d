using NetGen.Generator.Model;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Lowering;

/// <summary>A vector type of the consumer's runtime.</summary>
/// <param name="Bits">128, 256 or 512.</param>
/// <param name="Number">The type of its elements.</param>
internal sealed record VectorType(int Bits, NumberType Number)
{
    /// <summary>Number of elements.</summary>
    public int Count => Bits / 8 / SummationRule.SizeOf(Number);

    /// <summary>The type half as wide.</summary>
    public VectorType Half => this with { Bits = Bits / 2 };

    /// <summary>Rows and columns of the squares of a vector: as many as elements in 128 bits.</summary>
    public int Square => (this with { Bits = 128 }).Count;

    /// <summary>The class with the functions of the width, such as <c>Vector256</c>.</summary>
    public string Static => $"Vector{Notation.Text(Bits)}";

    /// <summary>The type, such as <c>Vector256&lt;float&gt;</c>.</summary>
    public string Name => $"{Static}<{(Number == NumberType.Single ? "float" : "double")}>";

    /// <summary>The type of as many integers of the same size.</summary>
    public string Integers => $"{Static}<{(Number == NumberType.Single ? "int" : "long")}>";

    /// <summary>The name of a helper whose arguments do not tell the width, such as <c>Load256</c>.</summary>
    public string Helper(string name) => name + Notation.Text(Bits);
}
