namespace NetGen;

/// <summary>The number type of a network's parameters and computation.</summary>
public enum Precision
{
    /// <summary><see cref="float"/>, 32 bits.</summary>
    Single = 0,

    /// <summary><see cref="double"/>, 64 bits.</summary>
    Double = 1,
}
