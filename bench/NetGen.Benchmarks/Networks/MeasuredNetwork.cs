using System;

namespace NetGen.Benchmarks.Networks;

/// <summary>A network of the comparison: its data and its generated classes.</summary>
/// <param name="CreateStrict">Makes the class in strict arithmetic.</param>
/// <param name="CreateFused">Makes the class in fused arithmetic.</param>
internal abstract record MeasuredNetwork(Func<ITrainable<float>> CreateStrict, Func<ITrainable<float>> CreateFused)
{
    public abstract NetworkShape Shape { get; }

    public string Name => Shape.Name;

    /// <summary>The name, as help and messages show it.</summary>
    public sealed override string ToString() => Name;
}
