using System;

namespace NetGen;

/// <summary>
/// Adds a layer that computes x above 0, else α·x, with a slope that is learned: one, or one for each unit. It has as many units as it reads values.
/// </summary>
/// <remarks>K. He, X. Zhang, S. Ren, J. Sun, "Delving Deep into Rectifiers", arXiv:1502.01852.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PReluAttribute : Attribute
{
    /// <summary>Whether each unit has an α of its own, rather than all one. False by default.</summary>
    public bool PerUnit { get; set; }

    /// <summary>What α is at first: a finite number, 0.25 by default.</summary>
    public double Initial { get; set; } = 0.25;

    /// <summary>Whether α stays as it is in training: it has no gradient, while the layers before have theirs. False by default.</summary>
    public bool Frozen { get; set; }
}
