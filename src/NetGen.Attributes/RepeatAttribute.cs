using System;

namespace NetGen;

/// <summary>
/// Repeats the layers above it, each copy with parameters of its own: <c>[Dense(64)] [LayerNorm(Activation.Relu)] [Repeat(3, layers: 2)]</c> is six layers. Those of one head,
/// or of the trunk, can be repeated together.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RepeatAttribute : Attribute
{
    /// <summary>Repeats layers.</summary>
    /// <param name="times">How often the layers stand there in all, at least 1.</param>
    /// <param name="layers">How many layers, from the last one backwards, at least 1.</param>
    public RepeatAttribute(int times, int layers)
    {
        Times = times;
        Layers = layers;
    }

    /// <summary>How often the layers stand there in all.</summary>
    public int Times { get; }

    /// <summary>How many layers are repeated.</summary>
    public int Layers { get; }
}
