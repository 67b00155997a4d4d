namespace NetGen.Generator.Lowering;

/// <summary>Where the values of a <see cref="Buffer"/> lie, as far as its type shows it.</summary>
internal enum BufferKind
{
    /// <summary>A span.</summary>
    Span,

    /// <summary>A span that is only read.</summary>
    Values,

    /// <summary>A buffer in the shape of the parameters.</summary>
    Parameters,

    /// <summary>An array.</summary>
    Array,

    /// <summary>A reference to the first of them. There is no check: every use must be known to lie inside.</summary>
    Reference,

    /// <summary>A span of integers that is only read: the classes of samples.</summary>
    Labels,

    /// <summary>A span of truth values that is only read: what is allowed.</summary>
    Flags,
}

/// <summary>Several numbers in memory.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Size">How many numbers it has.</param>
/// <param name="Kind">Its type.</param>
/// <param name="MayBeEmpty">It has all of them or none; then it may only be used where it was asked for.</param>
internal sealed record Buffer(string Name, Index Size, BufferKind Kind = BufferKind.Span, bool MayBeEmpty = false)
{
    /// <summary>How many numbers it has, where that does not depend on the number of samples.</summary>
    public int Length => Size.Number;

    /// <summary>The same behind a reference, padded like the values of a layer.</summary>
    public Buffer Padded() => new(Name, Planning.ParameterRule.PaddedUnits(Length), BufferKind.Reference);

    /// <summary>The same for what a trace keeps, of which one value stays one.</summary>
    public Buffer Padded(Planning.KeptQuantity kept) => kept.Values == 1 ? this with { Kind = BufferKind.Reference } : Padded();

    /// <summary>Where it is there at all; null for everywhere.</summary>
    public Condition? OnlyWhere { get; init; }

    /// <summary>Where as many numbers again are, for further groups of samples; null for nowhere.</summary>
    public Repetition? Repeats { get; init; }
}

/// <summary>For each further group of samples there are as many numbers again, some elements further on.</summary>
/// <param name="Step">How many elements.</param>
/// <param name="Samples">The samples.</param>
/// <param name="Group">Samples of a group.</param>
internal sealed record Repetition(Count Step, Count Samples, int Group);
