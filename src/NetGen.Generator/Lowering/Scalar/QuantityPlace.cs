using NetGen.Generator.Formulas;

namespace NetGen.Generator.Lowering;

/// <summary>Where a quantity lies: an element for each unit, or one for the layer.</summary>
/// <param name="Buffer">The memory.</param>
/// <param name="Start">Its first element there.</param>
/// <param name="Adds">Whether what is computed is added to what is there.</param>
/// <param name="IsSingle">Whether it is one element for the layer, whatever else the memory has.</param>
internal sealed record QuantityPlace(Buffer Buffer, Index? Start = null, bool Adds = false, bool IsSingle = false)
{
    public static implicit operator QuantityPlace(Buffer buffer) => new(buffer);

    /// <summary>Reads the quantity of a unit, or of as many as a vector has.</summary>
    public Expression Read(Index unit, VectorType? type = null) => type is null ? new Load(Buffer, At(unit))
        : IsOne ? VectorOperation.Splat(type, new Load(Buffer, First))
        : new LoadVector(type, Buffer, At(unit));

    /// <summary>Writes the quantity of a unit, or of as many as a vector has.</summary>
    public Statement Write(Index unit, Expression value, VectorType? type = null) =>
        new Store(Buffer, At(unit), Adds ? new Binary(BinaryOperator.Add, Read(unit, type), value) : value, type);

    private Index First => Start ?? 0;

    private bool IsOne => IsSingle || Buffer.Size.Equals(1);

    private Index At(Index unit) => (IsOne ? 0 : unit) + First;
}
