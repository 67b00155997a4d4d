using System;

namespace NetGen;

/// <summary>
/// Adds a layer that computes softmax over each group of neighbouring values: <c>z_j = e^x_j / Σ e^x_k</c>, with k in the group of j, <c>a = activation(z)</c>.
/// It has as many units as it reads values, which must be whole groups.
/// </summary>
/// <remarks>Known as simplicial normalisation: S. Lavoie et al., "Simplicial Embeddings in Self-Supervised Learning", arXiv:2204.00616.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftmaxGroupsAttribute : Attribute
{
    /// <summary>Declares a layer.</summary>
    /// <param name="group">Values of a group, at least 1.</param>
    /// <param name="activation">The function applied to <c>z</c>.</param>
    public SoftmaxGroupsAttribute(int group, Activation activation = Activation.Identity)
    {
        Group = group;
        Activation = activation;
    }

    /// <summary>Declares a layer with an activation of the class's own.</summary>
    /// <param name="group">Values of a group, at least 1.</param>
    /// <param name="activation">
    /// The name of a static method of the class, such as <c>nameof(Snake)</c> for <c>static float Snake(float z) => z + MathF.Sin(z) * MathF.Sin(z);</c>. It is read and differentiated while
    /// compiling; it is never called.
    /// </param>
    public SoftmaxGroupsAttribute(int group, string activation)
    {
        Group = group;
        OwnActivation = activation;
    }

    /// <summary>Values of a group.</summary>
    public int Group { get; }

    /// <summary>The function applied to <c>z</c>.</summary>
    public Activation Activation { get; }

    /// <summary>The name of the method of the class that is applied in its place, or null.</summary>
    public string? OwnActivation { get; }

    /// <summary>The parameter of an activation that has one, α or ω, with the default and the range that the members of <see cref="NetGen.Activation"/> state: a finite number.</summary>
    public double Alpha { get; set; }
}
