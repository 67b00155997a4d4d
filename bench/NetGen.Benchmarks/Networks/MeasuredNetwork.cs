using System.Collections.Generic;

namespace NetGen.Benchmarks.Networks;

/// <summary>A network of the comparison: its data and, in strict and in fused arithmetic, its generated classes.</summary>
internal abstract record MeasuredNetwork
{
    /// <summary>All networks, by their kinds.</summary>
    public static IReadOnlyList<MeasuredNetwork> Every => [.. Subject.All, .. GraphSubject.All, .. ModelSubject.All];

    public abstract NetworkShape Shape { get; }

    public string Name => Shape.Name;

    /// <summary>The name, as help and messages show it.</summary>
    public sealed override string ToString() => Name;
}
