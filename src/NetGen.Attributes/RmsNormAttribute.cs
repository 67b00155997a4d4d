using System;

namespace NetGen;

/// <summary>
/// Adds a layer that divides what it reads by its root mean square over the values of a sample: <c>x̂ = x / √(mean x² + ε)</c>,
/// <c>z = x̂ ⊙ w</c>, <c>a = activation(z)</c>. It has as many units as it reads values; w begins with 1.
/// </summary>
/// <remarks>B. Zhang, R. Sennrich, "Root Mean Square Layer Normalization", arXiv:1910.07467.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RmsNormAttribute : Attribute
{
    /// <summary>Declares a layer.</summary>
    /// <param name="activation">The function applied to <c>z</c>.</param>
    public RmsNormAttribute(Activation activation = Activation.Identity)
    {
        Activation = activation;
    }

    /// <summary>Declares a layer with an activation of the class's own.</summary>
    /// <param name="activation">
    /// The name of a static method of the class, such as <c>nameof(Snake)</c> for <c>static float Snake(float z) => z + MathF.Sin(z) * MathF.Sin(z);</c>. It is read and differentiated while
    /// compiling; it is never called.
    /// </param>
    public RmsNormAttribute(string activation)
    {
        OwnActivation = activation;
    }

    /// <summary>The function applied to <c>z = x̂ ⊙ w</c>.</summary>
    public Activation Activation { get; }

    /// <summary>The name of the method of the class that is applied in its place, or null.</summary>
    public string? OwnActivation { get; }

    /// <summary>ε, which is added to the mean square: a finite number above 0, by default 10⁻⁶.</summary>
    public double Epsilon { get; set; } = 1e-6;

    /// <summary>Whether the layer has factors <c>w</c>; true by default.</summary>
    public bool UseWeight { get; set; } = true;

    /// <summary>The parameter of an activation that has one, α or ω, with the default and the range that the members of <see cref="NetGen.Activation"/> state: a finite number.</summary>
    public double Alpha { get; set; }

    /// <summary>Whether the parameters stay as they are in training: they have no gradient, while the layers before have theirs. False by default.</summary>
    public bool Frozen { get; set; }
}
