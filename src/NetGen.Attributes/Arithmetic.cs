namespace NetGen;

/// <summary>How a network rounds.</summary>
public enum Arithmetic
{
    /// <summary>
    /// Every multiplication and addition rounds by itself, sums have an order that depends on the layer's size alone, and the elementary
    /// functions are NetGen's own: the same bits on every machine.
    /// </summary>
    Strict = 0,

    /// <summary>
    /// A multiplication and the addition after it round once where the hardware can; elsewhere, and in projects below .NET 8 or C# 11, as
    /// <see cref="Strict"/>. Faster on such hardware, and the bits depend on it.
    /// </summary>
    Fused = 1,
}
