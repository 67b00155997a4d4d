namespace NetGen.Generator.Lowering;

/// <summary>What may be so or not, which is known when a kernel runs.</summary>
internal abstract record Condition
{
    /// <summary>Whether it is the opposite.</summary>
    public bool IsNot { get; init; }

    public static Condition operator !(Condition condition) => condition with { IsNot = !condition.IsNot };

    public static Condition operator &(Condition first, Condition second) => new Both(first, second);
}

/// <summary>A flag is set.</summary>
internal sealed record IsSet(string Flag) : Condition;

/// <summary>A buffer that may be empty is not.</summary>
internal sealed record IsGiven(string Buffer) : Condition;

/// <summary>A number is less than another.</summary>
internal sealed record IsBefore(Count First, Count End) : Condition;

/// <summary>There are so many.</summary>
internal sealed record IsAtLeast(Count Count, int Number) : Condition;

/// <summary>Two things are so.</summary>
internal sealed record Both(Condition First, Condition Second) : Condition;
